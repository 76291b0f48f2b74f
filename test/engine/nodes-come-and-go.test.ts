// SPDX-License-Identifier: GPL-2.0-or-later
/** Nodes are added to a cluster, and taken out of it, while it runs. */
import { describe, expect, it } from 'vitest';
import { numberedNames, readNodeWords } from '../../src/engine/index.ts';
import { VoteQuorum } from '../../src/engine/membership/quorum.ts';
import { Simulation } from '../../src/platform/sim/index.ts';
import { SimulatedCluster, type ClusterOptions } from './cluster-in-simulation.ts';
import { realSchedule } from './real-scheduler.ts';

const RESOURCE = '<primitive id="A" class="ocf" provider="quorate" type="Dummy"><operations><op id="A-m" name="monitor" interval="5s"/></operations></primitive>';

function aCluster(nodes: number, options: Partial<ClusterOptions> = {}): SimulatedCluster {
  const cluster = new SimulatedCluster(nodes, { nodes, schedule: realSchedule, ...options });
  expect(cluster.settle()).toBe(true);
  cluster.configure(RESOURCE);
  expect(cluster.settle()).toBe(true);
  return cluster;
}

function places(cluster: SimulatedCluster): string[] {
  return [...cluster.sim.hosts.activeOn('A').keys()].map((host) => host.slice(host.lastIndexOf('/') + 1));
}

function members(cluster: SimulatedCluster): readonly number[] | undefined {
  return cluster.supervisor.daemonsOf(cluster.dc!)?.ring?.members;
}

function takeOut(cluster: SimulatedCluster, node: string): void {
  cluster.supervisor.shutdown(node);
  expect(cluster.settle()).toBe(true);
  let isOff = false;
  cluster.supervisor.kill(node, () => (isOff = true));
  cluster.sim.run(cluster.sim.timeMs + 10_000, () => isOff);
  expect(cluster.supervisor.remove(node)).toBe(true);
  expect(cluster.settle()).toBe(true);
}

/** How long the others wait for a node that has lost its power before they are sure. */
function patienceMs(cluster: SimulatedCluster, node: string): number {
  const id = cluster.supervisor.nodes().find(({ name }) => name === node)!.id;
  const beganMs = cluster.sim.timeMs;
  const others = cluster.supervisor.running().filter(({ name }) => name !== node);
  cluster.supervisor.kill(node);
  expect(cluster.sim.run(beganMs + 60_000, () => others.every(({ daemons }) => daemons.ring?.members.includes(id) === false))).toBe(true);
  const waitedMs = cluster.sim.timeMs - beganMs;
  cluster.settle();
  cluster.supervisor.boot(node);
  expect(cluster.settle()).toBe(true);
  return waitedMs;
}

