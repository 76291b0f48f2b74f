// SPDX-License-Identifier: GPL-2.0-or-later
/** Starting and stopping the embedded cluster as a whole: its daemon runs in the background, in a process of its own. */
import { controlSocket, type EmbeddedStatus } from '../../engine/index.ts';
import type { LocalSockets } from '../../platform/index.ts';
import { BackendError } from '../backend.ts';
import { ControlClient } from './client.ts';

export interface EmbeddedPlace {
  readonly sockets: LocalSockets;
  readonly stateDirectory: string;
  sleep(durationMs: number): Promise<void>;
}

export interface StartOptions {
  /** `3`, or names; nothing: the nodes of the last time, else three. */
  readonly nodes: readonly string[];
  /** Begins the daemon in the background; rejects when it cannot be begun. */
  spawnDaemon(nodes: readonly string[]): Promise<{ hasEnded(): boolean }>;
  /** Last words of a daemon that ended too soon. */
  readDaemonOutput(): string;
  readonly remembered: readonly string[];
}

/** A machine that has much else to do may need minutes. */
const START_WAIT_MS = 180_000;
const POLL_MS = 100;
const USAGE = 64;
const FAILED = 1;
const NOT_CONNECTED = 102;
const NODE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
/** More virtual nodes than this in one process would only wait for each other. */
const NODE_LIMIT = 32;

/** Resolves when all nodes are online and idle. */
export async function startCluster(place: EmbeddedPlace, options: StartOptions): Promise<readonly string[]> {
  const nodes = nodeNames(options.nodes, options.remembered);
  const running = await connect(place);
  if (running !== undefined) {
    const { nodes: present } = await statusOf(running);
    running.close();
    throw new BackendError(FAILED, `a cluster is running already, with nodes ${present.map(({ name }) => name).join(' ')}`);
  }
  const daemon = await options.spawnDaemon(nodes);
  for (let waitedMs = 0; waitedMs < START_WAIT_MS && !daemon.hasEnded(); waitedMs += POLL_MS) {
    await place.sleep(POLL_MS);
    const client = await connect(place);
    if (client === undefined) continue;
    const isIdle = await client.request({ verb: 'wait-idle', timeoutMs: START_WAIT_MS - waitedMs });
    client.close();
    if (isIdle === true) return nodes;
    break;
  }
  throw new BackendError(FAILED, `the cluster ${daemon.hasEnded() ? 'ended at once' : 'did not form in time'}${lastWords(options.readDaemonOutput())}`);
}

/** Whether a daemon answers in this place. */
export async function answersAt(place: EmbeddedPlace): Promise<boolean> {
  const client = await connect(place);
  client?.close();
  return client !== undefined;
}

/** False when none was running. */
export async function stopCluster(place: EmbeddedPlace): Promise<boolean> {
  const client = await connect(place);
  if (client === undefined) return false;
  try {
    await client.request({ verb: 'stop' });
  } finally {
    client.close();
  }
  for (let tries = 0; tries < START_WAIT_MS / POLL_MS; tries++) {
    const still = await connect(place);
    if (still === undefined) return true;
    still.close();
    await place.sleep(POLL_MS);
  }
  throw new BackendError(FAILED, 'the nodes have stopped but their daemon has not ended');
}

/** A command for the cluster as a whole that is no request to one daemon: `totem`, `modules`, `run NODE PROGRAM` ... */
export async function commandCluster(place: EmbeddedPlace, name: string, args: readonly string[]): Promise<{ readonly code: number; readonly text: string }> {
  const client = await connect(place);
  if (client === undefined) throw new BackendError(NOT_CONNECTED, 'no cluster is running: start one with "crm cluster start"');
  try {
    // The verb's one type of answer, see the protocol.
    return (await client.request({ verb: 'command', name, args })) as { code: number; text: string };
  } finally {
    client.close();
  }
}

/** Default nodes are node1 to node3. */
function nodeNames(words: readonly string[], remembered: readonly string[]): readonly string[] {
  const [only] = words;
  if (only === undefined) return remembered.length > 0 ? remembered : numbered(3);
  if (words.length === 1 && /^\d+$/.test(only)) return counted(Number(only));
  const wrong = words.find((word) => !NODE_NAME.test(word));
  if (wrong !== undefined) throw new BackendError(USAGE, `"${wrong}" cannot be the name of a node: letters, digits, ".", "_" and "-" can stand in it`);
  if (new Set(words).size !== words.length) throw new BackendError(USAGE, 'a node is named twice');
  return words;
}

function counted(count: number): readonly string[] {
  if (count < 1 || count > NODE_LIMIT) throw new BackendError(USAGE, `a cluster has 1 to ${NODE_LIMIT} nodes, not ${count}`);
  return numbered(count);
}

function numbered(count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => `node${i + 1}`);
}

function connect(place: EmbeddedPlace): Promise<ControlClient | undefined> {
  return ControlClient.connect(place.sockets, controlSocket(place.stateDirectory), undefined);
}

function statusOf(client: ControlClient): Promise<EmbeddedStatus> {
  // The verb's one type of answer, see the protocol.
  return client.request({ verb: 'status' }) as Promise<EmbeddedStatus>;
}

function lastWords(output: string): string {
  const text = output.trim();
  return text === '' ? '' : `; its daemon said:\n${text.split('\n').slice(-5).join('\n')}`;
}
