// SPDX-License-Identifier: GPL-2.0-or-later
/** The daemon of an embedded cluster as other processes see it: its files and how it is begun. */
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { WantedNodes } from '../src/backends/index.ts';
import type { RealFace } from '../src/platform/real/index.ts';

const PRIVATE_DIRECTORY = 0o700;
const PRIVATE_FILE = 0o600;

/** Files of a state directory that belong to the daemon as a whole. */
export function daemonFiles(stateDirectory: string): { readonly log: string; readonly pid: string; readonly owner: string; readonly cluster: string } {
  return { log: join(stateDirectory, 'supervisor.log'), pid: join(stateDirectory, 'supervisor.pid'), owner: join(stateDirectory, 'supervisor.owner'), cluster: join(stateDirectory, 'cluster.json') };
}

/** Begins the daemon in a session of its own, its words going to the log of the state directory. */
export function spawnDaemon(stateDirectory: string, { nodes, booted }: WantedNodes, face: RealFace): Promise<{ hasEnded(): boolean }> {
  const log = openSync(daemonFiles(stateDirectory).log, 'w', PRIVATE_FILE);
  const child = spawn(process.execPath, [join(face.programDirectory, 'bin', 'quorate-supervisor'), stateDirectory, `--boot=${booted.join(',')}`, ...nodes], {
    cwd: stateDirectory,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  child.unref();
  return new Promise((resolve, reject) => {
    child.once('spawn', () => resolve({ hasEnded: () => child.exitCode !== null || child.signalCode !== null }));
    child.once('error', reject);
  });
}

/** Private to the user; one that is there is left as it is. */
export function makeStateDirectory(stateDirectory: string): void {
  mkdirSync(stateDirectory, { recursive: true, mode: PRIVATE_DIRECTORY });
}
