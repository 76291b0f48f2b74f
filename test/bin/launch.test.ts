// SPDX-License-Identifier: GPL-2.0-or-later
/** The launcher: packs of chunks with compiled code, parts of Node on demand, certificates. A small program stands in for the build. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';

const BIN = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'bin');
const BUILD = '0123456789abcdef';
const directory = mkdtempSync(join(tmpdir(), 'quorate-launch-'));
const chunks = join(directory, 'dist', BUILD);
afterAll(() => rmSync(directory, { recursive: true, force: true }));

beforeEach(() => {
  rmSync(directory, { recursive: true, force: true });
  for (const folder of ['bin', `dist/${BUILD}`]) mkdirSync(join(directory, folder), { recursive: true });
  for (const name of ['crm', 'launch.cjs', 'package.json']) copyFileSync(join(BIN, name), join(directory, 'bin', name));
  writeFileSync(join(directory, 'package.json'), '{"version": "9.8.7"}');
  writeFileSync(join(directory, 'dist', 'current'), BUILD);
  chunk('main.js', `
    const greeting = require('./greeting.js');
    const system = require('node:crypto');
    exports.main = async (command, args) => {
      process.stdout.write(greeting.greet(command, args[2] === 'more' ? require('./more.js').word : args.join(' ')) + '\\n');
      if (args[0] === 'system') process.stdout.write(String(system.createHash('md5').update('').digest('hex').startsWith('d41d8') && 'createHash' in system && Object.keys(system).includes('createHash')));
      if (args[0] === 'child') process.stdout.write(require('node:child_process').execFileSync('sh', ['-c', 'echo "$NODE_EXTRA_CA_CERTS,$QUORATE_EXTRA_CA_CERTS"'], { encoding: 'utf8' }));
      return args.includes('fail') ? 3 : 0;
    };`);
  chunk('greeting.js', `exports.greet = (who, what) => who + ': ' + what;`);
  chunk('more.js', `exports.word = 'from another chunk';`);
});

function chunk(name: string, text: string): void {
  writeFileSync(join(chunks, name), text);
}

/** The file itself is started, as a shell does. */
function run(command: 'crm', args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const done = spawnSync(join(directory, 'bin', command), args, { encoding: 'utf8', env: { PATH: `${dirname(process.execPath)}:${process.env['PATH']}`, HOME: directory, ...env } });
  return { code: done.status, out: done.stdout, err: done.stderr };
}

function packs(): string[] {
  const caches = join(directory, 'dist', 'cache');
  return existsSync(caches) ? readdirSync(caches).flatMap((folder) => readdirSync(join(caches, folder)).map((name) => join(caches, folder, name))) : [];
}

function about(path: string): { names: string[]; code: number; builtins: string[] } {
  return JSON.parse(readFileSync(path, 'latin1').split('\n', 1)[0]!);
}

describe('a command', () => {
  it('answers the same from the build, from a pack and from a pack with compiled code, with its exit code', () => {
    for (let time = 1; time <= 4; time++) {
      expect(run('crm', ['configure', 'fail']), `run ${time}`).toEqual({ code: 3, out: 'crm: configure fail\n', err: '' });
    }
    const [pack] = packs();
    expect(packs().map((path) => path.split('/').pop())).toEqual(['crm.configure.fail']);
    expect(about(pack!).names).toEqual(['main.js', 'greeting.js']);
    expect(about(pack!).code).toBeGreaterThan(0);
  });

  it('sets nothing that this V8 does not know, which V8 would tell on standard error', () => {
    expect(run('crm', ['configure', 'show']).err).toBe('');
    const { patience } = createRequire(import.meta.url)('../../bin/launch.cjs') as { patience(command: string): string[] };
    expect(spawnSync(process.execPath, [...patience('crm'), '-e', '0'], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
  });

  it('leaves the settings of a version of Node that it does not know as they are', () => {
    const { patience } = createRequire(import.meta.url)('../../bin/launch.cjs') as { patience(command: string, version: string): string[] };
    expect(patience('crm', '23.1.0')).toEqual([]);
    expect(patience('crm', '20.20.2').map((word) => word.split('=')[0])).toEqual(['--interrupt-budget']);
  });

  it('needs the build no longer once it has a pack', () => {
    for (let time = 1; time <= 3; time++) run('crm', ['status']);
    rmSync(chunks, { recursive: true });
    expect(run('crm', ['status'])).toEqual({ code: 0, out: 'crm: status\n', err: '' });
  });

  it('adds what its pack lacks', () => {
    for (let time = 1; time <= 3; time++) run('crm', ['configure', 'show']);
    expect(about(packs()[0]!).names).toEqual(['main.js', 'greeting.js']);
    for (let time = 1; time <= 3; time++) expect(run('crm', ['configure', 'show', 'more']).out).toBe('crm: from another chunk\n');
    expect(about(packs()[0]!).names).toEqual(['main.js', 'greeting.js', 'more.js']);
    expect(about(packs()[0]!).code).toBeGreaterThan(0);
  });

  it('is not stopped by a damaged pack, which is made anew', () => {
    for (let time = 1; time <= 3; time++) run('crm', ['status']);
    const [pack] = packs();
    writeFileSync(pack!, readFileSync(pack!).subarray(0, 200));
    expect(run('crm', ['status']).out).toBe('crm: status\n');
    expect(run('crm', ['status']).out).toBe('crm: status\n');
    expect(about(pack!).code).toBeGreaterThan(0);
  });

  it('gets parts of Node whole, though they are loaded at their first use, and the next run has them ready', () => {
    expect(run('crm', ['system']).out).toBe('crm: system\ntrue');
    expect(about(packs()[0]!).builtins).toEqual(['node:crypto']);
    expect(run('crm', ['status']).out).toBe('crm: status\n');
    expect(about(packs().find((path) => path.endsWith('.status'))!).builtins).toEqual([]);
  });

  it('keeps no more packs than the disk should hold', () => {
    for (let count = 0; count < 66; count++) {
      const folder = dirname(packs()[0] ?? join(directory, 'none'));
      if (count === 0) run('crm', ['status']);
      else writeFileSync(join(folder, `crm.command${count}`), 'no pack');
    }
    run('crm', ['node']);
    expect(packs().length).toBe(64);
    expect(packs().some((path) => path.endsWith('crm.node'))).toBe(true);
  });

  it('says how to build when there is no build', () => {
    rmSync(join(directory, 'dist'), { recursive: true });
    expect(run('crm', ['status'])).toMatchObject({ code: 69, out: '', err: expect.stringContaining('npm run build') });
    expect(run('crm', ['--version'])).toEqual({ code: 0, out: 'crm 9.8.7\n', err: '' });
  });
});

describe('extra certificates', () => {
  it('are hidden from Node, which would read them all at its start, and given back to the programs that a command starts', () => {
    const missing = join(directory, 'missing.pem');
    const answer = run('crm', ['child'], { NODE_EXTRA_CA_CERTS: missing });
    // Node warns about a file that it cannot read.
    expect(answer).toEqual({ code: 0, out: `crm: child\n${missing},\n`, err: '' });
    expect(run('crm', ['child']).out).toBe('crm: child\n,\n');
  });
});
