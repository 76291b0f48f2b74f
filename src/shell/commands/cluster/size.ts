// SPDX-License-Identifier: GPL-2.0-or-later
/** add and remove: the embedded cluster with more or fewer nodes. Its nodes are numbered in their order, so they come and go at the end. */
import { element } from '../../../cib/index.ts';
import { FAILURE, SUCCESS } from '../../command.ts';
import type { Session } from '../../session.ts';
import { startCluster, stopCluster } from './life.ts';

/** Names of the nodes in the order of their ids; undefined after a message. */
async function presentNodes(session: Session, command: string): Promise<readonly string[] | undefined> {
  const { launcher } = session.context;
  if (!(await launcher.isRunning())) {
    session.error(`cluster.${command}: no cluster runs (crm cluster start)`);
    return undefined;
  }
  const status = await (await session.backend()).cluster?.status();
  return [...(status?.nodes ?? [])].sort((a, b) => Number(a.id) - Number(b.id)).map((node) => node.name);
}

export async function addNodes(session: Session, added: readonly string[]): Promise<number> {
  const present = await presentNodes(session, 'add');
  if (present === undefined) return FAILURE;
  const twice = added.find((name) => present.includes(name));
  if (twice !== undefined) return session.error(`cluster.add: there is a node ${twice} already`);
  return restartWith(session, [...present, ...added]);
}

export async function removeNodes(session: Session, removed: readonly string[]): Promise<number> {
  const present = await presentNodes(session, 'remove');
  if (present === undefined) return FAILURE;
  const unknown = removed.find((name) => !present.includes(name));
  if (unknown !== undefined) return session.error(`cluster.remove: there is no node ${unknown} (${present.join(', ')})`);
  const rest = present.slice(0, present.length - removed.length);
  if (rest.length === 0) return session.error('cluster.remove: one node has to stay');
  const inTheWay = rest.find((name) => removed.includes(name));
  if (inTheWay !== undefined) return session.error(`cluster.remove: only the last nodes can go; behind ${inTheWay} stands ${present.at(-1)}`);
  if ((await restartWith(session, rest)) !== SUCCESS) return FAILURE;
  const cib = await session.cib();
  for (const name of removed) {
    const node = cib.at('configuration', 'nodes')?.elements('node').find((one) => one.get('uname') === name);
    if (node !== undefined && !(await session.apply({ op: 'delete', section: 'nodes', data: element('node', { id: node.id }) }))) return FAILURE;
    const state = cib.first('status')?.elements('node_state').find((one) => one.get('uname') === name);
    if (state !== undefined && !(await session.apply({ op: 'delete', section: 'status', data: element('node_state', { id: state.id }) }))) return FAILURE;
  }
  return SUCCESS;
}

async function restartWith(session: Session, nodes: readonly string[]): Promise<number> {
  session.info(`the cluster is restarted with ${nodes.join(' ')}; its resources stop meanwhile`);
  return (await stopCluster(session, [])) === SUCCESS ? startCluster(session, nodes) : FAILURE;
}
