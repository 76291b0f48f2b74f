// SPDX-License-Identifier: GPL-2.0-or-later
/** Locks of files: one at a time, and those of the dead are broken at once. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockFile } from '../../src/platform/real/file-lock.ts';
import { isDead, ownMark, parseMark } from '../../src/platform/real/process-mark.ts';

let directory: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'quorate-lock-'));
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(directory, { recursive: true, force: true });
});

const file = (): string => join(directory, 'cib.xml');

/** A process that lives until it is killed; its mark as it would leave it. */
async function aProcess(): Promise<{ readonly mark: ReturnType<typeof ownMark>; end(): Promise<void> }> {
  const child = spawn(process.execPath, ['-e', 'console.log("here"); setInterval(() => {}, 1000)'], { stdio: ['ignore', 'pipe', 'ignore'] });
  children.push(child);
  await new Promise((here) => child.stdout.once('data', here));
  const started = process.platform === 'linux' ? readFileSync(`/proc/${child.pid}/stat`, 'latin1').replace(/^.*\)\s*/s, '').split(' ')[19]! : '';
  const end = (): Promise<void> => new Promise((gone) => void child.once('close', () => gone()).kill('SIGKILL'));
  return { mark: { ...ownMark(), pid: child.pid!, started }, end };
}

/** What a process leaves behind that is killed while it holds the lock. */
function leaveLock(mark: object | string): void {
  mkdirSync(`${file()}.lock`);
  writeFileSync(`${file()}.lock-owner`, typeof mark === 'string' ? mark : JSON.stringify(mark));
}

describe('a lock', () => {
  it('is held by one at a time, and leaves nothing behind', async () => {
    const release = await lockFile(file());
    let isTaken = false;
    const second = lockFile(file()).then((free) => {
      isTaken = true;
      return free;
    });
    await new Promise((later) => setTimeout(later, 150));
    expect(isTaken).toBe(false);
    release();
    (await second)();
    expect(readdirSync(directory)).toEqual([]);
  });

  it('of a process that was killed is had at once', async () => {
    const other = await aProcess();
    leaveLock(other.mark);
    await other.end();
    const beginMs = Date.now();
    const release = await lockFile(file());
    expect(Date.now() - beginMs).toBeLessThan(5000);
    release();
    expect(readdirSync(directory)).toEqual([]);
  });

  it('of a process that lives, or of one elsewhere, is respected', async () => {
    const other = await aProcess();
    for (const mark of [other.mark, { ...other.mark, host: 'elsewhere', pid: 999_999_999 }, { ...other.mark, namespace: 'pid:[1]', pid: 999_999_999 }, 'no note']) {
      leaveLock(mark);
      const waiting = lockFile(file());
      await new Promise((later) => setTimeout(later, 150));
      expect(existsSync(`${file()}.lock`), JSON.stringify(mark)).toBe(true);
      rmSync(`${file()}.lock-owner`);
      rmSync(`${file()}.lock`, { recursive: true });
      (await waiting)();
    }
  });

  it('of a process that lives is not stale, however late it is with saying so', async () => {
    const other = await aProcess();
    leaveLock(other.mark);
    utimesSync(`${file()}.lock`, new Date(0), new Date(0));
    const waiting = lockFile(file());
    await new Promise((later) => setTimeout(later, 200));
    expect(parseMark(readFileSync(`${file()}.lock-owner`, 'utf8'))).toEqual(other.mark);
    await other.end();
    (await waiting)();
  });

  it('that was taken away can be given back without an error', async () => {
    const release = await lockFile(file());
    rmSync(`${file()}.lock`, { recursive: true });
    release();
    expect(readdirSync(directory)).toEqual([]);
  });

  it('of the dead is broken by many at once without being given to two', { timeout: 60_000 }, async () => {
    const dead = spawnSync(process.execPath, ['-e', '0']);
    const counter = join(directory, 'count');
    writeFileSync(counter, '0');
    leaveLock({ ...ownMark(), pid: dead.pid, started: '1' });
    await Promise.all(
      Array.from({ length: 20 }, async () => {
        const release = await lockFile(file());
        const count = Number(readFileSync(counter, 'utf8'));
        await new Promise((later) => setTimeout(later, 2));
        writeFileSync(counter, String(count + 1));
        release();
      }),
    );
    expect(readFileSync(counter, 'utf8')).toBe('20');
  });
});

describe('the mark of a process', () => {
  it('tells the living from the dead', async () => {
    const other = await aProcess();
    expect(isDead(ownMark())).toBe(false);
    expect(isDead(other.mark)).toBe(false);
    await other.end();
    expect(isDead(other.mark)).toBe(true);
  });

  it.skipIf(process.platform !== 'linux')('is not that of another process which has the number now, or of another boot', () => {
    expect(isDead({ ...ownMark(), started: '1' })).toBe(true);
    expect(isDead({ ...ownMark(), boot: 'another' })).toBe(true);
  });

  it.each(['', '{}', '[]', 'null', '{"pid":1}', '{"host":"h","boot":"","namespace":"","pid":"1","started":""}'])('is not read from %j', (text) => {
    expect(parseMark(text)).toBeUndefined();
  });
});
