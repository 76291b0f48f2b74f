// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The only right to change a file. proper-lockfile gives it and lets it grow stale; a note beside it says who has it, so that the lock
 * of a process that was killed is broken at once. The note is there only while the lock is.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { LockOptions } from 'proper-lockfile';
import { isAliveHere, isDead, ownMark, parseMark, type ProcessMark } from './process-mark.ts';

const STALE_MS = 10_000;
const WAIT_MS = 50;
const ATTEMPTS = 600;
const PRIVATE_FILE = 0o600;

type LockSync = (path: string, options: LockOptions) => () => void;

/** Resolves with how to give the right back. Rejects when somebody who lives keeps it for longer than anyone waits. */
export async function lockFile(path: string): Promise<() => void> {
  const { lockSync } = await import('proper-lockfile');
  for (let attempt = 0; ; attempt++) {
    const taken = take(path, lockSync);
    if (typeof taken === 'function') return taken;
    if (attempt >= ATTEMPTS) throw taken;
    await new Promise((resolve) => void setTimeout(resolve, WAIT_MS));
  }
}

/** The release, or why the lock cannot be had now. A process of this machine keeps it as long as it lives, however late it is with saying so. */
function take(path: string, lockSync: LockSync): (() => void) | Error {
  const owner = ownerOf(path);
  if (owner !== undefined && isAliveHere(owner)) return new Error(`${path} is locked by process ${owner.pid}`);
  // Before the lock can be taken over as stale: a note of the dead must not speak of the lock of the living.
  breakDeadLock(path, lockSync);
  try {
    return noted(path, lockSync(path, { realpath: false, stale: STALE_MS, onCompromised: noLock }));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ELOCKED') return error as Error;
    if (code === undefined) throw error;
    // A folder that cannot be written to cannot be locked either; the write will say so.
    return noLock;
  }
}

function noted(path: string, release: () => void): () => void {
  const note = noteOf(path);
  try {
    writeFileSync(note, JSON.stringify(ownMark()), { mode: PRIVATE_FILE });
  } catch {
    // Without a note the lock grows stale by time alone.
  }
  return () => {
    rmSync(note, { force: true });
    try {
      release();
    } catch {
      // Another machine took it for stale: there is nothing left to give back.
    }
  };
}

/**
 * Whoever breaks a lock has a lock for that: so between reading the note and removing the lock it cannot become somebody
 * else's. The note goes first, so that it never speaks of the next lock.
 */
function breakDeadLock(path: string, lockSync: LockSync): void {
  if (!isHeldByDead(path)) return;
  let release;
  try {
    release = lockSync(`${path}.break`, { realpath: false, stale: STALE_MS, onCompromised: noLock });
  } catch {
    // Another one is at it.
    return;
  }
  try {
    if (!isHeldByDead(path)) return;
    rmSync(noteOf(path), { force: true });
    rmSync(`${path}.lock`, { recursive: true, force: true });
  } finally {
    release();
  }
}

function isHeldByDead(path: string): boolean {
  const owner = ownerOf(path);
  return owner !== undefined && isDead(owner);
}

function ownerOf(path: string): ProcessMark | undefined {
  try {
    return parseMark(readFileSync(noteOf(path), 'utf8'));
  } catch {
    // Given back meanwhile, or just taken.
    return undefined;
  }
}

function noteOf(path: string): string {
  return `${path}.lock-owner`;
}

function noLock(): void {
  // Nothing was taken.
}
