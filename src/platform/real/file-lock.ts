// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The only right to change a file. proper-lockfile gives it and lets it grow stale; a note beside it says who has it, so that the lock
 * of a process that was killed is broken at once. The note is there only while the lock is.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { LockOptions } from 'proper-lockfile';
import { isDead, ownMark, parseMark } from './process-mark.ts';

const STALE_MS = 10_000;
const WAIT_MS = 50;
const ATTEMPTS = 600;
const PRIVATE_FILE = 0o600;

type LockSync = (path: string, options: LockOptions) => () => void;

/** Resolves with how to give the right back. Rejects when somebody who lives keeps it for longer than anyone waits. */
export async function lockFile(path: string): Promise<() => void> {
  const { lockSync } = await import('proper-lockfile');
  for (let attempt = 0; ; attempt++) {
    // Before the lock can be taken over as stale: a note of the dead must not speak of the lock of the living.
    breakDeadLock(path, lockSync);
    try {
      return noted(path, lockSync(path, { realpath: false, stale: STALE_MS }));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === undefined) throw error;
      // A folder that cannot be written to cannot be locked either; the write will say so.
      if (code !== 'ELOCKED') return noLock;
      if (attempt >= ATTEMPTS) throw error;
      await new Promise((resolve) => void setTimeout(resolve, WAIT_MS));
    }
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
    release();
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
    release = lockSync(`${path}.break`, { realpath: false, stale: STALE_MS });
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
  let text;
  try {
    text = readFileSync(noteOf(path), 'utf8');
  } catch {
    // Given back meanwhile, or just taken.
    return false;
  }
  const mark = parseMark(text);
  return mark !== undefined && isDead(mark);
}

function noteOf(path: string): string {
  return `${path}.lock-owner`;
}

function noLock(): void {
  // Nothing was taken.
}
