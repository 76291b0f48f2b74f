// SPDX-License-Identifier: GPL-2.0-or-later
/** add and remove: the embedded cluster with more or fewer nodes, while it runs. Who stays keeps its id; who comes gets the lowest that is free. */
import { numberedNames, type ClusterControl, type NodeStatus } from '../../../backends/index.ts';
import { element } from '../../../cib/index.ts';
import { FAILURE, SUCCESS } from '../../command.ts';
import type { Session } from '../../session.ts';

/** Undefined after a message. */
async function runningCluster(session: Session, command: string): Promise<ClusterControl | undefined> {
  const cluster = (await session.context.launcher.isRunning()) ? (await session.backend()).cluster : undefined;
  if (cluster === undefined) session.error(`cluster.${command}: no cluster runs (crm cluster start)`);
  return cluster;
}

/** Names; or a number of nodes, whose names are chosen. */
export async function addNodes(session: Session, words: readonly string[]): Promise<number> {
  const cluster = await runningCluster(session, 'add');
  if (cluster === undefined) return FAILURE;
  const { nodes } = await cluster.status();
  const names = nodes.map((node) => node.name);
  // It would have nobody to learn the configuration from.
  if (!nodes.some((node) => node.state === 'online')) return session.error('cluster.add: no node is online (crm cluster start)');
  const count = words.length === 0 ? 1 : words.length === 1 && /^\d+$/.test(words[0]!) ? Number(words[0]) : undefined;
  const added = count === undefined ? words : numberedNames(count, names);
  const twice = added.find((name) => names.includes(name));
  if (twice !== undefined) return session.error(`cluster.add: there is a node ${twice} already`);
  const { code, text } = await session.context.launcher.request('add', added);
  if (code !== SUCCESS) return session.error(`cluster.add: ${text}`);
  session.present({ data: text.split('\n'), text: () => text });
  const known = (nodes: readonly NodeStatus[]): boolean => nodes.every((node) => names.includes(node.name) || node.state === 'online');
  return (await waitFor(session, cluster, known)) ? SUCCESS : session.error(`cluster.add: not all of them have joined within ${CHANGE_WAIT_MS / 1000} s`);
}

const REMOVE_FLAGS: ReadonlySet<string> = new Set(['-q', '--quiet', '-y', '--yes', '-F', '--force', '-c', '--cluster-node']);

/** `[-q] [-y] [-F] [-c NODE] NODE ...`, as scripts for clusters of hosts have it; there `-c` names a node as well. */
export async function removeNodes(session: Session, args: readonly string[]): Promise<number> {
  const option = args.find((word) => word.startsWith('-') && !REMOVE_FLAGS.has(word));
  if (option !== undefined) return session.error(`cluster.remove: ${option === '--qdevice' ? 'an embedded cluster has no qdevice' : `unknown option ${option}`}`);
  const removed = [...new Set(args.filter((word) => !word.startsWith('-')))];
  if (removed.length === 0) return session.error('cluster.remove: expected names of nodes');
  const cluster = await runningCluster(session, 'remove');
  if (cluster === undefined) return FAILURE;
  const present = (await cluster.status()).nodes;
  const unknown = removed.find((name) => !present.some((node) => node.name === name));
  if (unknown !== undefined) return session.error(`cluster.remove: there is no node ${unknown} (${present.map((node) => node.name).join(', ')})`);
  if (removed.length === present.length) return session.error('cluster.remove: one node has to stay');
  session.info(`${removed.join(', ')} will be stopped, with what runs there moving elsewhere, and forgotten`);
  const isAsked = session.mode === 'interactive' && !args.some((word) => word === '-y' || word === '--yes');
  if (isAsked && !(await session.confirm(`Removing ${removed.join(', ')} from the cluster. Go on`))) return FAILURE;
  for (const node of present) {
    if (removed.includes(node.name) && !(await removeNode(session, cluster, node))) return FAILURE;
  }
  return SUCCESS;
}

/** The node stops in order, or has its power cut where it takes no part; then the cluster counts without it, and the configuration forgets it. */
async function removeNode(session: Session, cluster: ClusterControl, { name, state }: NodeStatus): Promise<boolean> {
  const problem = (text: string): boolean => session.error(`cluster.remove: ${text}`) === SUCCESS;
  if (state === 'online') await cluster.shutdown(name);
  await cluster.kill(name);
  if (state !== 'online') await cluster.confirmDown(name);
  if (!(await waitFor(session, cluster, (nodes) => nodes.some((node) => node.name === name && node.state === 'offline')))) return problem(`${name} did not stop within ${CHANGE_WAIT_MS / 1000} s`);
  const { code, text } = await session.context.launcher.request('remove', [name]);
  if (code !== SUCCESS) return problem(text);
  const cib = await session.cib();
  const node = cib.at('configuration', 'nodes')?.elements('node').find((one) => one.get('uname') === name);
  if (node !== undefined && !(await session.apply({ op: 'delete', section: 'nodes', data: element('node', { id: node.id }) }))) return false;
  const status = cib.first('status')?.elements('node_state').find((one) => one.get('uname') === name);
  return status === undefined || session.apply({ op: 'delete', section: 'status', data: element('node_state', { id: status.id }) });
}

const CHANGE_WAIT_MS = 180_000;
const LOOK_AGAIN_MS = 100;

async function waitFor(session: Session, cluster: ClusterControl, isThere: (nodes: readonly NodeStatus[]) => boolean): Promise<boolean> {
  const end = session.context.epochMs() + CHANGE_WAIT_MS;
  while (!isThere((await cluster.status()).nodes)) {
    if (session.context.epochMs() > end) return false;
    await session.context.sleep(LOOK_AGAIN_MS);
  }
  return true;
}
