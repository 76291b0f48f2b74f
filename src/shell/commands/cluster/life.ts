// SPDX-License-Identifier: GPL-2.0-or-later
/** start, stop, restart, kill, boot, add, remove. */
import { wantedNodes, type ClusterControl } from '../../../backends/index.ts';
import { FAILURE, SUCCESS } from '../../command.ts';
import type { Session } from '../../session.ts';

export async function startCluster(session: Session, args: readonly string[]): Promise<number> {
  const request = readStart(args);
  if (typeof request === 'string') return session.error(`cluster.start: ${request}`);
  const { launcher } = session.context;
  const started = (await launcher.isRunning()) ? undefined : await launcher.start(request);
  if (started === undefined) return startInRunning(session, request);
  session.present({ data: started, text: () => started.message });
  return SUCCESS;
}

/** Where a cluster runs already, the nodes that are named, or all, are switched on; all, too, when none is. */
async function startInRunning(session: Session, { nodes, isAll }: StartRequest): Promise<number> {
  const { cluster } = await session.backend();
  const { nodes: all } = (await cluster?.status()) ?? { nodes: [] };
  const known = all.map((one) => one.name);
  const isDark = all.every((one) => one.state === 'offline' || one.state === 'unclean');
  const count = nodes.length === 1 && /^\d+$/.test(nodes[0]!) ? Number(nodes[0]) : undefined;
  if (count !== undefined && count > known.length) return session.error(`cluster.start: a cluster of ${known.join(' ')} runs already; crm cluster add ${count - known.length} makes it larger`);
  if (nodes.length > 0 && count === undefined) return bootNodes(session, nodes.map((word) => word.replace(/^\d+:/, '')));
  if (isDark) session.info(`all nodes are off: ${known.join(' ')} are switched on`);
  else session.info(`the cluster runs already: ${known.join(' ')}`);
  return isAll || isDark ? bootNodes(session, known) : SUCCESS;
}

interface StartRequest {
  readonly nodes: readonly string[];
  /** `--all` */
  readonly isAll: boolean;
}

/** A sentence when the words do not fit. */
function readStart(args: readonly string[]): StartRequest | string {
  const names = args.filter((word) => word !== '--all');
  const option = names.find((word) => word.startsWith('-'));
  if (option !== undefined) return `unknown option ${option}`;
  const problem = wantedNodes(names, []);
  return typeof problem === 'string' ? problem : { nodes: names, isAll: args.includes('--all') };
}

export async function stopCluster(session: Session, args: readonly string[]): Promise<number> {
  const nodes = args.filter((word) => word !== '--all');
  if (nodes.length === 0) {
    await session.useShadow(session.shadow);
    if (!(await session.context.launcher.stop())) session.info('no cluster runs');
    return SUCCESS;
  }
  return withCluster(session, 'stop', async (cluster) => {
    for (const node of nodes) await cluster.shutdown(node);
    return SUCCESS;
  });
}

export async function restartCluster(session: Session, args: readonly string[]): Promise<number> {
  const nodes = args.filter((word) => word !== '--all');
  if ((await stopCluster(session, args)) !== SUCCESS) return FAILURE;
  return nodes.length === 0 ? startCluster(session, []) : bootNodes(session, nodes);
}

export async function killNode(session: Session, node: string): Promise<number> {
  return withCluster(session, 'kill', async (cluster) => {
    await cluster.kill(node);
    return SUCCESS;
  });
}

export async function bootNodes(session: Session, nodes: readonly string[]): Promise<number> {
  return withCluster(session, 'boot', async (cluster) => {
    const known = (await cluster.status()).nodes.map((one) => one.name);
    const unknown = nodes.find((node) => !known.includes(node));
    if (unknown !== undefined) return session.error(`cluster.boot: there is no node ${unknown} (${known.join(', ')}); crm cluster add ${unknown} makes one`);
    for (const node of nodes) await cluster.boot(node);
    return SUCCESS;
  });
}

async function withCluster(session: Session, command: string, action: (cluster: ClusterControl) => Promise<number>): Promise<number> {
  const { cluster } = await session.backend();
  if (cluster === undefined) return session.error(`cluster.${command}: a CIB file has no nodes that run; crm cluster start starts some`);
  try {
    return await action(cluster);
  } catch (problem) {
    return session.error(`cluster.${command}: ${problem instanceof Error ? problem.message : String(problem)}`);
  }
}

/** Verbs that the supervisor answers itself. */
export async function passOn(session: Session, verb: string, args: readonly string[], command = `cluster.${verb}`): Promise<number> {
  const { launcher } = session.context;
  if (!(await launcher.isRunning())) return session.error(`${command}: no cluster runs (crm cluster start)`);
  const { code, text } = await launcher.request(verb, args);
  if (code !== SUCCESS) return session.error(`${command}: ${text.trimEnd()}`);
  session.present({ data: text.trimEnd().split('\n'), text: () => text });
  return SUCCESS;
}
