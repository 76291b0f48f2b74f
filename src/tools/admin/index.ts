// SPDX-License-Identifier: GPL-2.0-or-later
/** crmadmin: state of the daemons, and the nodes that the configuration knows. */
import { element, formatDateTime, type XmlElement } from '../../cib/index.ts';
import { EXIT } from '../exit/codes.ts';
import { localNow } from '../iso8601/index.ts';
import { daemonsOf, withBackend } from '../live.ts';
import { helpText, type OptionTable } from '../options/index.ts';
import { tool, ToolFailure, type ToolRun } from '../run.ts';

export const table: OptionTable = {
  tool: 'crmadmin',
  summary: 'Query the daemons that manage the cluster.',
  usage: '<command> [options]',
  groups: [
    { key: 'commands', title: 'Commands' },
    { key: 'additional', title: 'Additional options' },
  ],
  options: [
    { name: 'status', short: 'S', argument: 'NODE', group: 'commands', summary: 'Show the state of the controller on a node' },
    { name: 'pacemakerd', short: 'P', group: 'commands', summary: 'Show whether the cluster software runs on this node' },
    { name: 'dc_lookup', short: 'D', group: 'commands', summary: 'Show the name of the node that coordinates the cluster' },
    { name: 'nodes', short: 'N', argument: '[TYPES]', group: 'commands', summary: 'Show all nodes, or those of the types, divided by commas', values: ['all', 'cluster', 'guest', 'remote'] },
    { name: 'health', short: 'H', group: 'commands', summary: 'Not supported any more', isHidden: true },
    { name: 'timeout', short: 't', argument: 'TIME', group: 'additional', summary: 'How long to wait for an answer', withoutEffect: 'an embedded cluster answers at once or is not there', isTime: true },
    { name: 'ipc-name', short: 'i', argument: 'NAME', group: 'additional', summary: 'Name to present to the daemon', withoutEffect: 'the controller does not ask who wants to know' },
    { name: 'bash-export', short: 'B', group: 'additional', summary: 'Print nodes as lines "export NAME=ID"' },
  ],
  formats: ['text', 'xml', 'json'],
  examples: [
    { text: 'Who is the designated controller', command: 'crmadmin -D' },
    { text: 'Names of all cluster nodes', command: 'crmadmin -N cluster -q' },
  ],
};

const COMMANDS = new Set(['status', 'pacemakerd', 'dc_lookup', 'nodes']);
const REFUSED = 'error: Command failed: Connection refused';

export const run = tool(table, async (run) => {
  const { options, context } = run;
  if (options.has('health')) context.err('Cluster-wide health option not supported\n');
  const command = options.last(COMMANDS);
  if (command === undefined) {
    context.err(`error: Must specify a command option\n${helpText(table)}`);
    return EXIT.usage;
  }
  return withBackend(run, async (backend) => {
    if (command.name === 'nodes') return showNodes(run, await backend.query(), command.value);
    const cluster = daemonsOf(backend, REFUSED, false);
    if (command.name === 'pacemakerd') return showDaemon(run);
    const { dc, isIdle, nodes } = await cluster.status();
    if (command.name === 'dc_lookup') return showDc(run, dc);
    const node = command.value ?? '';
    if (!nodes.some((one) => one.name === node)) throw new ToolFailure(EXIT.noSuch, `error: Node ${node} is not known to the cluster`, false);
    return showController(run, node, node === dc ? (isIdle ? 'S_IDLE' : 'S_TRANSITION_ENGINE') : 'S_NOT_DC');
  });
});

function showDc({ options, output }: ToolRun, dc: string | undefined): number {
  if (options.has('quiet')) output.text(dc ?? '');
  else output.text(dc === undefined ? 'Designated Controller is: not yet elected' : `Designated Controller is: ${dc}`);
  output.element(element('dc', { node_name: dc ?? '' }));
  return EXIT.ok;
}

function showController({ options, output }: ToolRun, node: string, state: string): number {
  output.text(options.has('quiet') ? state : `Controller on ${node} in state ${state}: ok`);
  output.element(element('crmd', { node_name: node, state, result: 'ok' }));
  return EXIT.ok;
}

function showDaemon({ options, output, context }: ToolRun): number {
  const updated = formatDateTime(localNow(context), 'calendar', 'own');
  output.text(options.has('quiet') ? 'running' : `Status of pacemakerd: 'Pacemaker is running' (last updated ${updated})`);
  output.element(element('pacemakerd', { sys_from: 'pacemakerd', state: 'running', last_updated: updated }));
  return EXIT.ok;
}

interface ConfiguredNode {
  readonly type: 'cluster' | 'guest' | 'remote';
  readonly name: string;
  readonly id: string;
}

function showNodes({ options, output }: ToolRun, cib: XmlElement, types: string | undefined): number {
  const wanted = types === undefined || types === '' ? ['all'] : types.split(',');
  const shown = configuredNodes(cib).filter((node) => wanted.includes('all') || wanted.includes(node.type));
  for (const { type, name, id } of shown) {
    if (options.has('bash-export')) output.text(`export ${name}=${id}`);
    else output.text(options.has('quiet') ? name : `${type} node: ${name} (${id})`);
  }
  if (shown.length === 0) output.text('No nodes configured');
  output.element(element('nodes', {}, shown.map(({ type, name, id }) => element('node', { type, name, id }))));
  return EXIT.ok;
}

function configuredNodes(cib: XmlElement): ConfiguredNode[] {
  const members = (cib.at('configuration', 'nodes')?.elements('node') ?? []).filter((node) => (node.get('type') ?? 'member') !== 'remote').map((node): ConfiguredNode => ({ type: 'cluster', name: node.get('uname') ?? '', id: node.id ?? '' }));
  const guests: ConfiguredNode[] = [];
  const remotes: ConfiguredNode[] = [];
  for (const one of cib.at('configuration', 'resources')?.descendants() ?? []) {
    if (one.name === 'primitive' && one.get('provider') === 'pacemaker' && one.get('type') === 'remote') remotes.push({ type: 'remote', name: one.id ?? '', id: one.id ?? '' });
    if (one.name === 'nvpair' && one.get('name') === 'remote-node') guests.push({ type: 'guest', name: one.get('value') ?? '', id: one.get('value') ?? '' });
  }
  return [...members, ...guests, ...remotes];
}
