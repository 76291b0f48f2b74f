// SPDX-License-Identifier: GPL-2.0-or-later
/** The simulated platform: one order of events, chance that repeats, a disk that forgets. */
import { describe, expect, it } from 'vitest';
import { Simulation } from '../../src/platform/sim/index.ts';

describe('a simulation', () => {
  it('runs timers in the order of their times, then of their asking, and skips cancelled ones', () => {
    const sim = new Simulation(1);
    const seen: string[] = [];
    const note = (name: string) => () => void seen.push(`${name}@${sim.timeMs}`);
    sim.platform.after('c', 20, note('c'));
    sim.platform.after('a', 10, note('a'));
    sim.platform.after('b', 10, note('b'));
    sim.platform.after('never', 15, note('never')).cancel();
    sim.run(100);
    expect(seen).toEqual(['a@10', 'b@10', 'c@20']);
  });

  it('lets a timer be cancelled also when a run has ended before its time, and keeps the order of the others', () => {
    const sim = new Simulation(1);
    const seen: string[] = [];
    const timer = sim.platform.after('never', 10, () => void seen.push('never'));
    sim.platform.after('a', 20, () => void seen.push('a'));
    sim.run(5);
    sim.platform.after('b', 15, () => void seen.push('b'));
    sim.run(8);
    timer.cancel();
    sim.run(100);
    expect(seen).toEqual(['a', 'b']);
  });

  it('gives the same chances for the same seed and name, and others for others', () => {
    const draw = (seed: number, name: string): number[] => {
      const stream = new Simulation(seed).platform.random(name);
      return Array.from({ length: 5 }, () => stream.below(1000));
    };
    expect(draw(1, 'x')).toEqual(draw(1, 'x'));
    expect(draw(1, 'x')).not.toEqual(draw(1, 'y'));
    expect(draw(1, 'x')).not.toEqual(draw(2, 'x'));
  });

  it('delivers datagrams only between nodes that can reach each other', () => {
    const sim = new Simulation(1);
    const heard: string[] = [];
    const [one] = [1, 2, 3].map((node) => sim.network.attach(node, (from, text) => void heard.push(`${from}>${node} ${text}`)));
    sim.network.partition([[3]]);
    one!.broadcast('hello');
    sim.run(10);
    expect(heard.sort()).toEqual(['1>1 hello', '1>2 hello']);
  });

  it('forgets at a power cut what was not synced, and nothing else', () => {
    const results = new Set<string>();
    for (let seed = 0; seed < 20; seed++) {
      const { disk } = new Simulation(seed);
      disk.write('/n/kept', 'old');
      disk.sync('/n/kept');
      disk.syncDirectory('/n');
      disk.write('/n/kept', 'new');
      disk.write('/n/fresh', 'x');
      disk.write('/other/fresh', 'x');
      disk.powerCut('/n');
      results.add(`${disk.read('/n/kept')}`);
      expect(disk.read('/other/fresh')).toBe('x');
    }
    expect([...results].sort()).toEqual(['new', 'old']);
  });

  it('knows what is really active on its hosts', () => {
    const sim = new Simulation(1);
    const call = (host: string, action: string): number => {
      let code = -1;
      const env = new Map([['OCF_RESOURCE_INSTANCE', 'A']]);
      sim.hosts.spawn({ label: 'x', path: '/x', args: [action], env, cwd: '/', timeoutMs: 1000, brand: host }, (result) => {
        code = result.code;
      });
      sim.run(sim.timeMs + 500);
      return code;
    };
    expect([call('h', 'monitor'), call('h', 'start'), call('h', 'monitor'), call('h', 'promote'), call('h', 'monitor')]).toEqual([7, 0, 0, 0, 8]);
    expect([...sim.hosts.activeOn('A')]).toEqual([['h', 'promoted']]);
    sim.hosts.killBranded('h', () => {});
    expect(sim.hosts.activeOn('A').size).toBe(0);
  });
});
