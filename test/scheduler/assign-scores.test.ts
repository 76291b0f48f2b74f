// SPDX-License-Identifier: GPL-2.0-or-later
import { describe, expect, it } from 'vitest';
import { dateTime, readXml } from '../../src/cib/index.ts';
import { schedule } from '../../src/scheduler/index.ts';
import { clusterCib, type ClusterSketch } from './cluster-cib.ts';

const TWO = [['1', 'n1'], ['2', 'n2']] as const;
const NOW = dateTime(1780315200);

function scores(sketch: Partial<ClusterSketch> & { resources: string }): string[] {
  const parsed = readXml(clusterCib({ nodes: TWO, ...sketch }));
  if (!parsed.ok) throw new Error(parsed.problem.message);
  return schedule(parsed.root, { now: NOW, scores: true }).scores.map((line) => line.replace(' allocation score on', '').replace('pcmk__primitive_assign: ', ''));
}

const dummy = (id: string, meta: Readonly<Record<string, string>> = {}): string => {
  const pairs = Object.entries(meta).map(([name, value]) => `<nvpair id="${id}-${name}" name="${name}" value="${value}"/>`);
  return `<primitive id="${id}" class="ocf" provider="pacemaker" type="Dummy"><meta_attributes id="${id}-meta">${pairs.join('')}</meta_attributes></primitive>`;
};
const location = (rsc: string, node: string, score: string, id = `${rsc}-${node}-${score}`): string => `<rsc_location id="${id}" rsc="${rsc}" node="${node}" score="${score}"/>`;
const colocation = (rsc: string, withRsc: string, score: string): string => `<rsc_colocation id="${rsc}-${withRsc}" rsc="${rsc}" with-rsc="${withRsc}" score="${score}"/>`;

describe('locations', () => {
  it('that name an unknown node are void, the wish for exclusive discovery included', () => {
    const exclusive = '<rsc_location id="l" rsc="a" node="nowhere" score="100" resource-discovery="exclusive"/>';
    expect(scores({ resources: dummy('a'), constraints: exclusive })).toEqual(['a n1: 0', 'a n2: 0']);
    expect(scores({ resources: dummy('a'), constraints: exclusive.replace('nowhere', 'n1') })).toEqual(['a n1: 100', 'a n2: -INFINITY']);
  });

  it.each([
    [['INFINITY', '-1000000'], '-INFINITY'],
    [['INFINITY', '-5'], 'INFINITY'],
    [['999999', '5'], 'INFINITY'],
    [['7', '-2'], '5'],
  ])('%s on one node come to %s', (given, sum) => {
    const constraints = given.map((score, i) => location('a', 'n1', score, `l${i}`)).join('');
    expect(scores({ resources: dummy('a'), constraints })).toEqual([`a n1: ${sum}`, 'a n2: 0']);
  });

  it('of a group count in full for its first member only', () => {
    const resources = `<group id="g">${dummy('a')}${dummy('b')}</group>`;
    const lines = scores({ resources, constraints: location('g', 'n2', '10') });
    expect(lines.filter((line) => line.startsWith('pcmk__group_assign'))).toEqual([
      'pcmk__group_assign: g n1: 0', 'pcmk__group_assign: g n2: 10', 'pcmk__group_assign: a n1: 0', 'pcmk__group_assign: a n2: 10', 'pcmk__group_assign: b n1: 0', 'pcmk__group_assign: b n2: 0',
    ]);
  });

  it('are the only nodes there are in an asymmetric cluster', () => {
    expect(scores({ resources: dummy('a'), constraints: location('a', 'n2', '3'), options: { 'symmetric-cluster': 'false' } })).toEqual(['a n2: 3']);
  });
});

describe('colocation', () => {
  it('bans a dependent from every other node when it is mandatory', () => {
    expect(scores({ resources: dummy('a') + dummy('b'), constraints: colocation('b', 'a', 'INFINITY') })).toEqual(['a n1: 0', 'a n2: 0', 'b n1: 0', 'b n2: -INFINITY']);
  });

  it.each([
    ['3', '2'],
    ['5', '3'],
    ['-3', '-2'],
    ['-1', '-1'],
  ])('of half the weight turns a wish of %s into %s, rounded away from zero', (wish, effect) => {
    const lines = scores({ resources: dummy('a') + dummy('b'), constraints: colocation('b', 'a', '500000') + location('b', 'n1', wish) });
    expect(lines[0]).toBe(`a n1: ${effect}`);
  });

  it('passes wishes over chains, at each step weakened', () => {
    const constraints = colocation('b', 'a', '100') + colocation('c', 'b', 'INFINITY') + location('c', 'n2', '40');
    expect(scores({ resources: dummy('a') + dummy('b') + dummy('c'), constraints })[1]).toBe('a n2: 1');
  });

  it('drives a primary away from where an enemy wants to be', () => {
    const constraints = colocation('b', 'a', '-INFINITY') + location('a', 'n1', '10') + location('b', 'n1', '100');
    expect(scores({ resources: dummy('a') + dummy('b'), constraints })).toEqual(['a n1: -90', 'a n2: 0', 'b n1: 100', 'b n2: -INFINITY']);
  });
});

