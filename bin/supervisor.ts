// SPDX-License-Identifier: GPL-2.0-or-later
/** The daemon of an embedded cluster, and how it is begun in the background. */
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { dateTime } from '../src/cib/index.ts';
import { embeddedCluster, runSupervisor } from '../src/engine/index.ts';
import { realPlatform, type RealFace } from '../src/platform/real/index.ts';
import { schedule } from '../src/scheduler/index.ts';

const PRIVATE_DIRECTORY = 0o700;
const PRIVATE_FILE = 0o600;

/** Files of a state directory that belong to the daemon as a whole. */
export function daemonFiles(stateDirectory: string): { readonly log: string; readonly pid: string; readonly cluster: string } {
  return { log: join(stateDirectory, 'supervisor.log'), pid: join(stateDirectory, 'supervisor.pid'), cluster: join(stateDirectory, 'cluster.json') };
}

/** Runs until the cluster is stopped. `argv`: state directory, then the names of the nodes. */
export async function supervise(argv: readonly string[], face: RealFace): Promise<number> {
  const [stateDirectory, ...nodes] = argv;
  if (stateDirectory === undefined || nodes.length === 0) {
    face.err('quorate-supervisor: expected a state directory and names of nodes\n');
    return 64;
  }
  const files = daemonFiles(stateDirectory);
  const platform = realPlatform({ log: (level, source, text) => face.out(`${new Date().toISOString()} ${source} ${level}: ${text}\n`) });
  const setup = embeddedCluster(
    platform.disk,
    {
      stateDirectory,
      nodes,
      environment: new Map([...face.env, ['QUORATE_DIR', stateDirectory]]),
      programDirectory: face.programDirectory,
      processId: face.processId,
      version: face.version,
    },
    (cib, epochMs) => schedule(cib, { now: dateTime(Math.floor(epochMs / 1000), 0) }).graph,
  );
  return new Promise((resolve) => {
    runSupervisor(platform, setup, () => {
      face.disk.remove(files.pid);
      resolve(0);
    });
    face.disk.write(files.pid, `${face.processId}\n`);
    face.disk.write(files.cluster, `${JSON.stringify({ nodes })}\n`);
  });
}

/** Begins the daemon in a session of its own, its words going to the log of the state directory. */
export function spawnDaemon(stateDirectory: string, nodes: readonly string[], face: RealFace): Promise<void> {
  mkdirSync(stateDirectory, { recursive: true, mode: PRIVATE_DIRECTORY });
  const log = openSync(daemonFiles(stateDirectory).log, 'w', PRIVATE_FILE);
  const child = spawn(process.execPath, [join(face.programDirectory, 'bin', 'quorate-supervisor'), stateDirectory, ...nodes], {
    cwd: stateDirectory,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  child.unref();
  return new Promise((resolve, reject) => {
    child.once('spawn', () => resolve());
    child.once('error', reject);
  });
}
