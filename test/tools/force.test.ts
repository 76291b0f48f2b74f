// SPDX-License-Identifier: GPL-2.0-or-later
import { expect, test } from 'vitest';
import type { ToolContext } from '../../src/tools/index.ts';
import { tools } from '../../src/tools/index.ts';
import { SAMPLE } from './sample.ts';
import { memoryDisk, toolContext, type ToolOutcome } from './world.ts';

const METADATA = '<?xml version="1.0"?>\n<resource-agent name="postfix"><version>1.0</version></resource-agent>\n';

/** A machine with one agent; what it is called with is noted. */
async function call(line: string, code = 0): Promise<ToolOutcome & { readonly calls: readonly (readonly [string, ReadonlyMap<string, string>])[] }> {
  const [name = '', ...argv] = line.split(' ');
  const calls: (readonly [string, ReadonlyMap<string, string>])[] = [];
  const agents = ['/usr/lib/ocf/resource.d/heartbeat/postfix', '/usr/lib/ocf/resource.d/heartbeat/IPaddr2', '/usr/lib/ocf/resource.d/pacemaker/Dummy'];
  const files = new Map([['/cib.xml', SAMPLE], ...agents.map((path) => [path, '#!/bin/sh\n'] as const)]);
  const directories = new Set(['/usr/lib/ocf/resource.d', '/usr/lib/ocf/resource.d/heartbeat', '/usr/lib/ocf/resource.d/pacemaker']);
  const plain = memoryDisk(files, directories);
  const disk: ToolContext['disk'] = {
    ...plain,
    list: (path) => [...new Set([...plain.list(path), ...[...directories].filter((one) => one.startsWith(`${path}/`)).map((one) => one.slice(path.length + 1).split('/')[0]!)])],
    status: (path) => {
      const status = plain.status(path);
      return status === undefined ? undefined : { ...status, isExecutable: true };
    },
  };
  let [stdout, stderr] = ['', ''];
  const context = toolContext({ files, directories, env: new Map([['CIB_file', '/cib.xml']]) }, (text) => (stdout += text), (text) => (stderr += text));
  const run = await tools.get(name)!();
  const result = await run(argv, {
    ...context,
    disk,
    spawn: ({ program, args, env }) => {
      calls.push([`${program} ${args.join(' ')}`, new Map(env)]);
      return Promise.resolve({ code, stdout: '', stderr: code === 0 ? '' : 'ocf-exit-reason:broken\n' });
    },
    spawnSync: () => ({ code: 0, stdout: METADATA, stderr: '' }),
  });
  return { code: result, stdout, stderr, calls };
}

test('an action is forced on this node with the parameters of the configuration', async () => {
  const { code, stdout, calls } = await call('crm_resource -r Email --force-start');
  expect([code, stdout]).toEqual([0, "Operation force-start for Email (ocf:heartbeat:postfix) returned: 'ok' (0)\n"]);
  const [[command, env]] = calls as [readonly [string, ReadonlyMap<string, string>]];
  expect(command).toBe('/usr/lib/ocf/resource.d/heartbeat/postfix start');
  expect(env.get('OCF_RESOURCE_INSTANCE')).toBe('Email');
});

test('what an agent answers is the exit code, with its output shown', async () => {
  const { code, stdout, stderr } = await call('crm_resource -r ClusterIP --force-check', 7);
  expect(code).toBe(7);
  expect(stdout).toBe("Operation force-check for ClusterIP (ocf:heartbeat:IPaddr2) returned: 'not running' (7)\nocf-exit-reason:broken\n");
  expect(stderr).toBe('crm_resource: Error performing operation: Not running\n');
});

test('a resource that is active is not started past the cluster', async () => {
  const { code, stderr, calls } = await call('crm_resource -r ClusterIP --force-start');
  expect([code, calls]).toEqual([107, []]);
  expect(stderr).toContain('It is not safe to start ClusterIP here');
  expect((await call('crm_resource -r ClusterIP --force-start --force')).calls).toHaveLength(1);
});

test('an agent checks parameters that belong to no resource, at the level asked for', async () => {
  const { code, stdout, calls } = await call('crm_resource --validate=10 --class ocf --provider pacemaker --agent Dummy --option op_sleep=3');
  expect([code, stdout]).toEqual([0, "Operation validate (ocf:pacemaker:Dummy) returned: 'ok' (0)\n"]);
  const [[command, env]] = calls as [readonly [string, ReadonlyMap<string, string>]];
  expect([command, env.get('OCF_RESKEY_op_sleep'), env.get('OCF_CHECK_LEVEL')]).toEqual(['/usr/lib/ocf/resource.d/pacemaker/Dummy validate-all', '3', '10']);
  expect((await call('crm_resource --validate --class ocf --agent Dummy')).code).toBe(64);
});

test('the agents of the machine are listed, sorted, those of a provider a part of all', async () => {
  const all = (await call('crm_resource --list-agents ocf')).stdout.trim().split('\n');
  const some = (await call('crm_resource --list-agents ocf:heartbeat')).stdout.trim().split('\n');
  expect(all).toEqual(['Dummy', 'IPaddr2', 'postfix']);
  expect(some).toEqual(['IPaddr2', 'postfix']);
  expect((await call('crm_resource --list-ocf-alternatives Dummy')).stdout).toBe('pacemaker\n');
  expect((await call('crm_resource --list-agents ocf:nosuch')).code).toBe(105);
});

test('meta-data comes as the agent prints it', async () => {
  expect((await call('crm_resource --show-metadata ocf:heartbeat:postfix')).stdout).toBe(METADATA);
  expect((await call('crm_resource --show-metadata ocf:heartbeat:nosuch')).code).toBe(105);
});
