// SPDX-License-Identifier: GPL-2.0-or-later
/** Tools as agents of a node call them: small programs in front of the PATH that ask the supervisor, which runs the tool itself. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ToolCall } from '../../src/engine/index.ts';
import { tools } from '../../src/tools/index.ts';
import { RealCluster } from '../engine/cluster-for-real.ts';
import { clusterContext, onCluster } from './on-cluster.ts';
import type { ToolOutcome } from './world.ts';

let cluster: RealCluster;
const ranInside: string[] = [];

beforeAll(async () => {
  cluster = await RealCluster.start(['node1', 'node2'], (one) => (call, done) => void runInside(one, call).then(done, () => done(undefined)));
  await cluster.add('<primitive id="db" class="ocf" provider="test" type="served"/>');
  await cluster.settle();
  await onCluster(cluster, 'crm_resource -r db -z -p cpu -v 1');
});

afterAll(async () => {
  await cluster.stop();
});

async function runInside(one: RealCluster, { tool, args, environment }: ToolCall): Promise<ToolOutcome> {
  ranInside.push([tool, ...args].join(' '));
  let [stdout, stderr] = ['', ''];
  const context = clusterContext(one, Object.fromEntries(environment), (text) => (stdout += text), (text) => (stderr += text));
  const code = await (await tools.get(tool)!())(args, context);
  return { code, stdout, stderr };
}

/** As an agent of node2 would call it. */
function onNode(line: string, more: NodeJS.ProcessEnv = {}): Promise<ToolOutcome> {
  const directory = join(cluster.stateDirectory, 'nodes', 'node2');
  const env = {
    PATH: `${directory}/sbin:${process.env['PATH']}`,
    QUORATE_DIR: cluster.stateDirectory,
    QUORATE_RUN: `${directory}/run`,
    QUORATE_NODE_NAME: 'node2',
    QUORATE_NODE_ID: '2',
    QUORATE_SUPERVISOR: String(process.pid),
    OCF_RESOURCE_INSTANCE: 'db',
    ...more,
  };
  return new Promise((resolve) => execFile('sh', ['-c', line], { env }, (problem, stdout, stderr) => resolve({ code: problem === null ? 0 : Number(problem.code), stdout, stderr })));
}

const SURROUNDINGS = { QUORATE_NODE_NAME: 'node2', OCF_RESOURCE_INSTANCE: 'db' };

test.each([
  'crm_attribute -N node2 -n unset -l reboot -G',
  'crm_attribute -t crm_config -n no-such-option -G -q -d fine',
  'crm_attribute -n site -N node1 -l forever -v north',
  'crm_attribute -n site -N node1 -l forever -G',
  'crm_attribute --nosuch',
  'attrd_updater -n load -U 5 -N node1',
  'attrd_updater -n load -Q -A',
  'attrd_updater -n never -Q',
  'crm_node -l',
  'crm_node -p',
  'crm_resource -r db -z -p cpu -v 2',
  'crm_resource -r db -z -g cpu',
  'crm_resource -r db -W',
  'crm_failcount -G -r db -N node1',
  'crm_standby -G -N node1',
  'cibadmin -Q --xpath //nodes',
])('%s runs inside and answers as its program does', async (line) => {
  ranInside.length = 0;
  const answer = await onNode(line);
  expect(ranInside).toEqual([line]);
  expect(answer).toEqual(await onCluster(cluster, line, SURROUNDINGS));
});

test('an answer of many lines comes whole', async () => {
  const { stdout } = await onNode('cibadmin -Q');
  expect(stdout.length).toBeGreaterThan(2000);
  expect(stdout).toMatch(/^<cib [^]*<\/cib>\n$/);
  expect((await onNode(`ls ${cluster.stateDirectory}/nodes/node2/run`)).stdout).not.toContain('answer');
});

test('a transient attribute that is not there, or of no such node, is told without the program', async () => {
  ranInside.length = 0;
  expect(await onNode('crm_attribute -N node2 -n unset -l reboot -G -q')).toEqual({ code: 105, stdout: '', stderr: 'crm_attribute: Error performing operation: No such device or address\n' });
  expect(await onNode('crm_attribute -N node2 -n unset -l reboot -G -q -d 7')).toMatchObject({ code: 0, stdout: '7\n' });
  expect(ranInside).toEqual([]);
  expect(await onNode('crm_attribute -N nowhere -n x -l reboot -v 1')).toMatchObject({ code: 105, stderr: 'crm_attribute: Could not map name=nowhere to a UUID\n' });
  expect(ranInside).toHaveLength(1);
});

test('crm_master without a lifetime sets the score for good, inside as outside', async () => {
  expect((await onNode('crm_master -v 7')).code).toBe(0);
  expect((await onNode('cibadmin -Q --xpath "//nodes//nvpair"')).stdout).toContain('name="master-db" value="7"');
});

test('what waits or looks at other surroundings starts the real program', async () => {
  ranInside.length = 0;
  expect((await onNode('crm_attribute -n x -G -q', { CIB_file: '/nonexistent/cib.xml' })).code).not.toBe(0);
  expect((await onNode('crm_resource -r db --wait')).code).toBe(0);
  expect(ranInside).toEqual([]);
});
