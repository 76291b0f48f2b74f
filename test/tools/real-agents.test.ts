// SPDX-License-Identifier: GPL-2.0-or-later
/** Agents of the distribution, unmodified, on an embedded cluster: they call the tools and find their node. */
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually, isRunning, RealCluster } from '../engine/cluster-for-real.ts';
import { onCluster } from './on-cluster.ts';

const INSTALLED = '/usr/lib/ocf';
const NEEDED = ['resource.d/heartbeat/Dummy', 'resource.d/heartbeat/Delay', 'resource.d/heartbeat/anything', 'resource.d/heartbeat/ClusterMon', 'resource.d/pacemaker/ClusterMon', 'resource.d/pacemaker/Dummy', 'resource.d/pacemaker/Stateful', 'resource.d/pacemaker/ping', 'resource.d/pacemaker/SysInfo', 'lib/heartbeat/ocf-shellfuncs'];
const missing = NEEDED.filter((path) => !existsSync(join(INSTALLED, path)));

describe.skipIf(missing.length > 0)(`agents of resource-agents${missing.length > 0 ? ` (skipped: not installed: ${missing.join(', ')})` : ''}`, () => {
  let cluster: RealCluster;

  beforeAll(async () => {
    cluster = await RealCluster.start();
    const root = join(cluster.directory, 'ocf');
    mkdirSync(join(root, 'resource.d'), { recursive: true });
    for (const path of ['resource.d/heartbeat', 'resource.d/pacemaker', 'lib']) symlinkSync(join(INSTALLED, path), join(root, path));
  });

  afterAll(async () => {
    await cluster.stop();
  });

  const call = (line: string) => onCluster(cluster, line);

  function primitive(id: string, provider: string, type: string, parameters: Readonly<Record<string, string>>, monitor = 'interval="2s" timeout="40s"'): string {
    const pairs = Object.entries(parameters).map(([name, value]) => `<nvpair id="${id}-p-${name}" name="${name}" value="${value}"/>`).join('');
    return `<primitive id="${id}" class="ocf" provider="${provider}" type="${type}"><instance_attributes id="${id}-p">${pairs}</instance_attributes><operations><op id="${id}-m" name="monitor" ${monitor}/></operations></primitive>`;
  }

  async function settled(): Promise<void> {
    expect((await call('crm_resource --wait -T 120')).code).toBe(0);
  }

  test.each([
    ['heartbeat', 'Dummy', { state: 'FOLDER/hb-dummy' }],
    ['pacemaker', 'Dummy', { state: 'FOLDER/pcmk-dummy' }],
    ['heartbeat', 'Delay', { startdelay: '1', stopdelay: '1', mondelay: '0' }],
    ['heartbeat', 'anything', { binfile: '/bin/sleep', cmdline_options: '1000', pidfile: 'FOLDER/anything.pid', user: 'root' }],
  ])('ocf:%s:%s starts in one place, moves and stops', async (provider, type, parameters) => {
    const id = `r-${provider}-${type}`;
    const real = Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, value.replace('FOLDER', cluster.directory)]));
    await cluster.add(primitive(id, provider, type, real));
    await settled();
    const first = (await call(`crm_resource -r ${id} -W`)).stdout;
    expect(first).toMatch(/^resource \S+ is running on: node\d\n$/);
    await call(`crm_resource -r ${id} --move`);
    await settled();
    const second = (await call(`crm_resource -r ${id} -W`)).stdout;
    expect(second).toMatch(/^resource \S+ is running on: node\d\n$/);
    expect(second).not.toBe(first);
    await call(`crm_resource -r ${id} -m -p target-role -v Stopped`);
    await settled();
    expect((await call(`crm_resource -r ${id} -W`)).stderr).toBe(`resource ${id} is NOT running\n`);
    expect((await call(`crm_resource -O -r ${id}`)).stdout).not.toContain('Error');
  });

  test('ocf:pacemaker:Stateful keeps a promotion score on every node and is promoted on one', async () => {
    await cluster.add(`<clone id="ms"><meta_attributes id="ms-m"><nvpair id="ms-m-p" name="promotable" value="true"/><nvpair id="ms-m-n" name="notify" value="true"/></meta_attributes>${primitive('st', 'pacemaker', 'Stateful', {}, 'interval="2s" role="Promoted" timeout="20s"').replace('</operations>', '<op id="st-u" name="monitor" interval="3s" role="Unpromoted" timeout="20s"/></operations>')}</clone>`);
    await settled();
    await eventually('one instance is promoted', async () => (await call('crm_resource -r ms -W')).stdout.split('Promoted').length === 2);
    for (const node of ['node1', 'node2', 'node3']) expect((await call(`crm_attribute -N ${node} -n master-st -l reboot -G -q`)).stdout).toMatch(/^(?:5|10)\n$/);
    await call('crm_resource -r ms --ban --promoted');
    await settled();
    await eventually('another instance is promoted', async () => (await call('crm_resource -r ms -W')).stdout.split('Promoted').length === 2);
    expect((await call('crm_resource -O -r st')).stdout).not.toContain('Error');
  });

  // Root becomes root with `su -`, which takes the environment away; nobody else can become anybody.
  test.each([['heartbeat', process.getuid?.() === 0 ? 'root' : ''], ['pacemaker', '']])('ocf:%s:ClusterMon keeps a page of the cluster up to date with crm_mon in the background', async (provider, user) => {
    const id = `mon-${provider}`;
    const [page, pidFile] = [join(cluster.directory, `${id}.html`), join(cluster.directory, `${id}.pid`)];
    await cluster.add(primitive(id, provider, 'ClusterMon', { htmlfile: page, pidfile: pidFile, update: '1', extra_options: '-r', user }));
    await settled();
    await eventually('there is a page', () => existsSync(page) && readFileSync(page, 'utf8').includes(`>${id}`), 30_000);
    const pid = Number(readFileSync(pidFile, 'utf8'));
    expect(isRunning(pid)).toBe(true);
    await call(`crm_resource -r ${id} -m -p target-role -v Stopped`);
    await settled();
    // The agent tells it to end and does not wait for that.
    await eventually('crm_mon has ended', () => !isRunning(pid));
    expect((await call(`crm_resource -O -r ${id}`)).stdout).not.toContain('Error');
  }, 90_000);

  test('a promotable agent is told before and after each change of its clone, with the names of all that change', async () => {
    const log = join(cluster.directory, 'notified');
    const folder = join(cluster.directory, 'ocf', 'resource.d', 'site');
    mkdirSync(folder, { recursive: true });
    // The Stateful of the distribution with one action more, which notes what it is told.
    const noted = `#!/bin/sh\nif [ "$1" = notify ]; then\n  echo "$OCF_RESKEY_CRM_meta_on_node $OCF_RESKEY_CRM_meta_notify_type $OCF_RESKEY_CRM_meta_notify_operation [$OCF_RESKEY_CRM_meta_notify_promote_uname] [$OCF_RESKEY_CRM_meta_notify_start_uname]" >>'${log}'\n  exit 0\nfi\nexec ${join(INSTALLED, 'resource.d/pacemaker/Stateful')} "$@"\n`;
    writeFileSync(join(folder, 'Told'), noted, { mode: 0o755 });
    await cluster.add(`<clone id="told-clone"><meta_attributes id="told-meta"><nvpair id="told-promotable" name="promotable" value="true"/><nvpair id="told-notify" name="notify" value="true"/></meta_attributes>${primitive('told', 'site', 'Told', {}, 'interval="5s" role="Promoted" timeout="20s"')}</clone>`);
    await settled();
    await eventually('one instance is promoted', async () => (await call('crm_resource -r told-clone -W')).stdout.split('Promoted').length === 2);
    await settled();
    const lines = readFileSync(log, 'utf8').trim().split('\n');
    const promoted = /running on: (\S+) Promoted/.exec((await call('crm_resource -r told-clone -W')).stdout)?.[1];
    for (const node of ['node1', 'node2', 'node3']) {
      expect(lines.some((line) => line.startsWith(`${node} post start `)), `post start on ${node}`).toBe(true);
      for (const type of ['pre', 'post']) expect(lines.some((line) => line.startsWith(`${node} ${type} promote [${promoted}`)), `${type} promote on ${node}`).toBe(true);
    }
  }, 90_000);

  test('ocf:pacemaker:ping and SysInfo publish node attributes', async () => {
    await cluster.add(`<clone id="c-ping">${primitive('ping', 'pacemaker', 'ping', { host_list: '127.0.0.1', dampen: '1s', multiplier: '100', name: 'pingd' })}</clone>`);
    await cluster.add(primitive('sys', 'pacemaker', 'SysInfo', { delay: '1s', pidfile: join(cluster.directory, 'sysinfo.pid') }));
    await settled();
    await eventually('each node has its own pingd', async () => (await call('attrd_updater -n pingd -Q -A')).stdout === ['node1', 'node2', 'node3'].map((node) => `name="pingd" host="${node}" value="100"\n`).join(''));
    const place = /running on: (\S+)/.exec((await call('crm_resource -r sys -W')).stdout)?.[1];
    await eventually('the node tells its processors', async () => /value="\d+"/.test((await call(`attrd_updater -n cpu_cores -Q -N ${place}`)).stdout));
  });
});
