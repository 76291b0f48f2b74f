// SPDX-License-Identifier: GPL-2.0-or-later
/** `--force-*` and `--validate`: the agent called on this node, past the cluster. */
import { agentCall, agentId, executionStatusWord, exitCodeWord, operationEnvironment, revealSecrets, secretsDirectory, type AgentName, type Pairs } from '../../agents/index.ts';
import { element, type XmlElement } from '../../cib/index.ts';
import { stateDirectory } from '../../platform/index.ts';
import { currentParameters, isActive, nodesActiveOn, resourceParameters, type Primitive, type Resource } from '../../scheduler/index.ts';
import { agentLibrary } from '../agents.ts';
import { EXIT } from '../exit/codes.ts';
import { quotedXml } from '../output/index.ts';
import { ToolFailure, type ToolRun } from '../run.ts';
import { activeResource, requiredId, type ResourceRun } from './cluster.ts';

interface Call {
  /** As the user named it: `force-start`, `validate`. */
  readonly command: string;
  readonly action: string;
  readonly agent: AgentName;
  readonly resource: string | undefined;
  readonly parameters: Pairs;
  readonly overrides: Pairs;
  readonly level: string | undefined;
}

const ACTIONS: ReadonlyMap<string, string> = new Map([
  ['force-stop', 'stop'],
  ['force-start', 'start'],
  ['force-demote', 'demote'],
  ['force-promote', 'promote'],
  ['force-check', 'monitor'],
  ['validate', 'validate-all'],
]);
const DEFAULT_TIMEOUT_MS = 20_000;
const TIMED_OUT = 124;

/**
 * The environment of the node on which the agent is called: the node that the caller stands on, else `--node`, a node where the
 * resource is, or the local one. Only an embedded cluster has several of them on one machine.
 */
async function surroundingsFor({ context, options, backend }: ResourceRun, resource: Primitive): Promise<ReadonlyMap<string, string>> {
  const { cluster } = backend;
  if (cluster?.surroundings === undefined || context.env.has('QUORATE_NODE_NAME') || context.env.has('HA_RSCTMP')) return context.env;
  const node = options.value('node') ?? nodesActiveOn(resource)[0]?.name ?? (await cluster.localNode());
  const found = await cluster.surroundings(node);
  if (found === undefined) throw new ToolFailure(EXIT.unavailable, `Node ${node} is not running`);
  return new Map([...context.env, ...found]);
}

/** A resource of the configuration. */
export async function forceResource(run: ResourceRun, command: string): Promise<number> {
  const resource = onePrimitive(activeResource(run, requiredId(run)));
  if (command === 'force-start' && isActive(resource) && !run.options.has('force')) {
    run.output.error(`It is not safe to start ${resource.id} here: the cluster claims it is already active`, 'Try setting target-role=Stopped first or specifying the force option');
    throw new ToolFailure(EXIT.unsafe, '');
  }
  const agent = { class: resource.class, provider: resource.provider, type: resource.type };
  const action = ACTIONS.get(command)!;
  const environment = await surroundingsFor(run, resource);
  return call(run, environment, { command, action, agent, resource: resource.id, parameters: parametersOf(run, resource, action), overrides: overridesOf(run), level: run.options.value(command) });
}

function onePrimitive(resource: Resource): Primitive {
  const isSingle = resource.kind === 'clone' || resource.kind === 'bundle';
  const inner = isSingle ? (resource.kind === 'bundle' ? resource.clone?.children[0] : resource.children[0]) : resource;
  if (inner === undefined || inner.kind !== 'primitive') throw new ToolFailure(EXIT.unimplemented, `Sorry, the operation is not supported for the container resource ${resource.id}: name a member of it`);
  return inner;
}

function parametersOf(run: ResourceRun, resource: Primitive, action: string): Pairs {
  const node = nodesActiveOn(resource)[0] ?? run.cluster.findNode(run.context.hostName);
  if (node !== undefined && action !== 'validate-all') return currentParameters(run.cluster, resource, node, action, 0).pairs;
  const meta = [...resource.meta].map(([name, value]) => [`CRM_meta_${name.replaceAll('-', '_')}`, value] as const);
  return [...resourceParameters(run.cluster, resource, node), ...meta];
}

function overridesOf({ options }: ToolRun): Pairs {
  return options.words.flatMap((word) => (word.includes('=') ? [[word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)] as const] : []));
}

