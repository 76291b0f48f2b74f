// SPDX-License-Identifier: GPL-2.0-or-later
import { expect, test } from 'vitest';
import type { AttributeUpdate, Backend, ClusterControl, FencingEvent, OperationSelector } from '../../src/backends/index.ts';
import { applyRequest, readXml, writeXml, type XmlElement } from '../../src/cib/index.ts';
import { tools } from '../../src/tools/index.ts';
import { SAMPLE } from './sample.ts';
import { runTool, type ToolOutcome } from './world.ts';

/** A running cluster as far as tools see it: it remembers what it was asked to do. */
class ClusterDouble implements Backend {
  readonly kind = 'embedded';
  readonly asked: string[] = [];
  readonly attributes = new Map<string, string>();
  readonly history: FencingEvent[] = [];
  cib: XmlElement;
  isIdle = true;
  fencingSucceeds = true;

  constructor() {
    const read = readXml(SAMPLE);
    if (!read.ok) throw new Error(read.problem.message);
    this.cib = read.root;
  }

  query(): Promise<XmlElement> {
    return Promise.resolve(this.cib);
  }

  apply(request: Parameters<Backend['apply']>[0]): ReturnType<Backend['apply']> {
    const reply = applyRequest(this.cib, request);
    if (reply.ok) this.cib = reply.cib;
    return Promise.resolve(reply);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  readonly cluster: ClusterControl = {
    localNode: () => Promise.resolve('node2'),
    status: () =>
      Promise.resolve({
        nodes: [
          { name: 'node1', id: '1', state: 'online', isDc: true },
          { name: 'node2', id: '2', state: 'online', isDc: false },
          { name: 'node3', id: '3', state: 'offline', isDc: false },
        ],
        dc: 'node1',
        hasQuorum: true,
        isIdle: this.isIdle,
      }),
    setAttribute: ({ name, value, node, dampeningMs }: AttributeUpdate) => {
      this.asked.push(`set ${name}=${value ?? '-'} on ${node}${dampeningMs === undefined ? '' : ` after ${dampeningMs}`}`);
      if (value === undefined) this.attributes.delete(`${name} ${node}`);
      else this.attributes.set(`${name} ${node}`, value);
      return Promise.resolve();
    },
    getAttribute: (name, node) => Promise.resolve(this.attributes.get(`${name} ${node}`)),
    forget: ({ resource, node, operation }: OperationSelector, failedOnly) => {
      this.asked.push(`forget ${failedOnly ? 'failures' : 'all'} of ${resource ?? 'everything'} on ${node ?? 'every node'}${operation === undefined ? '' : ` ${operation}`}`);
      return Promise.resolve();
    },
    fail: (resource, node) => {
      this.asked.push(`fail ${resource} on ${node}`);
      return Promise.resolve();
    },
    fence: (target, action) => {
      const event: FencingEvent = { target, action, device: 'st', origin: 'node1', client: 'stonith_admin', state: this.fencingSucceeds ? 'success' : 'failed', epochMs: Date.parse('2024-06-01T11:59:00Z') };
      this.asked.push(`fence ${target} ${action}`);
      this.history.push(event);
      return Promise.resolve(event);
    },
    confirmDown: (node) => {
      this.asked.push(`confirm ${node}`);
      return Promise.resolve();
    },
    fencingHistory: (node) => Promise.resolve(this.history.filter((event) => node === undefined || event.target === node)),
    waitIdle: () => Promise.resolve(this.isIdle),
    kill: () => Promise.resolve(),
    boot: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  };
}

function on(cluster: ClusterDouble, line: string, env: Readonly<Record<string, string>> = {}): Promise<ToolOutcome> {
  const [name = '', ...argv] = line.split(' ');
  return runTool(tools, name, argv, { files: new Map(), cluster: () => Promise.resolve(cluster), env: new Map(Object.entries(env)) });
}

test('transient attributes go through the attribute manager, permanent ones into the configuration', async () => {
  const cluster = new ClusterDouble();
  expect((await on(cluster, 'crm_attribute -N node1 -n load -l reboot -v 5')).code).toBe(0);
  expect((await on(cluster, 'crm_attribute -N node1 -n site -v east')).code).toBe(0);
  expect(cluster.asked).toEqual(['set load=5 on node1']);
  expect(writeXml(cluster.cib)).toContain('name="site" value="east"');
  expect((await on(cluster, 'crm_attribute -N node1 -n load -l reboot -G -q')).stdout).toBe('5\n');
});

test('an agent speaks for the node its action runs on, not for the node that answers', async () => {
  const cluster = new ClusterDouble();
  const env = { OCF_RESOURCE_INSTANCE: 'db', OCF_RESKEY_CRM_meta_on_node: 'node1' };
  await on(cluster, 'crm_master -l reboot -v 100', env);
  await on(cluster, 'crm_attribute --promotion -D', env);
  await on(cluster, 'attrd_updater -n pingd -U 3000 -d 5s', env);
  expect(cluster.asked).toEqual(['set master-db=100 on node1', 'set master-db=- on node1', 'set pingd=3000 on node1 after 5000']);
  expect((await on(cluster, 'crm_node -n', env)).stdout).toBe('node1\n');
  expect((await on(cluster, 'crm_node -n')).stdout).toBe('node2\n');
});

test('attrd_updater counts up from the present value and shows the values of all nodes', async () => {
  const cluster = new ClusterDouble();
  await on(cluster, 'attrd_updater -n c -N node1 -U 4');
  await on(cluster, 'attrd_updater -n c -N node1 -U value++');
  await on(cluster, 'attrd_updater -n c -N node2 -U value+=INFINITY');
  expect((await on(cluster, 'attrd_updater -n c -Q -A')).stdout).toBe('name="c" host="node1" value="5"\nname="c" host="node2" value="INFINITY"\n');
  expect((await on(cluster, 'attrd_updater -n nosuch -Q')).stderr).toBe('attrd_updater: Could not query value of nosuch: attribute does not exist\n');
});

test('crm_resource --fail without a node means the only node where the resource is active', async () => {
  const cluster = new ClusterDouble();
  expect((await on(cluster, 'crm_resource --resource ClusterIP --fail')).code).toBe(0);
  expect((await on(cluster, 'crm_resource --resource WebSite --fail --node node2')).code).toBe(0);
  expect((await on(cluster, 'crm_resource --resource Email --fail')).stderr).toBe('crm_resource: Must supply a node name with -N/--node\n');
  expect(cluster.asked).toEqual(['fail ClusterIP on node1', 'fail WebSite on node2']);
});

test('clean-up and refresh reach the history under the name it has', async () => {
  const cluster = new ClusterDouble();
  await on(cluster, 'crm_resource --cleanup --resource db --node node2');
  await on(cluster, 'crm_resource --cleanup');
  const refresh = await on(cluster, 'crm_resource --refresh -r ClusterIP');
  expect(cluster.asked).toEqual(['forget failures of db on node2', 'forget failures of everything on every node', 'forget all of ClusterIP on every node']);
  expect(refresh.stdout).toBe('Cleaned up ClusterIP on node1\nCleaned up ClusterIP on node2\n');
});

test('crm_resource --wait ends with 124 when the cluster does not settle', async () => {
  const cluster = new ClusterDouble();
  expect((await on(cluster, 'crm_resource --wait')).code).toBe(0);
  cluster.isIdle = false;
  expect(await on(cluster, 'crm_resource --wait --timeout 1s')).toEqual({ code: 124, stdout: '', stderr: 'crm_resource: Error performing operation: Timeout occurred\n' });
});

test('a restart that cannot be finished leaves the resource as it was configured', async () => {
  const cluster = new ClusterDouble();
  const before = writeXml(cluster.cib.first('configuration')!.first('resources')!);
  const { code, stdout } = await on(cluster, 'crm_resource --restart -r ClusterIP -T 0');
  expect(code).toBe(124);
  expect(stdout).toBe('Waiting for 1 resources to stop:\n * ClusterIP\n');
  const after = writeXml(cluster.cib.first('configuration')!.first('resources')!);
  expect(after.replace('<meta_attributes id="ClusterIP-meta_attributes"/>', '')).toBe(before);
  expect((await on(cluster, 'crm_resource --restart -r Email')).code).toBe(105);
});

test('stonith_admin fences, tells history and last time, and skips what was done lately', async () => {
  const cluster = new ClusterDouble();
  expect((await on(cluster, 'stonith_admin --reboot node3')).code).toBe(0);
  expect((await on(cluster, 'stonith_admin --reboot node3 --tolerance 5m')).code).toBe(0);
  expect(cluster.asked).toEqual(['fence node3 reboot']);
  expect((await on(cluster, 'stonith_admin --last node3')).stdout).toBe('Node node3 last fenced at: 2024-06-01 11:59:00Z\n');
  expect((await on(cluster, 'stonith_admin -H *')).stdout).toBe('1 event found\n\nst was able to reboot node node3 on behalf of stonith_admin from node1 at 2024-06-01 11:59:00Z\n');
  cluster.fencingSucceeds = false;
  expect((await on(cluster, 'stonith_admin --fence node1')).code).toBe(1);
  expect((await on(cluster, 'stonith_admin --fence nosuch')).code).toBe(105);
  expect((await on(cluster, 'stonith_admin --confirm node3')).code).toBe(0);
  expect((await on(cluster, 'stonith_admin --register x -a fence_x')).code).toBe(3);
  expect((await on(cluster, 'stonith_admin -L')).stdout).toBe('0 fence devices found\n');
  await on(cluster, 'crm_attribute -n stonith-watchdog-timeout -v 10s');
  expect((await on(cluster, 'stonith_admin -L')).stdout).toBe('1 fence device found\n watchdog\n');
  expect((await on(cluster, 'stonith_admin -l node2')).stdout).toContain(' watchdog\n');
});

test('crm_node refuses to forget an active member', async () => {
  const cluster = new ClusterDouble();
  expect((await on(cluster, 'crm_node -l')).stdout).toBe('1 node1 member\n2 node2 member\n3 node3 lost\n');
  expect((await on(cluster, 'crm_node -R node2 --force')).code).toBe(107);
  expect(writeXml(cluster.cib)).toContain('uname="node2"');
  expect((await on(cluster, 'crm_node -q')).stdout).toBe('1\n');
});

test('crmadmin tells the coordinator and the state of each controller', async () => {
  const cluster = new ClusterDouble();
  expect((await on(cluster, 'crmadmin -D')).stdout).toBe('Designated Controller is: node1\n');
  expect((await on(cluster, 'crmadmin -S node1')).stdout).toBe('Controller on node1 in state S_IDLE: ok\n');
  expect((await on(cluster, 'crmadmin -S node2')).stdout).toBe('Controller on node2 in state S_NOT_DC: ok\n');
  expect((await on(cluster, 'crmadmin -S nosuch')).code).toBe(105);
});