describe('a running cluster', () => {
  it('waits the longer for a silent node the more nodes it has at that time', () => {
    const cluster = aCluster(3, { tokenCoefficientMs: 1000 });
    const withThree = patienceMs(cluster, 'node2');
    cluster.supervisor.add([4, 5, 6].map((id) => ({ id, name: `node${id}` })));
    expect(cluster.settle()).toBe(true);
    const withSix = patienceMs(cluster, 'node2');
    for (const node of ['node4', 'node5', 'node6']) takeOut(cluster, node);
    const withThreeAgain = patienceMs(cluster, 'node2');
    // The token is lost after 2 or 5 s, and consensus is given up after 1.2 times as long again.
    expect(withThree).toBeGreaterThan(2000);
    expect(withThree).toBeLessThan(5000);
    expect(withSix).toBeGreaterThan(2.2 * 5000 - 300);
    expect(Math.abs(withThreeAgain - withThree)).toBeLessThan(1000);
  });

  it('of one node takes two more in without losing quorum or moving anything', () => {
    const cluster = aCluster(1);
    const quorum: boolean[] = [];
    const states: string[] = [];
    cluster.sim.onTrace = (event, details) => {
      if (event === 'activity') states.push(details.join(' '));
      quorum.push(cluster.supervisor.daemonsOf('node1')!.quorumState.isQuorate);
    };
    cluster.supervisor.add([{ id: 2, name: 'node2' }, { id: 7, name: 'web-1' }]);
    expect(cluster.settle()).toBe(true);
    expect(members(cluster)).toEqual([1, 2, 7]);
    expect(quorum).not.toContain(false);
    expect(states).toEqual([]);
    expect(cluster.supervisor.daemonsOf('web-1')!.quorumState).toMatchObject({ expectedVotes: 3, needed: 2 });
  });

  it('goes on without the node that led it, which is known to nobody any more', () => {
    const cluster = aCluster(3);
    const leader = cluster.dc!;
    takeOut(cluster, leader);
    expect(cluster.supervisor.nodes().map(({ name }) => name)).not.toContain(leader);
    expect(cluster.dc).not.toBe(leader);
    expect(places(cluster)).toHaveLength(1);
    expect(cluster.supervisor.daemonsOf(cluster.dc!)!.quorumState).toMatchObject({ expectedVotes: 2, needed: 1, isQuorate: true });
  });

  it('survives the loss of a node behind a hole in the row of ids', () => {
    const cluster = aCluster(4);
    takeOut(cluster, 'node2');
    cluster.supervisor.kill('node3');
    cluster.sim.run(cluster.sim.timeMs + 100);
    expect(cluster.settle()).toBe(true);
    expect(members(cluster)?.every((id) => id !== 2)).toBe(true);
    expect(places(cluster)).toHaveLength(1);
  });

  it('takes a node back under its old name as one that has nothing on its disk', () => {
    const cluster = aCluster(3);
    takeOut(cluster, 'node2');
    expect(cluster.sim.disk.list(cluster.nodeDirectory('node2'))).toEqual([]);
    cluster.supervisor.add([{ id: 2, name: 'node2' }]);
    expect(cluster.settle()).toBe(true);
    expect(members(cluster)).toEqual([1, 2, 3]);
    expect(places(cluster)).toHaveLength(1);
  });

  it('does not let go of a node that is on', () => {
    const cluster = aCluster(2);
    expect(cluster.supervisor.remove('node2')).toBe(false);
    expect(cluster.supervisor.remove('nosuch')).toBe(false);
    expect(cluster.supervisor.nodes()).toHaveLength(2);
  });
});

describe('votequorum', () => {
  it('needs fewer votes when nodes have left for good', () => {
    const quorum = new VoteQuorum({ expectedVotes: 5 }, new Simulation(1).disk, '/wait');
    expect(quorum.update([1, 5]).isQuorate).toBe(false);
    expect(quorum.expect(3)).toMatchObject({ isQuorate: true, expectedVotes: 3, needed: 2 });
  });
});

describe('nodes as words', () => {
  it.each([
    ['node1 node2', '1:node1 2:node2'],
    ['b a', '1:b 2:a'],
    ['3:a b 1:c d', '1:c 2:b 3:a 4:d'],
    ['7:web-1', '7:web-1'],
  ])('%s are %s', (words, expected) => {
    const nodes = readNodeWords(words.split(' '));
    expect(typeof nodes === 'string' ? nodes : nodes.map(({ id, name }) => `${id}:${name}`).join(' ')).toBe(expected);
  });

  it.each([
    ['a a', 'node a is named twice'],
    ['1:a 1:b', 'two nodes have the id 1'],
    ['1:a 2:a', 'node a is named twice'],
    ['0:a', '"0:a" cannot be the name of a node: letters, digits, ".", "_" and "-" can stand in it'],
    ['-a', '"-a" cannot be the name of a node: letters, digits, ".", "_" and "-" can stand in it'],
    ['../a', '"../a" cannot be the name of a node: letters, digits, ".", "_" and "-" can stand in it'],
  ])('%s is refused: %s', (words, message) => {
    expect(readNodeWords(words.split(' '))).toBe(message);
  });

  it('get the first names that are free', () => {
    expect(numberedNames(3, ['node2', 'web'])).toEqual(['node1', 'node3', 'node4']);
  });
});
