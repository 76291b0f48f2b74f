// SPDX-License-Identifier: GPL-2.0-or-later
/** A commit that nobody confirms is taken back by the cluster itself, whatever ends meanwhile. */
import { describe, expect, it } from 'vitest';
import { element, writeXml, type XmlElement } from '../../src/cib/index.ts';
import { ConfirmationKeeper } from '../../src/engine/supervisor/confirmation.ts';
import { SimulatedCluster } from './cluster-in-simulation.ts';

const MINUTE_MS = 60_000;

function aCommit(seed: number): { readonly cluster: SimulatedCluster; readonly keeper: ConfirmationKeeper; commit(name: string): void; hasPrimitive(name: string): boolean } {
  const cluster = new SimulatedCluster(seed);
  if (!cluster.settle()) throw new Error('the cluster does not settle');
  const keeperOf = (): ConfirmationKeeper => new ConfirmationKeeper(cluster.sim.platform, cluster.supervisor, '/state');
  const keeper = keeperOf();
  const primitive = (name: string): XmlElement => element('primitive', { id: name, class: 'ocf', provider: 'quorate', type: 'Dummy' });
  return {
    cluster,
    keeper,
    commit: (name) => {
      keeper.begin({ deadlineEpochMs: cluster.sim.platform.clock.epochMs() + MINUTE_MS, configuration: writeXml(cluster.cib().first('configuration')!), user: 'me' });
      expect(cluster.apply({ change: { op: 'create', section: 'resources', data: primitive(name) }, client: 'test' }).ok).toBe(true);
    },
    hasPrimitive: (name) => cluster.cib().at('configuration', 'resources')?.elements('primitive').some((one) => one.id === name) === true,
  };
}

function wait({ sim }: SimulatedCluster, durationMs: number): void {
  sim.run(sim.timeMs + durationMs);
}

describe('a commit that waits to be confirmed', () => {
  it('stays until its time has run out, then is taken back, and that is told once', () => {
    const { cluster, keeper, commit, hasPrimitive } = aCommit(1);
    commit('a');
    wait(cluster, MINUTE_MS - 5000);
    expect(hasPrimitive('a')).toBe(true);
    wait(cluster, 10_000);
    expect(hasPrimitive('a')).toBe(false);
    expect(keeper.pending()).toBeUndefined();
    expect(keeper.outcome()).toMatchObject({ user: 'me', cib: expect.not.stringContaining('<primitive') });
    expect(keeper.outcome()).toBeUndefined();
  });

  it('stays for good when it is confirmed, and only by who means it', () => {
    const { cluster, keeper, commit, hasPrimitive } = aCommit(2);
    commit('a');
    expect(keeper.confirm(1)).toBe(false);
    expect(keeper.confirm(keeper.pending()!.deadlineEpochMs)).toBe(true);
    expect(keeper.confirm()).toBe(false);
    wait(cluster, 2 * MINUTE_MS);
    expect(hasPrimitive('a')).toBe(true);
  });

  it('is remembered by the daemon that comes after one that died', () => {
    const { cluster, keeper, commit, hasPrimitive } = aCommit(3);
    commit('a');
    const pending = keeper.pending();
    // The first keeper died with its timer; what it wrote is all there is.
    keeper.confirm();
    const file = JSON.stringify({ pending });
    cluster.sim.platform.disk.write('/state/commits/confirmation.json', file);
    const next = new ConfirmationKeeper(cluster.sim.platform, cluster.supervisor, '/state');
    expect(next.pending()).toEqual(pending);
    wait(cluster, 2 * MINUTE_MS);
    expect(hasPrimitive('a')).toBe(false);
  });

  it('is taken back by whoever leads when the node that led is lost', () => {
    const { cluster, commit, hasPrimitive } = aCommit(4);
    commit('a');
    wait(cluster, MINUTE_MS - 500);
    cluster.supervisor.kill(cluster.dc!);
    wait(cluster, MINUTE_MS);
    expect(hasPrimitive('a')).toBe(false);
  });

  it('is taken back when nodes run again, if none ran at its time', () => {
    const { cluster, commit, hasPrimitive } = aCommit(5);
    commit('a');
    for (const { name } of cluster.supervisor.running()) cluster.supervisor.kill(name);
    wait(cluster, 2 * MINUTE_MS);
    for (const { name } of cluster.supervisor.nodes()) cluster.supervisor.boot(name);
    wait(cluster, 2 * MINUTE_MS);
    expect(cluster.settle()).toBe(true);
    expect(hasPrimitive('a')).toBe(false);
  });

  it('is nothing to take back when it was never written', () => {
    const { cluster, keeper, hasPrimitive } = aCommit(6);
    keeper.begin({ deadlineEpochMs: cluster.sim.platform.clock.epochMs() + 1000, configuration: writeXml(cluster.cib().first('configuration')!), user: 'me' });
    wait(cluster, 5000);
    expect(keeper.pending()).toBeUndefined();
    expect(keeper.outcome()).toBeUndefined();
    expect(hasPrimitive('a')).toBe(false);
  });

  it.each(['', '{', '[]', '{"pending": 1}', 'null'])('is not invented by a damaged file: %j', (text) => {
    const { cluster } = aCommit(7);
    cluster.sim.platform.disk.makeDirectory('/state/commits');
    cluster.sim.platform.disk.write('/state/commits/confirmation.json', text);
    expect(new ConfirmationKeeper(cluster.sim.platform, cluster.supervisor, '/state').pending()).toBeUndefined();
  });
});
