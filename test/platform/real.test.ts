// SPDX-License-Identifier: GPL-2.0-or-later
/** The platform on Node: processes end with their groups, sockets are private, files survive. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { realPlatform, startProfile } from '../../src/platform/real/index.ts';
import type { ProcessResult, SpawnRequest } from '../../src/platform/index.ts';

const directory = mkdtempSync(join(tmpdir(), 'quorate-platform-'));
const platform = realPlatform();
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function script(name: string, text: string): string {
  const path = join(directory, name);
  writeFileSync(path, `#!/bin/sh\n${text}`, { mode: 0o755 });
  return path;
}

function run(path: string, changes: Partial<SpawnRequest> = {}): Promise<ProcessResult> {
  const env = new Map([['PATH', '/usr/bin:/bin'], ['WORD', 'two words']]);
  return new Promise((resolve) => platform.processes.spawn({ label: 'test', path, args: ['act'], env, cwd: directory, timeoutMs: 5000, brand: 'brand-test', ...changes }, resolve));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}

describe('a real process', () => {
  it('gets its arguments, environment and directory, an empty input and the mask of daemons', async () => {
    const result = await run(script('show', 'echo "$1 $WORD $PWD $(umask)"; cat; exit 3'));
    expect(result).toMatchObject({ kind: 'exited', code: 3, stdout: `act two words ${directory} 0026\n` });
  });

  it('reads what it is given', async () => {
    expect((await run(script('read', 'cat'), { input: 'a=b\n' })).stdout).toBe('a=b\n');
  });

  it('is killed with all its children when its time is over', async () => {
    const result = await run(script('slow', 'sleep 100 & echo $!; wait'), { timeoutMs: 200 });
    expect(result.kind).toBe('timeout');
    const child = Number(result.stdout.trim());
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(isAlive(child)).toBe(false);
  });

  it('may leave a service behind, which its brand finds even in another session', async () => {
    const result = await run(script('leave', 'setsid sleep 100 </dev/null >/dev/null 2>&1 & echo $!'), { brand: 'brand-left' });
    const service = Number(result.stdout.trim());
    expect(isAlive(service)).toBe(true);
    await new Promise<void>((resolve) => platform.processes.killBranded('brand-left', resolve));
    expect(isAlive(service)).toBe(false);
  });

  it('is told apart from one that is missing or may not be run', async () => {
    expect((await run(join(directory, 'nothing'))).kind).toBe('missing');
    writeFileSync(join(directory, 'plain'), 'x', { mode: 0o600 });
    expect((await run(join(directory, 'plain'))).kind).toBe('forbidden');
  });

  it('is refused, without harm, when its environment is too long', async () => {
    const env = new Map([['LONG', 'x'.repeat(3_000_000)]]);
    expect((await run(script('true', 'exit 0'), { env })).kind).toBe('forbidden');
  });

  it('keeps only so much of a runaway output', async () => {
    const result = await run(script('much', 'head -c 3000000 /dev/zero | tr "\\0" x'));
    expect(result.stdout.length).toBe(1024 * 1024);
  });
});

describe('real sockets', () => {
  it('carry whole messages in both directions, whatever the length of their path', async () => {
    const deep = join(directory, 'd'.repeat(60), 'e'.repeat(60));
    platform.disk.makeDirectory(deep);
    const path = join(deep, 'control.sock');
    const listener = platform.sockets.listen(path, (connection) => ({ message: (text) => connection.send(`${text.length}`), closed: () => {} }));
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const answer = await new Promise((resolve) => {
      platform.sockets.connect(path, (connection) => {
        connection?.send('é'.repeat(200_000));
        return { message: resolve, closed: () => {} };
      });
    });
    expect(answer).toBe('200000');
    listener.close();
    expect(await new Promise((resolve) => platform.sockets.connect(path, (connection) => resolve(connection)))).toBe(undefined);
  });

  it('take requests from plain shell scripts through a named pipe', async () => {
    const path = join(directory, 'requests');
    const lines: string[] = [];
    const listener = platform.sockets.listenPipe(path, (text) => {
      lines.push(text);
      platform.sockets.answerPipe(join(directory, 'answer'), 'fine\n');
    });
    const result = await run(script('ask', `mkfifo answer; exec 3<>answer; echo "hello world" >requests; read -r word <&3; echo "$word"`));
    expect([lines, result.stdout]).toEqual([['hello world'], 'fine\n']);
    listener.close();
  });
});

describe('a real disk', () => {
  it('replaces files, keeps their modes and lists in order', () => {
    const { disk } = platform;
    const folder = join(directory, 'disk');
    disk.makeDirectory(folder);
    disk.write(join(folder, 'b'), 'one', 0o755);
    disk.write(join(folder, 'a.new'), 'two');
    disk.sync(join(folder, 'a.new'));
    disk.rename(join(folder, 'a.new'), join(folder, 'a'));
    disk.syncDirectory(folder);
    disk.link(join(folder, 'a'), join(folder, 'c'));
    expect(disk.list(folder)).toEqual(['a', 'b', 'c']);
    expect([disk.read(join(folder, 'c')), disk.read(join(folder, 'x'))]).toEqual(['two', undefined]);
    expect([disk.isExecutable(join(folder, 'b')), disk.isExecutable(join(folder, 'a'))]).toEqual([true, false]);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });
});

it('a profile names the functions that ran while it was taken', async () => {
  const stop = await startProfile();
  const endMs = performance.now() + 50;
  (function busyForTheProfile() {
    while (performance.now() < endMs);
  })();
  const profile = JSON.parse(await stop()) as { nodes: { callFrame: { functionName: string } }[]; samples: number[] };
  expect(profile.nodes.map(({ callFrame }) => callFrame.functionName)).toContain('busyForTheProfile');
  expect(profile.samples.length).toBeGreaterThan(0);
});
