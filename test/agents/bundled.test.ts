// SPDX-License-Identifier: GPL-2.0-or-later
/** The bundled agents, run for real in a state directory of their own. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hasAction, isPromotable, parseMetadata } from '../../src/agents/index.ts';

const AGENTS = resolve('agents');
const OCF = readdirSync(join(AGENTS, 'ocf/quorate'));
/** Addresses below 127 other than the first answer on Linux only. */
const ADDRESS = process.platform === 'linux' ? '127.0.0.77' : '127.0.0.1';

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'agents of a node '))));
afterEach(() => {
  for (const [type, instance] of started.splice(0)) run(type, 'stop', {}, instance);
  rmSync(directory, { recursive: true, force: true });
});

const started: [string, string][] = [];

function run(type: string, action: string, parameters: Record<string, string> = {}, instance = 'r'): { code: number; reason: string } {
  const env: NodeJS.ProcessEnv = { PATH: process.env['PATH'], HA_RSCTMP: directory, HA_SBIN_DIR: directory, OCF_RESOURCE_INSTANCE: instance, OCF_RESKEY_CRM_meta_on_node: 'node7' };
  for (const [name, value] of Object.entries(parameters)) env[name === 'OCF_CHECK_LEVEL' ? name : `OCF_RESKEY_${name}`] = value;
  const done = spawnSync(join(AGENTS, 'ocf/quorate', type), [action], { env, encoding: 'utf8' });
  if (action === 'start') started.push([type, instance]);
  return { code: done.status ?? -1, reason: /ocf-exit-reason:(.*)/.exec(done.stderr)?.[1] ?? '' };
}

/** A tool that notes what it is called with before it does what the script says. */
function noteCallsOf(tool: string, script: string): () => string[] {
  writeFileSync(join(directory, tool), `#!/bin/sh\necho "$OCF_RESOURCE_INSTANCE $*" >>"${directory}/calls"\n${script}\n`);
  chmodSync(join(directory, tool), 0o755);
  return () => readFileSync(join(directory, 'calls'), 'utf8').trim().split('\n');
}

async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, ADDRESS, ready));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return String(port);
}

function fetch(port: string): Promise<string> {
  return new Promise((found, failed) => {
    get({ host: ADDRESS, port, agent: false }, (response) => {
      let text = '';
      response.on('data', (part) => (text += String(part)));
      response.on('end', () => found(text));
    }).on('error', failed);
  });
}

