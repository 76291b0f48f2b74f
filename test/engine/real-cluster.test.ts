// SPDX-License-Identifier: GPL-2.0-or-later
/** Three nodes with real agent processes: the whole life of a resource, and of a node. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { element } from '../../src/cib/index.ts';
import { eventually, isRunning, RealCluster, xml } from './cluster-for-real.ts';

let cluster: RealCluster;

function primitive(id: string, extra = ''): string {
  return `<primitive id="${id}" class="ocf" provider="test" type="served">${extra}<operations><op id="${id}-monitor" name="monitor" interval="1s" timeout="30s"/><op id="${id}-start" name="start" interval="0" timeout="20s"/><op id="${id}-stop" name="stop" interval="0" timeout="30s"/></operations></primitive>`;
}

async function failCount(resource: string, node: string): Promise<string | undefined> {
  const status = (await cluster.backend.query()).first('status');
  const state = status?.elements('node_state').find((one) => one.get('uname') === node);
  for (const set of state?.first('transient_attributes')?.elements('instance_attributes') ?? []) {
    for (const pair of set.elements('nvpair')) if (pair.get('name')?.startsWith(`fail-count-${resource}#`) === true) return pair.get('value');
  }
  return undefined;
}

beforeAll(async () => {
  cluster = await RealCluster.start();
});

afterAll(async () => {
  await cluster.stop();
});

describe('an embedded cluster with real agents', () => {
  it('probes a new resource everywhere, then starts and monitors it on one node', async () => {
    await cluster.add(primitive('web', '<instance_attributes id="web-p"><nvpair id="web-p-x" name="x" value="a  b $5"/></instance_attributes>'));
    await cluster.settle();
    const calls = cluster.calls().filter((line) => line.includes(' web '));
    expect(calls.filter((line) => line.endsWith('monitor')).map((line) => line.split(' ')[0]).slice(0, 3).sort()).toEqual(['node1', 'node2', 'node3']);
    expect(calls.filter((line) => line.endsWith('start'))).toHaveLength(1);
    expect(cluster.placeOf('web')).toHaveLength(1);
  });

  it('gives agents the environment that Pacemaker gives them', () => {
    const [node] = cluster.placeOf('web');
    const env = cluster.environmentOf('web', 'start');
    const expected = {
      OCF_RA_VERSION_MAJOR: '1',
      OCF_RA_VERSION_MINOR: '1',
      OCF_RESOURCE_INSTANCE: 'web',
      OCF_RESOURCE_TYPE: 'served',
      OCF_RESOURCE_PROVIDER: 'test',
      OCF_EXIT_REASON_PREFIX: 'ocf-exit-reason:',
      OCF_OUTPUT_FORMAT: 'text',
      OCF_RESKEY_x: 'a  b $5',
      OCF_RESKEY_CRM_meta_timeout: '20000',
      OCF_RESKEY_CRM_meta_name: 'start',
      OCF_RESKEY_CRM_meta_on_node: node,
      OCF_RESKEY_CRM_meta_on_node_uuid: node?.slice(-1),
      LC_ALL: 'C',
      PCMK_service: 'pacemaker-execd',
      PCMK_cluster_type: 'corosync',
      HA_cluster_type: 'corosync',
    };
    expect(Object.fromEntries(Object.keys(expected).map((name) => [name, env.get(name)]))).toEqual(expected);
    expect(env.has('OCF_RESKEY_CRM_meta_interval')).toBe(false);
    expect(cluster.environmentOf('web', 'monitor').get('OCF_RESKEY_CRM_meta_interval')).toBe('1000');
  });

  it('recovers a resource whose process dies, and counts the failure', async () => {
    const [node] = cluster.placeOf('web');
    const pid = cluster.pidOf(node!, 'web')!;
    process.kill(pid, 'SIGKILL');
    await eventually('another process runs', () => {
      const [place, ...others] = cluster.placeOf('web');
      return place !== undefined && others.length === 0 && cluster.pidOf(place, 'web') !== pid;
    });
    await cluster.settle();
    expect(await failCount('web', node!)).toBe('1');
  });

  it('kills the whole process group of an action that takes too long', async () => {
    cluster.order('late', 'start', 'hang');
    await cluster.add(primitive('late').replace('timeout="20s"', 'timeout="1s"'));
    await cluster.settle();
    expect(cluster.placeOf('late')).toEqual([]);
    const entries = [...(await cluster.backend.query()).descendants()].filter((one) => one.name === 'lrm_rsc_op' && one.get('operation_key') === 'late_start_0' && one.get('op-status') === '2');
    expect(entries.length).toBeGreaterThan(0);
    cluster.order('late', 'start', undefined);
    await cluster.change({ op: 'modify', section: 'resources', data: xml('<primitive id="late"><operations><op id="late-start" timeout="20s"/></operations></primitive>') });
    await cluster.control.forget({ resource: 'late' }, false);
    expect(cluster.placeOf('late')).toHaveLength(1);
    await cluster.change({ op: 'delete', section: 'resources', data: element('primitive', { id: 'late' }) });
    await cluster.settle();
    expect(cluster.placeOf('late')).toEqual([]);
  });

  it('moves a resource away when its failures reach migration-threshold', async () => {
    await cluster.add(primitive('mover', '<meta_attributes id="mover-m"><nvpair id="mover-m-t" name="migration-threshold" value="1"/></meta_attributes>'));
    await cluster.settle();
    const [node] = cluster.placeOf('mover');
    process.kill(cluster.pidOf(node!, 'mover')!, 'SIGKILL');
    await eventually('it runs elsewhere', () => {
      // Asked once: the killed process may be gone before a second question.
      const [place, ...others] = cluster.placeOf('mover');
      return place !== undefined && others.length === 0 && place !== node;
    });
    await cluster.settle();
    expect(await failCount('mover', node!)).toBe('1');
  });

  it('empties a node in standby', async () => {
    const [node] = cluster.placeOf('web');
    const id = node!.slice(-1);
    const standby = (value: string) => element('node', { id }, [element('instance_attributes', { id: `nodes-${id}` }, [element('nvpair', { id: `nodes-${id}-standby`, name: 'standby', value })])]);
    await cluster.change({ op: 'modify', section: 'nodes', data: standby('on'), allowCreate: true });
    await cluster.settle();
    expect(cluster.placeOf('web')).not.toContain(node);
    expect(cluster.placeOf('web')).toHaveLength(1);
    await cluster.change({ op: 'modify', section: 'nodes', data: standby('off') });
    await cluster.settle();
  });

  it('keeps transient attributes and answers for them', async () => {
    await cluster.control.setAttribute({ name: 'colour', value: 'blue', node: 'node2' });
    expect(await cluster.control.getAttribute('colour', 'node2')).toBe('blue');
    await cluster.settle();
    const pairs = [...(await cluster.backend.query()).descendants()].filter((one) => one.name === 'nvpair' && one.get('name') === 'colour');
    expect(pairs.map((pair) => pair.get('value'))).toEqual(['blue']);
  });

  it('ends all processes of a killed node before its resources start elsewhere', async () => {
    const [node] = cluster.placeOf('web');
    const pid = cluster.pidOf(node!, 'web')!;
    await cluster.control.kill(node!);
    expect(isRunning(pid)).toBe(false);
    await eventually('it runs elsewhere', () => cluster.placeOf('web').some((one) => one !== node));
    await cluster.settle();
    const history = await cluster.control.fencingHistory(node);
    expect(history.map(({ target, state, device }) => ({ target, state, device }))).toEqual([{ target: node, state: 'success', device: 'watchdog' }]);
    expect((await cluster.control.status()).nodes.find(({ name }) => name === node)?.state).toBe('offline');
    await cluster.control.boot(node!);
    await cluster.settle();
    expect((await cluster.control.status()).nodes.every(({ state }) => state === 'online')).toBe(true);
  });

  it('fences a node on which a resource cannot be stopped, and boots it again', async () => {
    const [node] = cluster.placeOf('web');
    cluster.order('web', 'stop', '1');
    await cluster.set('stop-all-resources', 'true');
    await eventually('the node has been fenced', async () => (await cluster.control.fencingHistory(node)).length > 0);
    cluster.order('web', 'stop', undefined);
    await eventually('all nodes are back', async () => (await cluster.control.status()).nodes.every(({ state }) => state === 'online'));
    await cluster.settle();
    expect(cluster.placeOf('web')).toEqual([]);
    await cluster.set('stop-all-resources', 'false');
    await cluster.settle();
    expect(cluster.placeOf('web')).toHaveLength(1);
  });

  it('lets promotable agents set their scores, and promotes the best', async () => {
    await cluster.add('<clone id="ms"><meta_attributes id="ms-meta"><nvpair id="ms-p" name="promotable" value="true"/></meta_attributes><primitive id="state" class="ocf" provider="quorate" type="Stateful"/></clone>');
    await cluster.settle();
    const pairs = [...(await cluster.backend.query()).descendants()].filter((one) => one.name === 'nvpair' && one.get('name') === 'master-state');
    expect(pairs.map((pair) => pair.get('value')).sort()).toEqual(['10', '5', '5']);
    const promotions = [...(await cluster.backend.query()).descendants()].filter((one) => one.get('operation_key') === 'state_promote_0' && one.get('rc-code') === '0');
    expect(promotions).toHaveLength(1);
    await cluster.change({ op: 'delete', section: 'resources', data: element('clone', { id: 'ms' }) });
    await cluster.settle();
  });

  it('runs alert agents for what happened to a resource', async () => {
    const notes = join(cluster.directory, 'alerts');
    const agent = join(cluster.directory, 'alert.sh');
    writeFileSync(agent, `#!/bin/sh\necho "$CRM_alert_kind $CRM_alert_rsc $CRM_alert_task $CRM_alert_rc $CRM_alert_recipient $CRM_notify_kind" >>${notes}\n`, { mode: 0o755 });
    await cluster.change({ op: 'create', section: 'configuration', data: xml(`<alerts><alert id="al" path="${agent}"><recipient id="al-r" value="me"/></alert></alerts>`) });
    await cluster.add(primitive('told'));
    await cluster.settle();
    const lines = (): string[] => (existsSync(notes) ? readFileSync(notes, 'utf8').trim().split('\n') : []);
    await eventually('the start is told', () => lines().includes('resource told start 0 me resource'));
    expect(lines().filter((line) => line.includes('monitor 7'))).toEqual([]);
    await cluster.change({ op: 'delete', section: 'resources', data: element('primitive', { id: 'told' }) });
    await cluster.change({ op: 'delete', xpath: '/cib/configuration/alerts' });
    await cluster.settle();
  });

  it('lets a node leave in order, without fencing it', async () => {
    const [node] = cluster.placeOf('web');
    const before = (await cluster.control.fencingHistory()).length;
    await cluster.control.shutdown(node!);
    await cluster.settle();
    expect(cluster.placeOf('web').filter((one) => one !== node)).toHaveLength(1);
    expect((await cluster.control.fencingHistory()).length).toBe(before);
    await cluster.control.boot(node!);
    await cluster.settle();
  });
});
