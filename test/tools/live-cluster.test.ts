// SPDX-License-Identifier: GPL-2.0-or-later
/** What of the tools needs a running cluster, on three embedded nodes with real agent processes. */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { operationDigest } from '../../src/cib/index.ts';
import { eventually, RealCluster } from '../engine/cluster-for-real.ts';
import { onCluster } from './on-cluster.ts';

let cluster: RealCluster;
const call = (line: string, env?: Readonly<Record<string, string>>) => onCluster(cluster, line, env);

async function placeOf(resource: string): Promise<string | undefined> {
  return /is running on: (\S+)/.exec((await call(`crm_resource --resource ${resource} --locate`)).stdout)?.[1];
}

beforeAll(async () => {
  cluster = await RealCluster.start();
  await cluster.add('<primitive id="web" class="ocf" provider="test" type="served"><instance_attributes id="web-p"><nvpair id="web-p-port" name="port" value="80"/></instance_attributes><operations><op id="web-monitor" name="monitor" interval="1s" timeout="30s"/></operations></primitive>');
  await cluster.settle();
});

afterAll(async () => {
  await cluster.stop();
});

test('what a new cluster writes into its configuration is above reproach', async () => {
  expect(await call('crm_verify -L -V')).toEqual({ code: 0, stdout: '', stderr: '' });
});

test('move, ban with a lifetime and clear put the resource where they say', async () => {
  expect((await call('crm_resource -r web --move --node node3')).code).toBe(0);
  expect((await call('crm_resource --wait -T 120')).code).toBe(0);
  expect(await placeOf('web')).toBe('node3');
  expect((await call('crm_resource -r web --move --node node3')).code).toBe(108);
  expect((await call('crm_resource -r web --clear')).stdout).toBe('Removing constraint: cli-prefer-web\n');
  const place = await placeOf('web');
  expect((await call('crm_resource -r web --ban --lifetime PT5M')).stdout).toContain('Migration will take effect until: ');
  expect((await call('crm_resource --wait -T 120')).code).toBe(0);
  expect(await placeOf('web')).not.toBe(place);
  expect((await call('crm_resource --clear --expired')).stdout).toBe('');
  expect((await call(`crm_resource -r web --ban --node ${place} --lifetime PT1S`)).code).toBe(0);
  await eventually('the ban has expired', async () => (await call('crm_resource --clear --expired')).stdout === `Removing constraint: cli-ban-web-on-${place}\n`);
});

test('a failure is counted, recovered from and cleaned up with a fresh probe', async () => {
  await call('crm_resource --wait -T 120');
  const place = await placeOf('web');
  expect((await call('crm_resource -r web --fail')).code).toBe(0);
  expect((await call('crm_resource --wait -T 120')).code).toBe(0);
  expect((await call(`crm_failcount -G -r web -N ${place} -q`)).stdout).toBe('1\n');
  const probes = () => cluster.calls().filter((line) => line === `${place} web monitor`).length;
  const before = probes();
  expect((await call('crm_resource -r web --cleanup')).stdout).toBe(`Cleaned up web on ${place}\n`);
  expect((await call(`crm_failcount -G -r web -N ${place} -q`)).stdout).toBe('0\n');
  expect(probes()).toBeGreaterThan(before);
});

test('a refresh forgets the whole history and probes every node again', async () => {
  await call('crm_resource --wait -T 20');
  const place = await placeOf('web');
  const before = cluster.calls().length;
  expect((await call('crm_resource -r web --refresh')).stdout).toContain(`Cleaned up web on ${place}\n`);
  const probed = new Set(cluster.calls().slice(before).filter((line) => line.endsWith(' web monitor')).map((line) => line.split(' ')[0]));
  expect([...probed].sort()).toEqual(['node1', 'node2', 'node3']);
  expect(await placeOf('web')).toBe(place);
}, 60_000);

test('every instance of a clone is located and told what it is', async () => {
  await cluster.add('<clone id="all"><primitive id="each" class="ocf" provider="test" type="served"/></clone>');
  expect((await call('crm_resource --wait -T 20')).code).toBe(0);
  expect((await call('crm_resource -r all --locate')).stdout.trim().split('\n').sort()).toEqual(['node1', 'node2', 'node3'].map((node) => `resource all is running on: ${node}`));
  expect((await call('crm_resource -r each --why -N node2')).stdout).toContain('is running on host node2');
}, 60_000);

