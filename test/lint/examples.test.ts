// SPDX-License-Identifier: GPL-2.0-or-later
/** The examples about lint do what they say: the organisation's rules, and the git hook in a repository of its own. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aShell } from '../shell/a-shell.ts';

const RULES = readFileSync('examples/organisation-rules.yaml', 'utf8');
const HOOK = resolve('examples/pre-commit/pre-commit');

describe('the rules of an organisation', () => {
  it('each find what they are about', async () => {
    const text = 'primitive vip IPaddr2 params ip=192.0.2.3 op monitor interval=5s timeout=20s\nprimitive fs Filesystem params device=/dev/vg/a directory=/srv fstype=btrfs op monitor interval=20s timeout=40s\nproperty stonith-timeout=60s\n';
    const shell = aShell({ files: { '/work/a.crm': text, '/work/rules.yaml': RULES } });
    const { code, out } = await shell.run('configure', 'lint', '--offline', '--rules', 'rules.yaml', 'a.crm');
    expect(code).toBe(1);
    expect([...new Set(out.match(/SHOP-\d/g))].sort()).toEqual(['SHOP-1', 'SHOP-2', 'SHOP-3', 'SHOP-4', 'SHOP-5']);
  });
});

const HAS_GIT = process.platform !== 'win32' && spawnSync('git', ['--version']).status === 0;

describe.skipIf(!HAS_GIT)('the git hook', () => {
  let folder = '';
  const git = (...args: string[]): void => void execFileSync('git', ['-C', folder, ...args], { stdio: 'pipe' });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lint-hook-'));
    git('init', '-q');
    git('config', 'user.name', 'tester');
    git('config', 'user.email', 'tester@example.com');
    // A crm that says how it was called, and ends as CRM_CODE says.
    writeFileSync(join(folder, 'crm'), '#!/bin/sh\nprintf "<%s>" "$@" >called\nexit "$CRM_CODE"\n');
    chmodSync(join(folder, 'crm'), 0o755);
    copyFileSync(HOOK, join(folder, '.git', 'hooks', 'pre-commit'));
    chmodSync(join(folder, '.git', 'hooks', 'pre-commit'), 0o755);
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function commit(name: string, code: number): { status: number | null; called: string } {
    writeFileSync(join(folder, name), `node 1: n${code}\n`);
    git('add', '--', name);
    const { status } = spawnSync('git', ['-C', folder, 'commit', '-q', '-m', 'change'], { env: { ...process.env, CRM: './crm', CRM_CODE: String(code) } });
    const called = spawnSync('cat', ['called'], { cwd: folder, encoding: 'utf8' }).stdout;
    return { status, called };
  }

  it('checks a first commit as a whole and later ones against HEAD', () => {
    expect(commit('a b.crm', 0)).toEqual({ status: 0, called: '<configure><lint><--offline><--strict><a b.crm>' });
    expect(commit('c.crm', 0)).toEqual({ status: 0, called: '<configure><lint><--offline><--strict><--diff-base><HEAD><c.crm>' });
  });

  it('refuses the commit when lint does', () => {
    expect(commit('a.crm', 1).status).not.toBe(0);
    expect(spawnSync('git', ['-C', folder, 'rev-parse', '--verify', '-q', 'HEAD']).status).not.toBe(0);
  });

  it('asks nothing about other files', () => {
    expect(commit('notes.md', 1)).toEqual({ status: 0, called: '' });
  });
});
