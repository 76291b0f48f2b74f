// SPDX-License-Identifier: GPL-2.0-or-later
/** Starting and stopping the embedded cluster as a whole: its daemon runs in the background, in a process of its own. */
import { controlSocket, NODE_LIMIT, numberedNames, readNodeWords } from '../../engine/index.ts';
import type { LocalSockets } from '../../platform/index.ts';
import { BackendError } from '../backend.ts';
import { ControlClient } from './client.ts';

export interface EmbeddedPlace {
  readonly sockets: LocalSockets;
  readonly stateDirectory: string;
  sleep(durationMs: number): Promise<void>;
}

export interface StartOptions {
  /** `3`, or nodes as `NAME` or `ID:NAME`; nothing: the nodes of the last time, else three. */
  readonly nodes: readonly string[];
  /** Begins the daemon in the background; rejects when it cannot be begun. */
  spawnDaemon(wanted: WantedNodes): Promise<{ hasEnded(): boolean }>;
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

/** Resolves with the names of the nodes when those that were wanted are online and idle; undefined when a cluster runs already. */
export async function startCluster(place: EmbeddedPlace, options: StartOptions): Promise<WantedNodes | undefined> {
  const running = await connect(place);
  running?.close();
  if (running !== undefined) return undefined;
  const wanted = wantedNodes(options.nodes, options.remembered);
  if (typeof wanted === 'string') throw new BackendError(USAGE, wanted);
  const daemon = await options.spawnDaemon(wanted);
  // Another daemon may have been about to begin, and answers when this one has ended for its sake.
  for (let waitedMs = 0, hasEnded = false; waitedMs < START_WAIT_MS && !hasEnded; waitedMs += POLL_MS) {
    await place.sleep(POLL_MS);
    hasEnded = daemon.hasEnded();
    const client = await connect(place);
    if (client === undefined) continue;
    const isIdle = await client.request({ verb: 'wait-idle', timeoutMs: START_WAIT_MS - waitedMs });
    client.close();
    if (isIdle === true) return { ...wanted, nodes: namesOf(wanted.nodes) };
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

function namesOf(words: readonly string[]): readonly string[] {
  return words.map((word) => word.replace(/^\d+:/, ''));
}

const DEFAULT_COUNT = 3;

export interface WantedNodes {
  /** All nodes of the cluster, as words. */
  readonly nodes: readonly string[];
  /** Names of those that are switched on. */
  readonly booted: readonly string[];
}

/**
 * A number, or `NAME` and `ID:NAME`; nothing: what is remembered, else node1 to node3. Nodes that are remembered and not named
 * belong to the cluster and stay off: its configuration knows them. A sentence when the words do not fit.
 */
export function wantedNodes(words: readonly string[], remembered: readonly string[]): WantedNodes | string {
  const [only] = words;
  const count = words.length === 1 && /^\d+$/.test(only!) ? Number(only) : undefined;
  if (count !== undefined && (count < 1 || count > NODE_LIMIT)) return `a cluster has 1 to ${NODE_LIMIT} nodes, not ${count}`;
  const known = new Map(remembered.map((word): [string, string] => [namesOf([word])[0]!, word]));
  const chosen = count !== undefined ? numberedNames(count) : only !== undefined ? words : remembered.length > 0 ? remembered : numberedNames(DEFAULT_COUNT);
  const booted = namesOf(chosen);
  if (known.size > 0 && !booted.some((name) => known.has(name))) {
    return `there is a cluster of ${[...known.keys()].join(' ')} already: "crm cluster start" starts it, "crm cluster add" gives it more nodes, another QUORATE_DIR holds another cluster`;
  }
  const nodes = [...remembered.filter((word) => !chosen.includes(word) && !booted.includes(namesOf([word])[0]!)), ...chosen.map((word) => known.get(word) ?? word)];
  const problem = readNodeWords(nodes);
  return typeof problem === 'string' ? problem : { nodes, booted };
}

function connect(place: EmbeddedPlace): Promise<ControlClient | undefined> {
  return ControlClient.connect(place.sockets, controlSocket(place.stateDirectory), undefined);
}

function lastWords(output: string): string {
  const text = output.trim();
  return text === '' ? '' : `; its daemon said:\n${text.split('\n').slice(-5).join('\n')}`;
}