test('a resource is checked, stopped and started by hand on its node, past the cluster', async () => {
  const place = (await placeOf('web'))!;
  // Where the agent keeps its state on that node is known to the cluster.
  const env = { OCF_ROOT: join(cluster.directory, 'ocf'), PATH: process.env['PATH'] ?? '' };
  expect((await call('crm_resource -r web -m -p is-managed -v false')).code).toBe(0);
  expect(await call('crm_resource -r web --force-check', env)).toMatchObject({ code: 0, stdout: "Operation force-check for web (ocf:test:served) returned: 'ok' (0)\n" });
  expect((await call('crm_resource -r web --force-stop', env)).code).toBe(0);
  expect(cluster.pidOf(place, 'web')).toBeUndefined();
  expect((await call('crm_resource -r web --force-check', env)).code).toBe(7);
  expect((await call('crm_resource -r web --force-check --node nowhere', env)).stderr).toContain('Node nowhere is not running');
  await call('crm_resource --wait -T 20');
  expect((await call('crm_resource -r web --force-start --force', env)).code).toBe(0);
  const started = cluster.pidOf(place, 'web');
  expect(started).toBeGreaterThan(0);
  // While the cluster must not touch it, it is told to look again.
  await call('crm_resource -r web --refresh');
  await call('crm_resource -r web -m -d is-managed');
  expect((await call('crm_resource --wait -T 20')).code).toBe(0);
  expect(await placeOf('web')).toBe(place);
  expect(cluster.pidOf(place, 'web')).toBe(started);
}, 60_000);

test('a restart stops and starts the process and leaves no trace in the configuration', async () => {
  const place = (await placeOf('web'))!;
  const before = cluster.pidOf(place, 'web');
  expect((await call('crm_resource -r web --restart -T 120')).code).toBe(0);
  const after = (await placeOf('web'))!;
  expect(cluster.pidOf(after, 'web')).not.toBe(before);
  expect((await call('cibadmin -Q -A //nvpair[@name="target-role"]')).code).toBe(105);
});

test('what is not managed is watched but neither stopped nor started, until it is managed again', async () => {
  const place = (await placeOf('web'))!;
  expect((await call('crm_resource --resource web --set-parameter is-managed --meta --parameter-value false')).code).toBe(0);
  expect((await call('crm_resource --wait -T 120')).code).toBe(0);
  process.kill(cluster.pidOf(place, 'web')!, 'SIGKILL');
  await eventually('the monitor has found it', async () => (await call(`crm_failcount -G -r web -N ${place} -q`)).stdout !== '0\n');
  expect((await call('crm_resource --wait -T 120')).code).toBe(0);
  expect(cluster.placeOf('web')).toEqual([]);
  expect((await call('crm_mon -1 -r')).stdout).toMatch(/\* web\s+\(ocf:test:served\):\s+(?:FAILED|Stopped).*\(unmanaged\)/);
  expect((await call('crm_resource --resource web --set-parameter is-managed --meta --parameter-value true')).code).toBe(0);
  await eventually('it is recovered', () => cluster.placeOf('web').length === 1);
  expect((await call('crm_resource --wait -T 120')).code).toBe(0);
  await call('crm_resource -r web --cleanup');
  await call('crm_resource -r web -m -d is-managed');
  expect((await call('crm_resource --wait -T 120')).code).toBe(0);
}, 60_000);

test('the digest that --digests tells is the one in the history', async () => {
  const place = await placeOf('web');
  const { stdout } = await call(`crm_resource --digests -r web -N ${place}`);
  const told = stdout.split(' ')[0];
  expect(told).toBe(operationDigest([['port', '80']], { isRecurring: false }));
  const history = (await call(`cibadmin -Q -A //node_state[@uname="${place}"]//lrm_rsc_op[@operation="start"]`)).stdout;
  expect(history).toContain(`op-digest="${told}"`);
});

test('standby empties a node until it is taken back', async () => {
  const place = await placeOf('web');
  expect((await call(`crm_standby -N ${place} -v on`)).code).toBe(0);
  expect((await call('crm_resource --wait -T 120')).code).toBe(0);
  expect(await placeOf('web')).not.toBe(place);
  expect((await call(`crm_standby -N ${place} -D`)).stdout).toContain('Deleted nodes attribute');
});

test('a dampened value is known at once and written when it has been still', async () => {
  expect((await call('attrd_updater -n load -N node2 -U 7 -d 1s')).code).toBe(0);
  expect((await call('attrd_updater -n load -Q -A')).stdout).toBe('name="load" host="node2" value="7"\n');
  await eventually('the value is in the CIB', async () => (await call('cibadmin -Q -A //transient_attributes//nvpair[@name="load"]')).stdout.includes('value="7"'));
  expect((await call('attrd_updater -n load -N node2 -D')).code).toBe(0);
  expect((await call('attrd_updater -n load -N node2 -Q')).code).toBe(105);
});

test('a ticket is granted and put on standby', async () => {
  expect((await call('crm_ticket -t T -g --force')).code).toBe(0);
  expect((await call('crm_ticket -t T -s')).code).toBe(0);
  expect((await call('crm_ticket -l')).stdout).toMatch(/^T\tgranted \[standby\] last-granted="/);
});

test('fencing by hand is in the history of every node when the command returns', async () => {
  expect((await call('stonith_admin --fence nosuch')).code).toBe(105);
  expect((await call('stonith_admin --reboot node3')).code).toBe(0);
  expect((await call('stonith_admin --history node3')).stdout).toContain('was able to reboot node node3');
  expect((await call('crm_mon -1 --include=none,fencing --fence-history=2')).stdout).toContain('reboot of node3 successful');
  expect((await call('stonith_admin --last node3')).stdout).toMatch(/^Node node3 last fenced at: 20/);
});
