// SPDX-License-Identifier: GPL-2.0-or-later
/** The daemon is killed in the middle of changes: what was acknowledged is there afterwards, and services are taken over. */
import { spawn, type ChildProcess } from 'node:child_process';
import { build } from 'esbuild';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { element } from '../../src/cib/index.ts';
import { eventually, isRunning, RealCluster } from './cluster-for-real.ts';

let cluster: RealCluster;
let daemon: ChildProcess;

async function startDaemon(): Promise<void> {
  daemon = spawn(process.execPath, [join(cluster.directory, 'daemon.cjs'), cluster.directory, 'node1', 'node2', 'node3'], { stdio: ['ignore', 'ignore', 'inherit'] });
  await eventually('the daemon answers', () => cluster.connect().then(() => true, () => false));
  await cluster.settle();
}

async function killDaemon(): Promise<void> {
  const ended = new Promise((resolve) => daemon.once('exit', resolve));
  daemon.kill('SIGKILL');
  await ended;
}

async function properties(): Promise<string[]> {
  const sets = (await cluster.backend.query()).at('configuration', 'crm_config')?.elements('cluster_property_set') ?? [];
  return sets.flatMap((set) => set.elements('nvpair').map((pair) => pair.get('name') ?? ''));
}

async function promotionScores(): Promise<string[]> {
  const pairs = [...(await cluster.backend.query()).descendants()].filter((one) => one.name === 'nvpair' && one.get('name') === 'master-state');
  return pairs.map((pair) => pair.get('value') ?? '').sort();
}

/** What the instances themselves say. */
function roles(): string[] {
  return ['node1', 'node2', 'node3'].map((node) => readFileSync(join(cluster.stateDirectory, 'nodes', node, 'run', 'resource-agents', 'Stateful-state.state'), 'utf8').trim());
}

/** Process groups of running actions, as the nodes have noted them. */
function hanging(): number[] {
  return ['node1', 'node2', 'node3'].flatMap((node) => {
    const directory = join(cluster.stateDirectory, 'nodes', node, 'run', 'actions');
    return readdirSync(directory).map((name) => Number(readFileSync(join(directory, name), 'utf8')));
  });
}

beforeAll(async () => {
  cluster = RealCluster.prepare();
  // Bundled once, so that it starts quickly each time.
  await build({ entryPoints: [join('test', 'engine', 'daemon.ts')], outfile: join(cluster.directory, 'daemon.cjs'), bundle: true, platform: 'node', format: 'cjs', logLevel: 'error' });
  await startDaemon();
});

afterAll(async () => {
  await cluster.stop();
  daemon.kill('SIGKILL');
});

describe('a daemon that is killed', () => {
  it('loses no change that it has acknowledged, whenever it is killed', async () => {
    const acknowledged: string[] = [];
    for (let round = 0; round < 2; round++) {
      let isKilled = false;
      const asked = Array.from({ length: 40 }, (_, i) => `change-${round}-${i}`).map((name) =>
        cluster.backend
          .apply({ change: { op: 'modify', section: 'crm_config', allowCreate: true, data: element('cluster_property_set', { id: 'test' }, [element('nvpair', { id: name, name, value: '1' })]) } })
          .then((reply) => (reply.ok ? void acknowledged.push(name) : undefined), () => undefined),
      );
      await eventually('some changes are acknowledged', () => acknowledged.length > round * 5 + 3 || isKilled);
      isKilled = true;
      await killDaemon();
      await Promise.all(asked);
      await startDaemon();
      const present = await properties();
      expect(acknowledged.filter((name) => !present.includes(name))).toEqual([]);
    }
    expect(acknowledged.length).toBeGreaterThan(3);
  });

  it('does not let a half finished action finish behind the back of the next daemon', async () => {
    cluster.order('slow', 'start', 'hang');
    await cluster.add('<primitive id="slow" class="ocf" provider="test" type="served"/>');
    await eventually('the start hangs', () => cluster.calls().some((line) => line.endsWith(' slow start')));
    // The agent may speak before the daemon has come to note its number.
    await eventually('the daemon has noted it', () => hanging().length > 0);
    const before = hanging();
    await killDaemon();
    cluster.order('slow', 'start', undefined);
    await startDaemon();
    expect(before.filter(isRunning)).toEqual([]);
    expect(cluster.placeOf('slow')).toHaveLength(1);
    await cluster.change({ op: 'delete', section: 'resources', data: element('primitive', { id: 'slow' }) });
    await cluster.settle();
  });

  it('learns the promotion scores again of what has run through', async () => {
    const monitors = ['Promoted', 'Unpromoted'].map((role, i) => `<op id="state-${role}" name="monitor" interval="${i + 1}s" role="${role}"/>`);
    await cluster.add(`<clone id="ms"><meta_attributes id="ms-meta"><nvpair id="ms-p" name="promotable" value="true"/></meta_attributes><primitive id="state" class="ocf" provider="quorate" type="Stateful"><operations>${monitors.join('')}</operations></primitive></clone>`);
    await cluster.settle();
    expect(await promotionScores()).toEqual(['10', '5', '5']);
    await killDaemon();
    await startDaemon();
    await eventually('every instance has its score', async () => (await promotionScores()).length === 3);
    await cluster.settle();
    expect(await promotionScores()).toEqual(['10', '5', '5']);
    expect(roles().sort()).toEqual(['promoted', 'unpromoted', 'unpromoted']);
    await cluster.change({ op: 'delete', section: 'resources', data: element('clone', { id: 'ms' }) });
    await cluster.settle();
  });

  it('finds a service running that it had started, and ends it when the cluster is stopped', async () => {
    await cluster.add('<primitive id="kept" class="ocf" provider="test" type="served"/>');
    await cluster.settle();
    const [node] = cluster.placeOf('kept');
    const pid = cluster.pidOf(node!, 'kept')!;
    await killDaemon();
    expect(isRunning(pid)).toBe(true);
    await startDaemon();
    expect(cluster.placeOf('kept')).toEqual([node]);
    expect(cluster.pidOf(node!, 'kept')).toBe(pid);
    const ended = new Promise((resolve) => daemon.once('exit', resolve));
    await cluster.stopCluster();
    await ended;
    expect(isRunning(pid)).toBe(false);
  });
});
