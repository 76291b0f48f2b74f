// SPDX-License-Identifier: GPL-2.0-or-later
/** crm_resource: queries and changes of resources. */
import { element } from '../../cib/index.ts';
import { EXIT } from '../exit/codes.ts';
import { ParsedOptions } from '../options/index.ts';
import { tool, ToolFailure, type ToolRun } from '../run.ts';
import { requiredId, withResources, type ResourceRun } from './cluster.ts';
import { table } from './options.ts';

export { table };

const COMMANDS = new Set(table.options.filter((option) => option.group !== 'additional' && !['expired', 'lifetime', 'promoted'].includes(option.name)).map((option) => option.name));

export const run = tool(table, async (given) => {
  const run = { ...given, options: modernized(given.options) };
  const { options } = run;
  const command = options.last(COMMANDS)?.name ?? 'list';
  checkUsage(run, command);
  switch (command) {
    case 'list-options':
      return (await import('../option-list/index.ts')).listOptions(run, ['primitive', 'fencing'], options.value('list-options') ?? '');
    case 'list-standards':
    case 'list-ocf-providers':
    case 'list-ocf-alternatives':
    case 'list-agents':
    case 'show-metadata':
      return aboutAgents(run, command);
    default:
      if (command === 'validate' && !options.has('resource')) return (await import('./force.ts')).validateAgent(run);
      return withResources(run, ABOUT_CONSTRAINTS.has(command) || options.has('recursive'), (resources) => dispatch(resources, command));
  }
});

/** What releases before 3.0 called the attributes of the element itself. */
const OLD_COMMANDS: ReadonlyMap<string, string> = new Map([
  ['get-property', 'get-parameter'],
  ['set-property', 'set-parameter'],
]);

function modernized({ given, words }: ParsedOptions): ParsedOptions {
  const modern = given.flatMap((one) => {
    const name = OLD_COMMANDS.get(one.name);
    return name === undefined ? [one] : [{ ...one, name: 'element', value: undefined }, { ...one, name }];
  });
  return new ParsedOptions(modern, words);
}

const ABOUT_CONSTRAINTS = new Set(['constraints', 'stack', 'list-cts']);
const WORDED = new Set(['digests', 'validate', 'force-stop', 'force-start', 'force-promote', 'force-demote', 'force-check']);

function checkUsage({ options }: ToolRun, command: string): void {
  const usage = (message: string): never => {
    throw new ToolFailure(EXIT.usage, message);
  };
  const { words } = options;
  if (words.length > 0 && !WORDED.has(command)) usage(['non-option ARGV-elements:', ...words.map((word, i) => `[${i + 1} of ${words.length}] ${word}`)].join('\n'));
  if (words.length > 0 && WORDED.has(command)) for (const word of words) if (!word.includes('=')) usage(`Invalid argument '${word}' specified as option: expected NAME=VALUE`);
  const isAgentGiven = ['class', 'provider', 'agent'].some((name) => options.has(name));
  if (isAgentGiven && !command.startsWith('force-') && command !== 'validate') usage('--class, --agent, and --provider can only be used with --validate and --force-*');
  if (isAgentGiven && options.has('resource')) usage('--class, --agent, and --provider cannot be used with -r/--resource');
}

async function aboutAgents(run: ToolRun, command: string): Promise<number> {
  const agents = await import('./agents.ts');
  switch (command) {
    case 'list-standards':
      return agents.listStandards(run);
    case 'list-ocf-providers':
      return agents.listProviders(run);
    case 'list-ocf-alternatives':
      return agents.listAlternatives(run);
    case 'list-agents':
      return agents.listAgents(run);
    default:
      return agents.showMetadata(run);
  }
}

async function dispatch(run: ResourceRun, command: string): Promise<number> {
  switch (command) {
    case 'set-parameter':
      return (await import('./set-parameter.ts')).setParameter(run);
    case 'delete-parameter':
      return (await import('./set-parameter.ts')).deleteParameter(run);
    case 'move':
      return (await import('./place.ts')).move(run);
    case 'ban':
      return (await import('./place.ts')).banCommand(run);
    case 'clear':
      return (await import('./place.ts')).clear(run);
    case 'delete':
      return deleteResource(run);
    case 'cleanup':
    case 'refresh':
      return (await import('./cleanup.ts')).cleanup(run, command === 'cleanup');
    case 'fail':
      return (await import('./cleanup.ts')).fail(run);
    case 'restart':
      return (await import('./restart.ts')).restart(run);
    case 'wait':
      return (await import('./restart.ts')).wait(run);
    case 'validate':
      return (await import('./force.ts')).forceResource(run, command);
    default:
      return command.startsWith('force-') ? (await import('./force.ts')).forceResource(run, command) : query(run, command);
  }
}

async function query(run: ResourceRun, command: string): Promise<number> {
  switch (command) {
    case 'locate':
      return (await import('./locate.ts')).locate(run);
    case 'list-raw':
      return (await import('./list.ts')).listRaw(run);
    case 'list-cts':
      return (await import('./list.ts')).listForScripts(run);
    case 'list-operations':
    case 'list-all-operations':
      return (await import('./operations.ts')).listOperations(run, command === 'list-all-operations');
    case 'query-xml':
    case 'query-xml-raw':
      return (await import('./query.ts')).queryXml(run, command === 'query-xml');
    case 'get-parameter':
      return (await import('./parameter.ts')).getParameter(run);
    case 'constraints':
    case 'stack':
      return (await import('./constraints.ts')).showConstraints(run, command === 'stack' || run.options.has('recursive'));
    case 'why':
      return (await import('./why.ts')).why(run);
    case 'digests':
      return (await import('./digests.ts')).showDigests(run);
    default:
      return (await import('./list.ts')).list(run);
  }
}

async function deleteResource(run: ResourceRun): Promise<number> {
  const id = requiredId(run);
  const type = run.options.value('resource-type');
  if (type === undefined) throw new ToolFailure(EXIT.usage, 'You need to specify a resource type with -t');
  const reply = await run.backend.apply({ client: 'crm_resource', change: { op: 'delete', section: 'resources', data: element(type, { id }) } });
  if (!reply.ok) throw new ToolFailure(reply.code, `Could not delete resource ${id}: ${reply.message}`);
  return EXIT.ok;
}
