// SPDX-License-Identifier: GPL-2.0-or-later
/** start, stop, restart, kill, boot, add, remove. */
import type { ClusterControl } from '../../../backends/index.ts';
import { FAILURE, SUCCESS } from '../../command.ts';
import type { Session } from '../../session.ts';

/** More virtual nodes than this on one machine would only wait for each other. */
const LARGEST_CLUSTER = 32;
const NODE_NAME = /^[A-Za-z0-9]([A-Za-z0-9._-]{0,62})$/;

export async function startCluster(session: Session, args: readonly string[]): Promise<number> {
  const request = readStart(args);
  if (typeof request === 'string') return session.error(`cluster.start: ${request}`);
  const { launcher } = session.context;
  if (await launcher.isRunning()) {
    if (request.nodes.length > 0) return bootNodes(session, request.nodes);
    session.info('the cluster runs already');
    return SUCCESS;
  }
  const { message } = await launcher.start(request);
  session.print(message);
  return SUCCESS;
}

interface StartRequest {
  readonly nodes: readonly string[];
}

/** A sentence when the words do not fit. */
function readStart(args: readonly string[]): StartRequest | string {
  const names = args.filter((word) => word !== '--all');
  const option = names.find((word) => word.startsWith('-'));
  if (option !== undefined) return `unknown option ${option}`;
  if (names.length === 1 && /^\d+$/.test(names[0]!)) return counted(Number(names[0]));
  const bad = names.find((name) => !NODE_NAME.test(name));
  if (bad !== undefined) return `"${bad}" cannot be a node's name`;
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  return twice === undefined ? { nodes: names } : `node ${twice} is named twice`;
}

function counted(count: number): StartRequest | string {
  if (count < 1 || count > LARGEST_CLUSTER) return `expected 1 to ${LARGEST_CLUSTER} nodes, found ${count}`;
  return { nodes: Array.from({ length: count }, (_, index) => `node${index + 1}`) };
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
