// SPDX-License-Identifier: GPL-2.0-or-later
/** What a simulated cluster does in the common cases (engine.md, section 15). */
import { describe, expect, it } from 'vitest';
import { element, FEATURE_SET } from '../../src/cib/index.ts';
import { SimulatedCluster, xml } from './cluster-in-simulation.ts';
import { realSchedule } from './real-scheduler.ts';

/** Of the few seeds that were tried. */
const SEED_WITH_NODE1_AS_DC = 2;

function aCluster(nodes: number, seed = 1): SimulatedCluster {
  const cluster = new SimulatedCluster(seed, { nodes, schedule: realSchedule });
  expect(cluster.settle()).toBe(true);
  return cluster;
}

function primitive(id: string): string {
  return `<primitive id="${id}" class="ocf" provider="quorate" type="Dummy"><operations><op id="${id}-m" name="monitor" interval="5s"/></operations></primitive>`;
}

function placesOf(cluster: SimulatedCluster, resource: string): string[] {
  return [...cluster.sim.hosts.activeOn(resource).keys()].map((host) => host.slice(host.lastIndexOf('/') + 1));
}

function stateOf(cluster: SimulatedCluster, node: string): Record<string, string | undefined> {
  const state = cluster.cib().first('status')?.elements('node_state').find((one) => one.get('uname') === node);
  return { inCcm: state?.get('in_ccm') === '0' ? 'no' : 'yes', join: state?.get('join'), expected: state?.get('expected') };
}

