// SPDX-License-Identifier: GPL-2.0-or-later
/** `rsctest`: runs the agents of resources by hand on nodes - probe, start, monitor, stop - while the cluster leaves them alone. */
import { agentCall, agentId, exitCodeWord, operationEnvironment, SECRET_MARK, secretFile, secretsDirectory, type AgentName } from '../../../agents/index.ts';
import { memberIds, type CibDraft, type CibObject, type XmlElement } from '../../../cib/index.ts';
import { stateDirectory } from '../../../platform/index.ts';
import { FAILURE, SUCCESS, type Command } from '../../command.ts';
import { configurationOf } from '../../configuration-session.ts';
import type { Session } from '../../session.ts';
import { nodesOf } from '../resource/names.ts';
import { agentOf } from './checks/agent.ts';
import { objectNames } from './names.ts';

const MANY = 1000;
const NOT_RUNNING = 7;
/** A monitor finds a promotable resource running unpromoted or promoted. */
const RUNNING_CODES = new Set([0, 8]);
const ORDINARY_CLASSES = new Set(['ocf', 'lsb']);

export const rsctest: Command = {
  name: 'rsctest',
  usage: 'RSC [RSC ...] [NODE ...]',
  summary: 'run the agents of stopped resources by hand on nodes: probe, start, monitor, stop',
  help: 'Needs a running embedded cluster. The resources are started in the order given and stopped in reverse, on one node after the other; without nodes on all that are online.',
  skill: 'expert',
  takes: [1, MANY],
  complete: async ({ session }) => objectNames(await configurationOf(session), (object) => object.kind === 'primitive'),
  run: async ({ args }, session) => {
    const { draft } = await configurationOf(session);
    const nodes = nodesOf(await session.cib());
    const names = args.filter((word) => !nodes.includes(word));
    const unknown = names.find((word) => primitivesIn(draft, word) === undefined);
    if (unknown !== undefined) return session.error(`configure.rsctest: object ${unknown} does not exist, or is no resource`);
    return testOn(session, draft, names.flatMap((word) => primitivesIn(draft, word) ?? []), args.filter((word) => nodes.includes(word)));
  },
};

/** Undefined for what is no resource. */
function primitivesIn(draft: CibDraft, name: string): CibObject[] | undefined {
  const object = draft.get(name);
  if (object?.kind === 'primitive') return [object];
  if (object === undefined || !['group', 'clone', 'ms', 'bundle'].includes(object.kind)) return undefined;
  return memberIds(object.element).flatMap((id) => primitivesIn(draft, id) ?? []);
}

interface Tested {
  readonly id: string;
  readonly agent: AgentName;
  readonly path: string;
  readonly attributes: ReadonlyArray<readonly [string, string]>;
}

async function testOn(session: Session, draft: CibDraft, objects: readonly CibObject[], wanted: readonly string[]): Promise<number> {
  const { cluster } = await session.backend();
  if (cluster === undefined || !(await session.context.launcher.isRunning())) return session.error('configure.rsctest needs a running cluster (crm cluster start)');
  if (objects.length === 0) return session.error('configure.rsctest: expected at least one resource');
  const resources: Tested[] = [];
  for (const object of objects) {
    const tested = testedOf(session, draft, object);
    if (typeof tested === 'string') return session.error(`configure.rsctest: ${tested}`);
    resources.push(tested);
  }
  const online = (await cluster.status()).nodes.filter((node) => node.state === 'online').map((node) => node.name);
  const off = wanted.find((node) => !online.includes(node));
  if (off !== undefined) return session.error(`configure.rsctest: ${off} is not online`);
  // What runs anywhere must not be started a second time.
  for (const node of online) for (const resource of resources) if (!(await step(session, node, resource, 'monitor', (code) => code === NOT_RUNNING, 'probe'))) return FAILURE;
  for (const node of wanted.length > 0 ? wanted : online) if (!(await testOnNode(session, node, resources))) return FAILURE;
  return SUCCESS;
}

function testedOf(session: Session, draft: CibDraft, object: CibObject): Tested | string {
  const template = draft.get(object.element.get('template') ?? '')?.element;
  const agent = agentOf(template ?? object.element);
  if (agent === undefined) return `${object.key} has no agent`;
  if (!ORDINARY_CLASSES.has(agent.class)) return `${object.key} is of class ${agent.class}; agents of classes ocf and lsb can be run by hand`;
  const path = session.agents.path(agent);
  if (path === undefined) return `${agentId(agent)}: no such resource agent here`;
  return { id: object.key, agent, path, attributes: [...parametersOf(template), ...parametersOf(object.element)] };
}

function parametersOf(source: XmlElement | undefined): (readonly [string, string])[] {
  return (source?.elements('instance_attributes') ?? []).flatMap((set) => set.elements('nvpair').map((pair) => [pair.get('name') ?? '', pair.get('value') ?? ''] as const));
}

/** Stops what it started, whatever happened. */
async function testOnNode(session: Session, node: string, resources: readonly Tested[]): Promise<boolean> {
  const started: Tested[] = [];
  let isWell = true;
  for (const resource of resources) {
    started.unshift(resource);
    isWell = (await step(session, node, resource, 'start', (code) => code === 0)) && (await step(session, node, resource, 'monitor', (code) => RUNNING_CODES.has(code)));
    if (!isWell) break;
  }
  for (const resource of started) isWell = (await step(session, node, resource, 'stop', (code) => code === 0)) && isWell;
  return isWell;
}

async function step(session: Session, node: string, { id, agent, path, attributes }: Tested, action: string, isExpected: (code: number) => boolean, shown = action): Promise<boolean> {
  const call = agentCall(agent, path, action, attributes);
  const environment = operationEnvironment({ agent, instance: id, action, attributes, ocfRoot: session.context.env.get('OCF_ROOT') || '/usr/lib/ocf' });
  const assignments = [...environment].map(([name, value]) => `${name}=${value}`);
  const secrets = attributes.filter(([, value]) => value === SECRET_MARK).map(([name]) => name);
  const program = withSecretsRead(id, secrets, secretsDirectory(stateDirectory(session.context.env)), [call.program, ...call.args]);
  const { code, text } = await session.context.launcher.request('run', [node, 'env', ...assignments, ...program]);
  const line = `${id} on ${node}: ${shown}: ${exitCodeWord(code)} (${code})`;
  if (isExpected(code)) session.info(line);
  else {
    session.error(line);
    session.print(text);
  }
  return isExpected(code);
}

/** Arguments of a process can be seen by everybody: a secret is read by the process itself. */
function withSecretsRead(resource: string, parameters: readonly string[], directory: string, program: readonly string[]): readonly string[] {
  const readable = parameters.filter((name) => /^\w+$/.test(name));
  if (readable.length === 0) return program;
  const script = `${readable.map((name) => `OCF_RESKEY_${name}=$(cat "$1") && export OCF_RESKEY_${name} && shift`).join(' && ')} && exec "$@"`;
  return ['sh', '-c', script, 'sh', ...readable.map((name) => secretFile(directory, resource, name).value), ...program];
}