describe('bundled agents', () => {
  it.each(OCF)('%s answers meta-data, validates, and has the actions every agent needs', (type) => {
    const { stdout } = spawnSync(join(AGENTS, 'ocf/quorate', type), ['meta-data'], { encoding: 'utf8' });
    const metadata = parseMetadata(stdout)!;
    expect(metadata.name).toBe(type);
    for (const action of ['start', 'stop', 'monitor', 'meta-data', 'validate-all']) expect(hasAction(metadata, action), action).toBe(true);
    expect(isPromotable(metadata)).toBe(type === 'Stateful');
    expect(run(type, 'validate-all').code).toBe(0);
    expect(run(type, 'nosuch').code).toBe(3);
    expect(run(type, 'monitor').code).toBe(7);
    expect(run(type, 'stop').code).toBe(0);
  });

  it('Dummy is active between start and stop, and fails where it is told to', () => {
    expect(run('Dummy', 'start').code).toBe(0);
    expect(run('Dummy', 'monitor').code).toBe(0);
    expect(run('Dummy', 'monitor', {}, 'other').code).toBe(7);
    expect(run('Dummy', 'stop').code).toBe(0);
    expect(run('Dummy', 'monitor').code).toBe(7);
    expect(run('Dummy', 'start', { fail_start_on: 'node7' })).toEqual({ code: 1, reason: 'fail_start_on names this node' });
    expect(run('Dummy', 'validate-all', { op_sleep: 'x' }).code).toBe(6);
  });

  it('Stateful changes roles and asks for its promotion score with crm_master', () => {
    const calls = noteCallsOf('crm_master', '');
    const codes = ['start', 'monitor', 'promote', 'monitor', 'demote', 'monitor', 'stop', 'monitor'].map((action) => run('Stateful', action).code);
    expect(codes).toEqual([0, 0, 0, 8, 0, 0, 0, 7]);
    expect(calls().filter((call) => !call.includes('-G'))).toEqual(['r -l reboot -v 5', 'r -l reboot -v 10', 'r -l reboot -v 5', 'r -l reboot -D']);
  });

  it('Stateful asks for its promotion score again when a monitor finds that the cluster knows none', () => {
    const calls = noteCallsOf('crm_master', 'for word; do [ "$word" = -G ] && exit 6; done');
    for (const action of ['start', 'monitor', 'promote', 'monitor', 'stop', 'monitor']) run('Stateful', action);
    expect(calls().filter((call) => !call.includes('-G'))).toEqual([5, 5, 10, 10].map((score) => `r -l reboot -v ${score}`).concat('r -l reboot -D'));
  });

  it('web serves a page that names its node, at its port and through a vip', async () => {
    const [own, shared] = [await freePort(), await freePort()];
    expect(run('web', 'start', { port: own, address: ADDRESS }, 'w')).toEqual({ code: 0, reason: '' });
    expect(await fetch(own)).toContain('My Test Site - node7');
    expect(run('vip', 'start', { ip: ADDRESS, port: shared }, 'v')).toEqual({ code: 0, reason: '' });
    expect(await fetch(shared)).toContain('My Test Site - node7');
    expect(run('web', 'monitor', { OCF_CHECK_LEVEL: '10' }, 'w').code).toBe(0);
    expect(run('vip', 'start', { ip: ADDRESS, port: shared }, 'v2')).toEqual({ code: 1, reason: `cannot listen on ${ADDRESS}:${shared}: EADDRINUSE` });
    expect(run('web', 'stop', {}, 'w').code).toBe(0);
    expect(run('web', 'monitor', {}, 'w').code).toBe(7);
    await expect(fetch(shared)).rejects.toThrow();
    expect(run('vip', 'stop', {}, 'v').code).toBe(0);
    await expect(fetch(shared)).rejects.toThrow();
  });

  it('a server that was killed is not running, and can be started again', () => {
    expect(run('web', 'start', {}, 'w').code).toBe(0);
    process.kill(Number(readFileSync(join(directory, 'web-w.pid'), 'utf8')), 'SIGKILL');
    for (let tries = 0; tries < 100 && run('web', 'monitor', {}, 'w').code === 0; tries++);
    expect(run('web', 'monitor', {}, 'w').code).toBe(7);
    expect(run('web', 'start', {}, 'w').code).toBe(0);
  });

  it('the fence device tells its meta-data and asks the supervisor for the power of a node', () => {
    const device = join(AGENTS, 'stonith/fence_quorate');
    writeFileSync(join(directory, 'crm'), `#!/bin/sh\necho "$*" >>"${directory}/calls"\n`);
    chmodSync(join(directory, 'crm'), 0o755);
    const ask = (input: string): number => spawnSync(device, [], { input, encoding: 'utf8', env: { PATH: process.env['PATH'], HA_SBIN_DIR: directory } }).status ?? -1;
    const { stdout } = spawnSync(device, ['-o', 'metadata'], { encoding: 'utf8' });
    expect(parseMetadata(stdout)?.name).toBe('fence_quorate');
    expect(ask('action=monitor\n')).toBe(0);
    expect(ask('action=off\nport=node2\n')).toBe(0);
    expect(ask('action=reboot\nnodename=node3\n')).toBe(0);
    expect(ask('action=off\n')).toBe(1);
    expect(ask('fail_on=off\naction=off\nport=node2\n')).toBe(1);
    expect(readFileSync(join(directory, 'calls'), 'utf8').trim().split('\n')).toEqual(['cluster kill node2', 'cluster kill node3', 'cluster boot node3']);
  });
});
