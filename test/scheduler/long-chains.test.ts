// SPDX-License-Identifier: GPL-2.0-or-later
import { describe, expect, it } from 'vitest';
import { graphLines, primitive, RUNNING, scheduled, type Report } from './running-cluster.ts';

const ids = (count: number): string[] => Array.from({ length: count }, (_, i) => `r${i}`);
const all = (names: readonly string[]): string => names.map((id) => primitive(id)).join('');
const running = (names: readonly string[]): Record<string, readonly Report[]> => Object.fromEntries(names.map((id) => [id, RUNNING]));

/** More than the levels of a recursion that the usual call stack has room for. */
const MANY = 2000;
const CHAIN = 2500;

describe('the update pass', () => {
  it('follows a chain of changes that is longer than the call stack is deep', () => {
    const members = ids(MANY);
    const first = `<primitive id="r0" class="ocf" provider="pacemaker" type="Dummy"><instance_attributes id="p"><nvpair id="p-fake" name="fake" value="new"/></instance_attributes></primitive>`;
    const { graph } = scheduled({ nodes: ['n1'], resources: `<group id="g">${first}${all(members.slice(1))}</group>`, history: { n1: running(members) } });
    const count = (operation: string): number => graph.synapses.filter(({ action }) => action.operation === operation && action.kind === 'rsc').length;
    expect([count('stop'), count('start')]).toEqual([MANY, MANY]);
  }, 120_000);

  it('restarts the members behind a changed one, last first, and then starts them in order', () => {
    const changed = primitive('r1').replace('><operations', '><instance_attributes id="p"><nvpair id="p-fake" name="fake" value="new"/></instance_attributes><operations');
    const lines = graphLines({ nodes: ['n1'], resources: `<group id="g">${primitive('r0')}${changed}${primitive('r2')}</group>`, history: { n1: running(ids(3)) } });
    expect(lines.filter((line) => /^r\d_(stop|start)/.test(line)).sort()).toEqual([
      'r1_start_0@n1 <- r1_stop_0@n1, *g_start_0',
      'r1_stop_0@n1 <- r2_stop_0@n1, *g_stop_0',
      'r2_start_0@n1 <- r1_start_0@n1, r2_stop_0@n1, *g_start_0',
      'r2_stop_0@n1 <- *g_stop_0',
    ]);
  });
});

describe('scores of colocated resources', () => {
  it('are added along a chain that is longer than the call stack is deep', () => {
    const chain = ids(CHAIN);
    const colocations = chain.slice(1).map((id, i) => `<rsc_colocation id="k${i}" rsc="${id}" with-rsc="${chain[i]!}" score="INFINITY"/>`);
    const wish = `<rsc_location id="l" rsc="${chain.at(-1)!}" node="n2" score="7"/>`;
    const { graph } = scheduled({ nodes: ['n1', 'n2'], resources: all(chain), constraints: wish + colocations.join('') });
    const starts = graph.synapses.filter(({ action }) => action.operation === 'start');
    expect(starts.length).toBe(CHAIN);
    expect(new Set(starts.map(({ action }) => action.onNode))).toEqual(new Set(['n2']));
  }, 120_000);
});
