// SPDX-License-Identifier: GPL-2.0-or-later
/** Fencing by configured devices in a simulated cluster: choice, levels, retries, history. */
import { describe, expect, it } from 'vitest';
import type { FencingEvent } from '../../src/engine/fencer/event.ts';
import { SimulatedCluster, xml } from './cluster-in-simulation.ts';
import { realSchedule } from './real-scheduler.ts';

function device(id: string, parameters: Readonly<Record<string, string>> = {}): string {
  const pairs = Object.entries({ pcmk_host_list: 'node1 node2 node3', ...parameters }).map(([name, value]) => `<nvpair id="${id}-${name}" name="${name}" value="${value}"/>`);
  return `<primitive id="${id}" class="stonith" type="fence_test"><instance_attributes id="${id}-p">${pairs.join('')}</instance_attributes></primitive>`;
}

function level(index: number, devices: string): string {
  return `<fencing-level id="l${index}" target="node2" index="${index}" devices="${devices}"/>`;
}

interface Observed {
  readonly cluster: SimulatedCluster;
  /** Labels of fence agents that were run to fence. */
  readonly runs: string[];
}

/** A cluster with these devices, of which some fail whenever they are to fence. */
function aCluster(devices: readonly string[], failing: readonly string[] = []): Observed {
  const cluster = new SimulatedCluster(1, { schedule: realSchedule });
  cluster.settle();
  const runs: string[] = [];
  cluster.sim.hosts.fate = (call) => {
    if (/_(off|on|reboot)$/.test(call.label)) runs.push(call.label);
    return { durationMs: 20, ...(failing.some((id) => call.label.startsWith(`${id}_`) && !call.label.endsWith('_monitor')) ? { failure: 1 } : {}) };
  };
  for (const text of devices) cluster.configure(text);
  cluster.configure('<primitive id="A" class="ocf" provider="quorate" type="Dummy"/>');
  expect(cluster.settle()).toBe(true);
  return { cluster, runs };
}

/** Fences node2 on request of node1 and waits for the end. */
function fence({ cluster }: Observed, action: 'off' | 'reboot' = 'reboot'): FencingEvent {
  let end: FencingEvent | undefined;
  cluster.supervisor.daemonsOf('node1')!.fencer.fence('node2', action, 'stonith_admin', (event) => {
    end = event;
  });
  cluster.sim.run(cluster.sim.timeMs + 120_000, () => end !== undefined);
  return end!;
}

describe('fencing with devices', () => {
  it('uses a device that names the target, rather than the watchdog', () => {
    const observed = aCluster([device('dev'), device('other', { pcmk_host_list: 'node1' })]);
    expect(fence(observed)).toMatchObject({ target: 'node2', state: 'success', device: 'dev', client: 'stonith_admin', origin: 'node1' });
    expect(observed.runs).toEqual(['dev_reboot']);
  });

  it('tries an action twice on each node that can use the device, then fails', () => {
    const observed = aCluster([device('bad')], ['bad']);
    expect(fence(observed)).toMatchObject({ state: 'failed', exitReason: 'ocf-exit-reason:simulated failure' });
    expect(observed.runs.length).toBe(6);
  });

  it('lets the watchdog do it when no device reaches the target', () => {
    const observed = aCluster([device('other', { pcmk_host_list: 'node1' })]);
    expect(fence(observed)).toMatchObject({ state: 'success', device: 'watchdog' });
  });

  it('goes up the levels, and turns a reboot by two devices into off and on', () => {
    const observed = aCluster([device('bad'), device('a'), device('b')], ['bad']);
    observed.cluster.apply({ change: { op: 'create', section: 'configuration', data: xml(`<fencing-topology>${level(1, 'bad')}${level(2, 'a,b')}</fencing-topology>`) } });
    observed.cluster.settle();
    expect(fence(observed)).toMatchObject({ state: 'success', device: 'a,b,a,b' });
    expect(observed.runs.filter((run) => !run.startsWith('bad'))).toEqual(['a_off', 'b_off', 'a_on', 'b_on']);
  });

  it('delays a cut by the base that is set for the target', () => {
    const observed = aCluster([device('dev', { pcmk_delay_base: 'node1:1s;node2:7s' })]);
    const before = observed.cluster.sim.timeMs;
    expect(fence(observed, 'off').state).toBe('success');
    expect(Math.round((observed.cluster.sim.timeMs - before) / 1000)).toBe(7);
  });

  it('shares the result of an equal request that is under way', () => {
    const observed = aCluster([device('dev')]);
    const ends: FencingEvent[] = [];
    const { fencer } = observed.cluster.supervisor.daemonsOf('node1')!;
    for (const client of ['one', 'two']) fencer.fence('node2', 'reboot', client, (event) => void ends.push(event));
    observed.cluster.sim.run(observed.cluster.sim.timeMs + 60_000, () => ends.length === 2);
    expect(ends.map(({ state }) => state)).toEqual(['success', 'success']);
    expect(observed.runs).toEqual(['dev_reboot']);
  });

  it('is remembered by every node, also by one that comes later', () => {
    const observed = aCluster([device('dev')]);
    const { cluster } = observed;
    cluster.supervisor.kill('node3');
    cluster.sim.run(cluster.sim.timeMs + 100);
    cluster.settle();
    cluster.supervisor.boot('node3');
    cluster.sim.run(cluster.sim.timeMs + 100);
    expect(cluster.settle()).toBe(true);
    for (const { daemons } of cluster.supervisor.running()) {
      expect(daemons.fencer.history.list('node3').map(({ state, device: used }) => [state, used])).toEqual([['success', 'dev']]);
    }
  });

  it('can be declared by a person', () => {
    const { cluster } = aCluster([]);
    cluster.supervisor.kill('node3');
    cluster.supervisor.daemonsOf('node1')!.fencer.confirm('node3', 'stonith_admin');
    cluster.sim.run(cluster.sim.timeMs + 1000);
    const [event] = cluster.supervisor.daemonsOf('node2')!.fencer.history.list('node3');
    expect(event).toMatchObject({ device: 'a human', state: 'success', action: 'off' });
  });
});