describe('a cluster', () => {
  it.each([1, 2, 3, 5])('of %i nodes forms, elects one DC and runs a resource once', (nodes) => {
    const cluster = aCluster(nodes);
    cluster.configure(primitive('A'));
    expect(cluster.settle()).toBe(true);
    expect(placesOf(cluster, 'A')).toHaveLength(1);
    expect(cluster.supervisor.running().filter(({ daemons }) => daemons.controller.isDc)).toHaveLength(1);
  });

  it('of two nodes survives the loss of either', () => {
    const cluster = aCluster(2);
    cluster.configure(primitive('A'));
    cluster.settle();
    const [place] = placesOf(cluster, 'A');
    cluster.supervisor.kill(place!);
    cluster.sim.run(cluster.sim.timeMs + 100);
    expect(cluster.settle()).toBe(true);
    expect(placesOf(cluster, 'A')).toEqual([place === 'node1' ? 'node2' : 'node1']);
  });

  it('elects another DC when the DC is lost, and fences the old one', () => {
    const cluster = aCluster(3);
    // Without resources to manage the scheduler fences nobody.
    cluster.configure(primitive('A'));
    cluster.settle();
    const dc = cluster.dc!;
    cluster.supervisor.kill(dc);
    cluster.sim.run(cluster.sim.timeMs + 100);
    expect(cluster.settle()).toBe(true);
    expect(cluster.dc).not.toBe(dc);
    expect(stateOf(cluster, dc)).toEqual({ inCcm: 'no', join: 'down', expected: 'down' });
  });

  it('stops everything in the part without quorum, and starts it in the other only after fencing', () => {
    const cluster = aCluster(3);
    cluster.configure(primitive('A'));
    cluster.settle();
    const [place] = placesOf(cluster, 'A');
    const order: string[] = [];
    cluster.sim.onTrace = (event, details) => void (event === 'fenced' || event === 'activity' ? order.push([event, ...details].join(' ')) : undefined);
    cluster.sim.network.partition([[Number(place!.slice(-1))]]);
    cluster.sim.run(cluster.sim.timeMs + 15_000);
    expect(order.findIndex((line) => line === `fenced ${place}`)).toBeLessThan(order.findIndex((line) => line.endsWith('A started')));
    expect(placesOf(cluster, 'A')).toHaveLength(1);
  });

  it('takes the whole history of a node back after a short partition, without starting anything twice', () => {
    const cluster = aCluster(3);
    cluster.configure(primitive('A'));
    cluster.settle();
    cluster.sim.network.partition([[3]]);
    cluster.sim.run(cluster.sim.timeMs + 1100);
    cluster.sim.network.partition([]);
    cluster.sim.run(cluster.sim.timeMs + 10_000);
    expect(cluster.settle()).toBe(true);
    expect(placesOf(cluster, 'A')).toHaveLength(1);
    const versions = new Set(cluster.supervisor.running().map(({ daemons }) => daemons.store.query().get('num_updates')));
    expect(versions.size).toBe(1);
  });

  it('gives entries of nodes from another cluster the ids they have here', () => {
    const cluster = aCluster(2);
    const nodes = element('nodes', {}, [element('node', { id: '7f3c', uname: 'node1' }, [element('instance_attributes', { id: 'x' }, [element('nvpair', { id: 'y', name: 'site', value: 'a' })])])]);
    expect(cluster.apply({ change: { op: 'replace', section: 'nodes', data: nodes } }).ok).toBe(true);
    expect(cluster.settle()).toBe(true);
    const entries = cluster.cib().at('configuration', 'nodes')!.elements('node').map((node) => [node.id, node.get('uname'), node.children.length]);
    expect(entries.sort()).toEqual([['1', 'node1', 1], ['2', 'node2', 0]]);
  });

  it('stops in order: resources first, then nodes, and nothing is left', () => {
    const cluster = aCluster(3);
    cluster.configure(primitive('A'));
    cluster.settle();
    let isStopped = false;
    cluster.supervisor.stop(() => {
      isStopped = true;
    });
    cluster.sim.run(cluster.sim.timeMs + 60_000, () => isStopped);
    expect([isStopped, cluster.supervisor.running().length, placesOf(cluster, 'A').length]).toEqual([true, 0, 0]);
  });

  it('writes a dampened attribute once, with its last value, after the dampening', () => {
    const cluster = aCluster(3);
    const writes: string[] = [];
    cluster.sim.onTrace = (event, details) => void (event === 'cib' && details[0] === cluster.dc ? writes.push(details.join('.')) : undefined);
    const [first] = cluster.supervisor.running();
    for (const value of ['1', '2', '3']) {
      first!.daemons.attributes.set({ name: 'ping', node: 'node1', value, dampeningMs: 5000 });
      cluster.sim.run(cluster.sim.timeMs + 1000);
    }
    const before = writes.length;
    cluster.sim.run(cluster.sim.timeMs + 4500);
    const pair = [...cluster.cib().descendants()].find((one) => one.get('name') === 'ping');
    expect([pair?.get('value'), writes.length - before]).toEqual(['3', 1]);
  });

  it('has nodes that tell their feature set as a transient attribute, also when they come back', () => {
    const cluster = aCluster(3);
    const toldBy = (): (string | undefined)[] =>
      (cluster.cib().first('status')?.elements('node_state') ?? []).map((state) => {
        const pairs = state.at('transient_attributes', 'instance_attributes')?.elements('nvpair') ?? [];
        return pairs.filter(({ id }) => id === `status-${state.id}-.feature-set`).map((pair) => `${state.get('uname')} ${pair.get('name')}=${pair.get('value')}`).join();
      });
    const all = ['node1', 'node2', 'node3'].map((name) => `${name} #feature-set=${FEATURE_SET}`);
    expect(toldBy().sort()).toEqual(all);
    const gone = cluster.dc === 'node3' ? 'node2' : 'node3';
    cluster.supervisor.shutdown(gone);
    cluster.settle();
    expect(toldBy().filter((text) => text !== '').sort()).toEqual(all.filter((text) => !text?.startsWith(gone)));
    cluster.supervisor.boot(gone);
    cluster.settle();
    expect(toldBy().sort()).toEqual(all);
  });

  it('forgets the failures of a DC that lost its power and was back before the others could lead', () => {
    const cluster = aCluster(3, SEED_WITH_NODE1_AS_DC);
    expect(cluster.dc).toBe('node1');
    const [first] = cluster.supervisor.running();
    first!.daemons.attributes.set({ name: 'fail-count-A#start_0', node: 'node1', value: 'INFINITY' });
    cluster.sim.run(cluster.sim.timeMs + 1000);
    const isKnown = (): boolean => [...cluster.cib('node2').descendants()].some((one) => one.get('name') === 'fail-count-A#start_0');
    expect(isKnown()).toBe(true);
    cluster.supervisor.kill('node1');
    cluster.supervisor.boot('node1');
    cluster.sim.run(cluster.sim.timeMs + 100);
    expect(cluster.settle()).toBe(true);
    expect(isKnown()).toBe(false);
  });

  it('has a DC that claims the CIB of a larger part anew when it takes that over', () => {
    const cluster = aCluster(5);
    const { sim, supervisor } = cluster;
    supervisor.kill('node5');
    sim.run(sim.timeMs + 5000);
    sim.network.partition([[1]]);
    sim.run(sim.timeMs + 15_000);
    // Those of the larger part begin anew and have no DC yet, but quorum.
    for (const node of ['node2', 'node3', 'node4']) {
      supervisor.kill(node);
      supervisor.boot(node);
    }
    sim.run(sim.timeMs + 5000);
    expect(supervisor.running().filter(({ daemons }) => daemons.controller.isDc).map(({ name }) => name)).toEqual(['node1']);
    const fenced: string[] = [];
    sim.onTrace = (event, details) => void (event === 'fenced' ? fenced.push(details.join(' ')) : undefined);
    sim.network.partition([]);
    sim.run(sim.timeMs + 5000);
    expect(cluster.settle()).toBe(true);
    expect([cluster.dc, cluster.cib().get('dc-uuid')]).toEqual(['node1', '1']);
    expect(stateOf(cluster, 'node1')).toEqual({ inCcm: 'yes', join: 'member', expected: 'member' });
    cluster.configure(primitive('A'));
    expect(cluster.settle()).toBe(true);
    expect(placesOf(cluster, 'A')).toHaveLength(1);
    expect(fenced).not.toContain('node1');
  });

  it('fences a lost node of which only an attribute is known before it starts anything', () => {
    const cluster = aCluster(3);
    const [away, ...others] = ['node1', 'node2', 'node3'].sort((a, b) => Number(b === cluster.dc) - Number(a === cluster.dc)).reverse();
    const id = away!.slice(-1);
    const order: string[] = [];
    cluster.supervisor.kill(away!);
    cluster.sim.run(cluster.sim.timeMs + 5000);
    expect(cluster.apply({ change: { op: 'replace', xpath: `/cib/status/node_state[@id='${id}']`, data: xml(`<node_state id="${id}" uname="${away}"><transient_attributes id="${id}"/></node_state>`) } }).ok).toBe(true);
    const dc = cluster.dc!;
    cluster.sim.onTrace = (event, details) => void (event === 'fenced' || event === 'activity' ? order.push([event, ...details].join(' ')) : undefined);
    cluster.supervisor.kill(dc);
    cluster.supervisor.boot(dc);
    cluster.sim.run(cluster.sim.timeMs + 5000);
    cluster.configure(primitive('A'));
    cluster.settle();
    expect(order[0]).toBe(`fenced ${away}`);
    expect(others).toContain(placesOf(cluster, 'A')[0]);
  });

  it('boots a node only when all its processes have ended, even if asked before', () => {
    const cluster = aCluster(3);
    const order: string[] = [];
    cluster.sim.onTrace = (event, details) => void (event === 'boot' || event === 'power-off' ? order.push(`${event} ${details.join(' ')}`) : undefined);
    let isDead = false;
    cluster.supervisor.kill('node3', () => {
      isDead = true;
    });
    expect(cluster.supervisor.boot('node3')).toBe(true);
    expect(order).toEqual(['power-off node3']);
    cluster.sim.run(cluster.sim.timeMs + 100);
    expect([isDead, order]).toEqual([true, ['power-off node3', 'boot node3']]);
    expect(cluster.settle()).toBe(true);
  });

  it('outlives a scheduler that cannot decide', () => {
    let isBroken = false;
    const cluster = new SimulatedCluster(1, {
      schedule: (cib, epochMs) => {
        if (isBroken) throw new Error('cannot decide');
        return realSchedule(cib, epochMs);
      },
    });
    cluster.settle();
    isBroken = true;
    cluster.configure(primitive('A'));
    expect(cluster.settle()).toBe(true);
    expect(placesOf(cluster, 'A')).toEqual([]);
    isBroken = false;
    cluster.configure(primitive('B'));
    expect(cluster.settle()).toBe(true);
    expect([...placesOf(cluster, 'A'), ...placesOf(cluster, 'B')]).toHaveLength(2);
  });

  it('reports a failure from outside, counts it and recovers the resource', () => {
    const cluster = aCluster(3);
    cluster.configure(primitive('A'));
    cluster.settle();
    const [place] = placesOf(cluster, 'A');
    cluster.supervisor.daemonsOf(cluster.dc!)!.controller.reportFailure('A', place!);
    cluster.sim.run(cluster.sim.timeMs + 1000);
    expect(cluster.settle()).toBe(true);
    const counts = [...cluster.cib().descendants()].filter((one) => one.name === 'nvpair' && one.get('name')?.startsWith('fail-count-A#') === true);
    expect(counts.map((pair) => [pair.get('name'), pair.get('value')])).toEqual([['fail-count-A#asyncmon_0', '1']]);
    expect(placesOf(cluster, 'A')).toHaveLength(1);
  });

  it('is the same after its daemon was killed: services are found where they run, none is started twice', () => {
    const cluster = aCluster(3);
    cluster.configure(primitive('A'));
    cluster.settle();
    const places = placesOf(cluster, 'A');
    cluster.restartDaemon();
    expect(cluster.settle()).toBe(true);
    expect(placesOf(cluster, 'A')).toEqual(places);
  });

  it('lets no node go before it has told what it runs', () => {
    const cluster = aCluster(3);
    cluster.configure(primitive('A'));
    cluster.settle();
    const [place] = placesOf(cluster, 'A');
    cluster.restartDaemon();
    cluster.sim.run(cluster.sim.timeMs + 10_000, () => cluster.supervisor.running().some(({ daemons }) => daemons.controller.isDc));
    cluster.supervisor.shutdown(place!);
    let most = 0;
    cluster.sim.onTrace = () => void (most = Math.max(most, placesOf(cluster, 'A').length));
    expect(cluster.settle()).toBe(true);
    expect(placesOf(cluster, 'A')).not.toContain(place);
    expect(placesOf(cluster, 'A')).toHaveLength(1);
    expect(most).toBe(1);
  });

  it('does not notice that its process was held up for less than any agent may take', () => {
    const cluster = aCluster(3);
    cluster.configure(primitive('A'));
    cluster.settle();
    const { ring } = cluster.supervisor.daemonsOf('node1')!;
    for (let pause = 0; pause < 20; pause++) {
      cluster.sim.pause(8000);
      cluster.sim.run(cluster.sim.timeMs + 300);
    }
    expect(cluster.settle()).toBe(true);
    expect(cluster.supervisor.daemonsOf('node1')!.ring!.ringId).toBe(ring!.ringId);
    expect(cluster.supervisor.daemonsOf(cluster.dc!)!.fencer.history.list()).toEqual([]);
  });
});
