// SPDX-License-Identifier: GPL-2.0-or-later
/** The daemon of an embedded cluster as other processes see it: its files, whether it lives, how it is begun. */
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { RealFace } from '../src/platform/real/index.ts';

const PRIVATE_DIRECTORY = 0o700;
const PRIVATE_FILE = 0o600;

/** Files of a state directory that belong to the daemon as a whole. */
export function daemonFiles(stateDirectory: string): { readonly log: string; readonly pid: string; readonly cluster: string } {
  return { log: join(stateDirectory, 'supervisor.log'), pid: join(stateDirectory, 'supervisor.pid'), cluster: join(stateDirectory, 'cluster.json') };
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

/** Whether the process of a pid file may live: one that was killed leaves its file behind, and its number until its parent has asked for it. */
export function isAlive(pidText: string | undefined): boolean {
  const pid = Number(pidText);
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    // No such process.
    return false;
  }
}
