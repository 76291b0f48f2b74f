// SPDX-License-Identifier: GPL-2.0-or-later
/** Totem on a simulated network: agreement on order and membership under loss, partitions and crashes. */
import { describe, expect, it } from 'vitest';
import { Totem } from '../../src/engine/membership/totem/totem.ts';
import type { Configuration } from '../../src/engine/membership/membership.ts';
import { Simulation, seededStream } from '../../src/platform/sim/index.ts';

interface Member {
  readonly totem: Totem;
  /** `configuration` lines and delivered payloads, in order. */
  readonly history: string[];
  last: Configuration | undefined;
}

function startMember(sim: Simulation, me: number, key = 'secret'): Member {
  const setup = { me, clusterName: 'test', key, nodeCount: () => 3, ringFile: `/node${me}/ring`, settings: { tokenMs: 1000, tokenCoefficientMs: 0 } };
  const member: Member = { totem: new Totem(sim.platform, setup), history: [], last: undefined };
  member.totem.start({
    deliver: (sender, payload) => void member.history.push(`${sender}:${payload}`),
    configuration: (change) => {
      member.last = change;
      member.history.push(`ring ${change.ring} [${change.members.join(' ')}]`);
    },
  });
  return member;
}

/** What was delivered in each configuration. */
function byRing(member: Member): Map<string, string[]> {
  const found = new Map<string, string[]>();
  let list: string[] = [];
  for (const line of member.history) {
    if (line.startsWith('ring ')) found.set(line, (list = []));
    else list.push(line);
  }
  return found;
}

function pairs<T>(list: readonly T[]): [T, T][] {
  return list.flatMap((a, i) => list.slice(i + 1).map((b): [T, T] => [a, b]));
}

function nextRing(rings: ReadonlyMap<string, unknown>, name: string): string | undefined {
  const names = [...rings.keys()];
  return names[names.indexOf(name) + 1];
}

describe('Totem', () => {
  it('forms one ring of all nodes in reach', () => {
    const sim = new Simulation(1);
    const members = [1, 2, 3].map((me) => startMember(sim, me));
    sim.run(5000);
    for (const member of members) expect(member.last?.members).toEqual([1, 2, 3]);
  });

  it('delivers in one order everywhere, also when datagrams are lost and doubled', () => {
    const sim = new Simulation(2);
    sim.network.faults = { delayMs: { least: 0.1, most: 5 }, loss: 0.1, duplication: 0.1 };
    const members = [1, 2, 3].map((me) => startMember(sim, me));
    sim.run(10_000);
    for (let i = 0; i < 200; i++) members[i % 3]!.totem.broadcast(`m${i}`);
    sim.run(60_000);
    const orders = members.map((member) => member.history.filter((line) => !line.startsWith('ring ')));
    expect(orders[0]!.length).toBe(200);
    expect(orders[1]).toEqual(orders[0]);
    expect(orders[2]).toEqual(orders[0]);
  });

  it('notices a node that is cut off within token and consensus time, and takes it back', () => {
    const sim = new Simulation(3);
    const members = [1, 2, 3].map((me) => startMember(sim, me));
    sim.run(5000);
    sim.network.partition([[1], [2, 3]]);
    sim.run(5000 + 1000 + 1200 + 700);
    expect(members.map((member) => member.last?.members)).toEqual([[1], [2, 3], [2, 3]]);
    sim.network.partition([]);
    sim.run(15_000);
    for (const member of members) expect(member.last?.members).toEqual([1, 2, 3]);
  });

  it('does not hear frames made with another key', () => {
    const sim = new Simulation(5);
    const members = [startMember(sim, 1), startMember(sim, 2), startMember(sim, 3, 'guessed')];
    sim.run(5000);
    expect(members.map((member) => member.last?.members)).toEqual([[1, 2], [1, 2], [3]]);
  });

  it('lets a node leave without waiting for a timeout', () => {
    const sim = new Simulation(4);
    const members = [1, 2, 3].map((me) => startMember(sim, me));
    sim.run(5000);
    members[2]!.totem.leave();
    sim.run(5200);
    expect(members[0]!.last?.members).toEqual([1, 2]);
  });

  it.each(Array.from({ length: 30 }, (_, i) => [i]))('gives nodes that stay together the same messages in the same order (seed %i)', (seed) => {
    const sim = new Simulation(seed);
    const random = seededStream(seed, 'faults');
    sim.network.faults = { delayMs: { least: 0.1, most: 3 }, loss: seed % 3 === 0 ? 0.05 : 0, duplication: 0.02 };
    const ids = [1, 2, 3, 4];
    const members = ids.map((me) => startMember(sim, me));
    for (let step = 0; step < 40; step++) {
      sim.run(sim.timeMs + random.below(900));
      for (let i = 0; i < 5; i++) members[random.below(4)]!.totem.broadcast(`s${step}.${i}`);
      if (random.below(5) === 0) sim.network.partition(random.below(2) === 0 ? [] : [ids.filter(() => random.below(2) === 0)]);
    }
    sim.network.partition([]);
    sim.run(sim.timeMs + 30_000);
    for (const member of members) expect(member.last?.members).toEqual(ids);
    const rings = members.map(byRing);
    for (const [a, b] of pairs(rings)) {
      for (const [name, list] of a) {
        const other = b.get(name);
        if (other === undefined) continue;
        if (nextRing(a, name) === nextRing(b, name)) expect(other, name).toEqual(list);
        // Members that part may miss some of each other's last messages, but never swap any.
        else expect(other.filter((line) => list.includes(line))).toEqual(list.filter((line) => other.includes(line)));
      }
    }
    const last = rings.map((map) => [...map.values()].at(-1)!);
    for (const list of last) expect(list).toEqual(last[0]);
    const own = (me: number): string[] => members[me - 1]!.history.filter((line) => line.startsWith(`${me}:`));
    for (const me of ids) expect(new Set(own(me)).size, 'each message is delivered to its sender once').toBe(own(me).length);
  });
});
