// SPDX-License-Identifier: GPL-2.0-or-later
/** crm_node: who is in the cluster, and who this node is. */
import type { Backend, ClusterControl, NodeStatus } from '../../backends/index.ts';
import { element } from '../../cib/index.ts';
import { agentNode } from '../attribute/node-id.ts';
import { EXIT } from '../exit/codes.ts';
import { helpText } from '../options/index.ts';
import { daemonsOf, withBackend } from '../live.ts';
import { tool, ToolFailure, type ToolRun } from '../run.ts';
import { table } from './options.ts';

export { table };

const COMMANDS = new Set(['cluster-id', 'list', 'name', 'partition', 'quorum', 'name-for-id', 'remove']);
const NO_CONTROLLER = 'Could not connect to controller: Connection refused';
const NO_QUORUM = 106;

export const run = tool(table, async (run) => {
  const { options, context } = run;
  const command = options.last(COMMANDS);
  if (command === undefined || options.words.length > 0) {
    context.err(helpText(table));
    return EXIT.usage;
  }
  if (command.name === 'name') {
    const name = agentNode(context);
    if (name !== undefined) return showName(run, name, undefined);
  }
  if (command.name === 'remove' && !options.has('force')) {
    return run.fail(EXIT.usage, 'The supplied command is considered dangerous.  To prevent accidental destruction of the cluster, the --force flag is required in order to proceed.');
  }
  return withBackend(run, async (backend) => {
    const cluster = daemonsOf(backend, NO_CONTROLLER);
    if (command.name === 'remove') return remove(run, backend, cluster, command.value ?? '');
    return answer(run, cluster, command.name, command.value);
  });
});

async function answer(run: ToolRun, cluster: ClusterControl, command: string, value: string | undefined): Promise<number> {
  const { output } = run;
  const { nodes, hasQuorum } = await cluster.status();
  switch (command) {
    case 'cluster-id': {
      const own = await ownNode(cluster, nodes);
      output.text(own.id);
      output.element(element('node-info', { nodeid: own.id, uname: own.name }));
      return EXIT.ok;
    }
    case 'name':
      return showName(run, (await ownNode(cluster, nodes)).name, (await ownNode(cluster, nodes)).id);
    case 'name-for-id': {
      const named = nodes.find((node) => node.id === value);
      if (named === undefined) return run.fail(EXIT.noSuch, `No node with id ${value}`);
      return showName(run, named.name, named.id);
    }
    case 'quorum':
      output.text(hasQuorum ? '1' : '0');
      output.element(element('cluster-info', { quorum: String(hasQuorum) }));
      return hasQuorum ? EXIT.ok : NO_QUORUM;
    case 'partition': {
      const members = nodes.filter(isMember).map((node) => node.name).sort();
      output.text(members.map((name) => `${name} `).join(''));
      output.element(element('nodes', {}, members.map((name) => element('node', { name }))));
      return EXIT.ok;
    }
    default:
      for (const node of nodes) output.text(`${node.id} ${node.name} ${isMember(node) ? 'member' : 'lost'}`);
      output.element(element('nodes', {}, nodes.map((node) => element('node', { id: node.id, name: node.name, state: isMember(node) ? 'member' : 'lost' }))));
      return EXIT.ok;
  }
}

function isMember(node: NodeStatus): boolean {
  return node.state === 'online' || node.state === 'pending';
}

async function ownNode(cluster: ClusterControl, nodes: readonly NodeStatus[]): Promise<NodeStatus> {
  const name = await cluster.localNode();
  const own = nodes.find((node) => node.name === name);
  if (own === undefined) throw new ToolFailure(EXIT.noSuch, `Node ${name} is not known to the cluster`);
  return own;
}

function showName({ output }: ToolRun, name: string, id: string | undefined): number {
  output.text(name);
  output.element(element('node-info', { nodeid: id ?? '0', uname: name }));
  return EXIT.ok;
}

/** An active member would go on running unseen, so it is refused; the reference does not ask. */
async function remove(run: ToolRun, backend: Backend, cluster: ClusterControl, name: string): Promise<number> {
  const { nodes } = await cluster.status();
  const node = nodes.find((one) => one.name === name || one.id === name);
  if (node !== undefined && node.state !== 'offline') {
    return run.fail(EXIT.unsafe, `Node ${name} is an active member. Stop the cluster software there first`);
  }
  const id = node?.id;
  const named = (tag: string) => element(tag, id === undefined ? { uname: name } : { id, uname: name });
  for (const [section, tag] of [['nodes', 'node'], ['status', 'node_state']] as const) {
    const reply = await backend.apply({ client: 'crm_node', change: { op: 'delete', section, data: named(tag) } });
    if (!reply.ok) return run.fail(reply.code, `Could not remove node ${name}: ${reply.message}`);
  }
  return EXIT.ok;
}
