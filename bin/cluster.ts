// SPDX-License-Identifier: GPL-2.0-or-later
/** The embedded cluster of this user: how a face connects to it, starts it and stops it. */
import { answersAt, BackendError, commandCluster, openEmbedded, startCluster, stopCluster, type Backend, type EmbeddedPlace } from '../src/backends/index.ts';
import { stateDirectory } from '../src/platform/index.ts';
import { isAliveHere, parseMark, realPlatform, type RealFace } from '../src/platform/real/index.ts';
import { daemonFiles, makeStateDirectory, spawnDaemon } from './daemon.ts';

const FAILED = 1;
const NOT_CONNECTED = 102;
/** Where the system does not tell, one that has ended stays a process until its parent asks for it, which in a container nobody may do. */
const LONGEST_END_MS = 5000;
const END_POLL_MS = 20;

function placeOf(face: RealFace): EmbeddedPlace {
  return { sockets: realPlatform().sockets, stateDirectory: stateDirectory(face.env), sleep: face.sleep };
}

export async function connectEmbedded(face: RealFace): Promise<Backend> {
  const { sockets, stateDirectory: directory } = placeOf(face);
  const backend = await openEmbedded({ sockets, stateDirectory: directory, node: face.env.get('QUORATE_NODE_NAME'), user: face.env.get('CIB_user') });
  if (backend === undefined) throw new BackendError(NOT_CONNECTED, 'no cluster is running and CIB_file names none: start one with "crm cluster start"');
  return backend;
}

/** Starts the daemon in the background and waits until the nodes have formed a cluster. Of two that start at once, the second waits and finds it running: undefined. */
export async function startInBackground(nodes: readonly string[], face: RealFace): Promise<{ readonly message: string } | undefined> {
  const place = placeOf(face);
  const files = daemonFiles(place.stateDirectory);
  makeStateDirectory(place.stateDirectory);
  const release = await lockStart(files.cluster, face);
  try {
    const started = await startCluster(place, {
      nodes,
      remembered: rememberedNodes(face.disk.read(files.cluster)),
      spawnDaemon: (chosen) => spawnDaemon(place.stateDirectory, chosen, face),
      readDaemonOutput: () => face.disk.read(files.log) ?? '',
    });
    if (started === undefined) return undefined;
    const { nodes: all, booted } = started;
    const off = all.filter((name) => !booted.includes(name));
    return { message: `cluster of ${all.length} node(s) started: ${booted.join(' ')}${off.length === 0 ? '' : `; ${off.join(' ')} stayed off (crm cluster boot)`}` };
  } finally {
    release();
  }
}

/** As often as one waits for a lock while a start may take its time. */
const START_LOCK_TRIES = 6;

async function lockStart(file: string, { disk }: RealFace): Promise<() => void> {
  for (let tries = 1; ; tries++) {
    try {
      return (await disk.lock?.(file)) ?? ((): void => {});
    } catch {
      if (tries === START_LOCK_TRIES) throw new BackendError(FAILED, 'another start of this cluster is still at work');
    }
  }
}

/** The daemon's last act, keeping compiled code, comes after its socket has closed; who removes its files next must not meet it there. */
export async function stopRunning(face: RealFace): Promise<boolean> {
  const place = placeOf(face);
  const daemon = parseMark(face.disk.read(daemonFiles(place.stateDirectory).owner));
  if (!(await stopCluster(place))) return false;
  if (daemon === undefined) return true;
  for (let waitedMs = 0; waitedMs < LONGEST_END_MS && isAliveHere(daemon); waitedMs += END_POLL_MS) await face.sleep(END_POLL_MS);
  return true;
}

/** Asked at the socket: what a killed daemon has left behind says nothing. */
export function isAnswering(face: RealFace): Promise<boolean> {
  return answersAt(placeOf(face));
}

export function requestCommand(name: string, args: readonly string[], face: RealFace): Promise<{ readonly code: number; readonly text: string }> {
  return commandCluster(placeOf(face), name, args);
}

/** Nodes of the last start, so that a plain `crm cluster start` brings the same cluster back. */
function rememberedNodes(text: string | undefined): string[] {
  if (text === undefined) return [];
  try {
    const data = JSON.parse(text) as { nodes?: unknown };
    return Array.isArray(data.nodes) ? data.nodes.filter((name): name is string => typeof name === 'string') : [];
  } catch {
    // Written by an earlier release or torn: the default takes its place.
    return [];
  }
}
