// SPDX-License-Identifier: GPL-2.0-or-later
/** The embedded cluster of this user: how a face connects to it, starts it and stops it. */
import { BackendError, commandCluster, openEmbedded, startCluster, stateDirectory, stopCluster, type Backend, type EmbeddedPlace } from '../src/backends/index.ts';
import { realPlatform, type RealFace } from '../src/platform/real/index.ts';
import type { ClusterLauncher } from '../src/shell/index.ts';
import { daemonFiles, spawnDaemon } from './supervisor.ts';

const NOT_CONNECTED = 102;

function placeOf(face: RealFace): EmbeddedPlace {
  return { sockets: realPlatform().sockets, stateDirectory: stateDirectory(face.env), sleep: face.sleep };
}

export async function connectEmbedded(face: RealFace): Promise<Backend> {
  const { sockets, stateDirectory: directory } = placeOf(face);
  const backend = await openEmbedded({ sockets, stateDirectory: directory, node: face.env.get('QUORATE_NODE_NAME') });
  if (backend === undefined) throw new BackendError(NOT_CONNECTED, 'no cluster is running and CIB_file names none: start one with "crm cluster start"');
  return backend;
}

export function clusterLauncher(face: RealFace): ClusterLauncher {
  const place = placeOf(face);
  const files = daemonFiles(place.stateDirectory);
  return {
    async start({ nodes }) {
      const names = await startCluster(place, {
        nodes,
        remembered: rememberedNodes(face.disk.read(files.cluster)),
        spawnDaemon: (chosen) => spawnDaemon(place.stateDirectory, chosen, face),
        readDaemonOutput: () => face.disk.read(files.log) ?? '',
      });
      return { message: `cluster of ${names.length} node(s) started: ${names.join(' ')}` };
    },
    stop: () => stopCluster(place),
    isRunning: () => isAlive(face.disk.read(files.pid)),
    request: (verb, args) => commandCluster(place, verb, args),
  };
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

function isAlive(pidText: string | undefined): boolean {
  const pid = Number(pidText);
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    // No such process: the daemon was killed and left its file behind.
    return false;
  }
}