/** Parameters given on the command line instead of a resource. */
export async function validateAgent(run: ToolRun): Promise<number> {
  const { options } = run;
  const standard = options.value('class') ?? '';
  const type = options.value('agent') ?? '';
  const provider = options.value('provider');
  const isNamed = standard !== '' && type !== '' && (standard !== 'ocf' || provider !== undefined);
  if (!isNamed) throw new ToolFailure(EXIT.usage, '--validate requires either a resource with -r/--resource, or --class, --agent and for OCF agents --provider');
  const parameters = options.values('option').map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)] as const);
  return call(run, run.context.env, { command: 'validate', action: 'validate-all', agent: { class: standard, provider, type }, resource: undefined, parameters, overrides: [], level: options.value('validate') });
}

async function call(run: ToolRun, environment: ReadonlyMap<string, string>, wanted: Call): Promise<number> {
  const { context } = run;
  const library = agentLibrary(context);
  const path = library.path(wanted.agent);
  if (path === undefined) throw new ToolFailure(EXIT.noSuch, `The agent ${agentId(wanted.agent)} is not installed on this machine`);
  const revealed = revealSecrets([...new Map([...wanted.parameters, ...wanted.overrides])], wanted.resource ?? '', secretsDirectory(stateDirectory(context.env)), (file) => context.disk.read(file));
  if (!revealed.ok) throw new ToolFailure(EXIT.error, `The secret value of parameter ${revealed.parameter} cannot be read`);
  const attributes = revealed.pairs;
  const request = agentCall(wanted.agent, path, wanted.action, attributes);
  const env = new Map(environment);
  const operation = { agent: wanted.agent, instance: wanted.resource ?? wanted.agent.type, action: wanted.action, attributes, ocfRoot: context.env.get('OCF_ROOT') ?? '/usr/lib/ocf' };
  for (const [name, value] of operationEnvironment(operation)) env.set(name, value);
  env.set('LC_ALL', 'C');
  if (run.options.count('verbose') > 0) env.set('OCF_TRACE_FILE', '/dev/stderr');
  if (wanted.level !== undefined) env.set('OCF_CHECK_LEVEL', wanted.level);
  const timeout = Number(attributes.find(([name]) => name === 'CRM_meta_timeout')?.[1] ?? DEFAULT_TIMEOUT_MS) || DEFAULT_TIMEOUT_MS;
  const result = await context.spawn({ program: request.program, args: request.args, env: [...env], timeoutMs: timeout, ...(request.input === undefined ? {} : { input: request.input }) });
  tell(run, wanted, result);
  if (result.code !== EXIT.ok) throw new ToolFailure(result.code, '');
  return EXIT.ok;
}

function tell({ output, options }: ToolRun, wanted: Call, result: { readonly code: number; readonly stdout: string; readonly stderr: string }): void {
  const { agent, command, resource } = wanted;
  const name = resource === undefined ? agentId(agent) : `${resource} (${agentId(agent)})`;
  const word = result.code === TIMED_OUT ? 'Timed Out' : exitCodeWord(result.code);
  output.text(`Operation ${command}${resource === undefined ? '' : ` for ${name}`}${resource === undefined ? ` (${name})` : ''} returned: '${word}' (${result.code})`);
  const isShown = result.code !== 0 || options.count('verbose') > 0;
  if (isShown && !output.isStructured) for (const text of [result.stdout, result.stderr]) if (text.trim() !== '') output.raw(text.endsWith('\n') ? text : `${text}\n`);
  const execution = result.code === TIMED_OUT ? 2 : 0;
  const status = element('agent-status', { code: String(result.code), message: word, execution_code: String(execution), execution_message: executionStatusWord(execution) });
  const streams = [...streamElement('stdout', result.stdout), ...streamElement('stderr', result.stderr)];
  output.element({
    name: 'resource-agent-action',
    attributes: { action: command, class: agent.class, type: agent.type, rsc: resource, provider: agent.provider },
    children: [overridesElement(wanted.overrides), status, ...streams],
  });
}

function overridesElement(overrides: Pairs): XmlElement {
  return element('overrides', {}, overrides.map(([name, value]) => element('override', { name, value })));
}

function streamElement(source: string, text: string): ReturnType<typeof quotedXml>[] {
  return text.trim() === '' ? [] : [quotedXml('output', text, { source })];
}