describe('instances', () => {
  it('are kept apart by the limit per node', () => {
    const lines = scores({ resources: `<clone id="c">${dummy('a')}</clone>` });
    expect(lines.filter((line) => !line.startsWith('pcmk'))).toEqual(['a:0 n1: 0', 'a:0 n2: 0', 'a:1 n1: -INFINITY', 'a:1 n2: 0']);
  });

  it('that could be promoted need a promotion score or a location for the role', () => {
    const clone = `<clone id="c"><meta_attributes id="c-m"><nvpair id="c-p" name="promotable" value="true"/></meta_attributes>${dummy('a')}</clone>`;
    const constraints = '<rsc_location id="l" rsc="c" role="Promoted" node="n2" score="100"/>';
    const lines = scores({ resources: clone, constraints }).filter((line) => line.includes('promotion'));
    expect(lines).toEqual(['a:1 promotion score on n2: 99', 'a:0 promotion score on n1: -1']);
  });
});

describe('colocations by sets', () => {
  const tag = (cib: string): string => cib.replace('</configuration>', '<tags><tag id="t"><obj_ref id="b"/></tag></tags></configuration>');
  const set = (score: string, ...members: string[]): string => `<rsc_colocation id="c" score="${score}"><resource_set id="s">${members.map((id) => `<resource_ref id="${id}"/>`).join('')}</resource_set></rsc_colocation>`;

  it('whose tag names the primary itself make it its own dependent', () => {
    const constraints = '<rsc_colocation id="c" rsc="t" with-rsc="b" score="5000"/>';
    const parsed = readXml(tag(clusterCib({ nodes: TWO, resources: dummy('a') + dummy('b'), constraints, offline: ['n2'] })));
    if (!parsed.ok) throw new Error(parsed.problem.message);
    expect(schedule(parsed.root, { now: NOW, scores: true }).scores).toContain('pcmk__primitive_assign: b allocation score on n2: -5000');
  });

  it('keep a member apart once, however often it is named', () => {
    const resources = dummy('a') + dummy('b', { 'resource-stickiness': '7' });
    const history = { n1: [['b', 'ocf:pacemaker:Dummy', 'start']] } as const;
    expect(scores({ resources, history, constraints: set('-INFINITY', 'b', 'a', 'b') })).toEqual(scores({ resources, history, constraints: set('-INFINITY', 'b', 'a') }));
  });

  it('end with the member before one that does not exist', () => {
    const resources = dummy('a') + dummy('b') + dummy('c');
    const wish = location('a', 'n2', '100');
    expect(scores({ resources, constraints: set('50', 'a', 'b', 'nosuch', 'c') + wish })).toEqual(scores({ resources, constraints: set('50', 'a', 'b') + wish }));
  });
});

describe('a remote connection', () => {
  it('stays unassigned while its node is configured as a cluster node, as there is no remote node then', () => {
    const remote = '<primitive id="n2" class="ocf" provider="pacemaker" type="remote"/>';
    expect(scores({ resources: remote + dummy('a') })).toEqual(['a n1: 0', 'a n2: 0']);
    expect(scores({ resources: remote.replace('n2', 'n3') + dummy('a') })).toContain('n3 n1: 0');
  });
});

describe('the record of reasons', () => {
  it('names the constraint behind every score', () => {
    const parsed = readXml(clusterCib({ nodes: TWO, resources: dummy('a') + dummy('b'), constraints: colocation('b', 'a', '-INFINITY') + location('b', 'n1', '100', 'wish') }));
    if (!parsed.ok) throw new Error(parsed.problem.message);
    const told: string[] = [];
    schedule(parsed.root, { now: NOW, recorder: { note: (reason) => void (reason.kind === 'score' && told.push(`${reason.resource} ${reason.node} ${reason.score} ${reason.cause}`)) } });
    expect(told).toContain('b n1 100 wish');
    expect(told).toContain('a n1 -100 b-a');
  });

  it('does not change the result', () => {
    const parsed = readXml(clusterCib({ nodes: TWO, resources: `<clone id="c">${dummy('a')}</clone>`, constraints: location('c', 'n1', '1') }));
    if (!parsed.ok) throw new Error(parsed.problem.message);
    const plain = schedule(parsed.root, { now: NOW, scores: true });
    const recorded = schedule(parsed.root, { now: NOW, scores: true, recorder: { note: () => undefined } });
    expect(recorded.scores).toEqual(plain.scores);
    expect(recorded.graph).toEqual(plain.graph);
  });
});

it('a long chain of resources without wishes costs no more than its length', () => {
  const count = 1500;
  const resources = Array.from({ length: count }, (_, i) => dummy(`r${i}`)).join('');
  const constraints = Array.from({ length: count - 1 }, (_, i) => colocation(`r${i + 1}`, `r${i}`, 'INFINITY')).join('');
  const wishes = scores({ resources, constraints: constraints + location(`r${count - 1}`, 'n2', '5') });
  // The last link's wish reaches the head over all others, so that nothing was passed over that matters.
  expect(wishes.slice(0, 2)).toEqual(['r0 n1: 0', 'r0 n2: 5']);
});
