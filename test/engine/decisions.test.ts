// SPDX-License-Identifier: GPL-2.0-or-later
/** The small decisions of the daemons, as tables. */
import { describe, expect, it } from 'vitest';
import { expandValue } from '../../src/engine/attributes/values.ts';
import { failureUpdates, failurePattern, type Failure } from '../../src/engine/controller/failures.ts';
import { nextState } from '../../src/engine/controller/states.ts';
import { planFencing } from '../../src/engine/fencer/plan.ts';
import { levelsFor } from '../../src/engine/fencer/topology.ts';
import { VoteQuorum, type QuorumSettings } from '../../src/engine/membership/quorum.ts';
import { decideSync, type Announcement } from '../../src/engine/store/sync.ts';
import { mayRunInside } from '../../src/engine/supervisor/inside.ts';
import { parseQuickLine, quickQuestion } from '../../src/engine/supervisor/quick.ts';
import { Simulation } from '../../src/platform/sim/index.ts';
import { xml } from './cluster-in-simulation.ts';

describe('votequorum', () => {
  it.each<[string, Omit<QuorumSettings, 'expectedVotes'>, number, number[][], boolean]>([
    ['two of three', {}, 3, [[1, 2]], true],
    ['one of three', {}, 3, [[1]], false],
    ['half of four', {}, 4, [[1, 2, 3, 4], [1, 2]], false],
    ['half of four that holds the lowest node, with a tie breaker', { autoTieBreaker: true }, 4, [[1, 2, 3, 4], [1, 2]], true],
    ['half of four without the lowest node', { autoTieBreaker: true }, 4, [[1, 2, 3, 4], [3, 4]], false],
    ['one of two in two-node mode', { isTwoNode: true, waitForAll: false }, 2, [[2]], true],
    ['one of two that has not yet seen the other', { isTwoNode: true }, 2, [[2]], false],
    ['one of two that has seen the other', { isTwoNode: true }, 2, [[1, 2], [2]], true],
    ['two of three after a fourth had come', {}, 3, [[1, 2, 3, 4], [1, 2]], false],
  ])('%s', (_name, settings, expectedVotes, steps, isQuorate) => {
    const quorum = new VoteQuorum({ expectedVotes, ...settings }, new Simulation(1).disk, '/wait');
    for (const members of steps) quorum.update(members);
    expect(quorum.state.isQuorate).toBe(isQuorate);
  });

  it('remembers on disk that all nodes have been seen', () => {
    const { disk } = new Simulation(1);
    new VoteQuorum({ expectedVotes: 2, isTwoNode: true }, disk, '/wait').update([1, 2]);
    const rebooted = new VoteQuorum({ expectedVotes: 2, isTwoNode: true }, disk, '/wait');
    expect(rebooted.update([1]).isQuorate).toBe(true);
  });

  it('shrinks with the last men standing', () => {
    const quorum = new VoteQuorum({ expectedVotes: 4, lastManStanding: true }, new Simulation(1).disk, '/wait');
    quorum.update([1, 2, 3]);
    quorum.shrink();
    expect(quorum.update([1, 2]).isQuorate).toBe(true);
  });
});

describe('agreement on a document', () => {
  const announcement = (node: number, changes: Partial<Announcement>): Announcement => ({ node, version: [0, 1, 0], digest: `d${node}`, isDc: false, quorate: 0, ...changes });
  it.each<[string, Announcement[], ReturnType<typeof decideSync>]>([
    ['equal documents', [announcement(1, { digest: 'x' }), announcement(2, { digest: 'x' })], { kind: 'equal' }],
    ['the newer version', [announcement(1, {}), announcement(2, { version: [0, 2, 0] })], { kind: 'take-from', node: 2, above: undefined }],
    ['the DC at equal versions', [announcement(1, {}), announcement(2, { isDc: true })], { kind: 'take-from', node: 2, above: undefined }],
    ['the lowest node else', [announcement(2, {}), announcement(1, {})], { kind: 'take-from', node: 1, above: undefined }],
    ['the later quorum, lifted above the higher version', [announcement(1, { version: [0, 9, 3] }), announcement(2, { quorate: 8 })], { kind: 'take-from', node: 2, above: [0, 9, 3] }],
  ])('takes %s', (_name, announcements, decision) => {
    expect(decideSync(announcements)).toEqual(decision);
  });
});

describe('fail counts', () => {
  const failure: Failure = { resource: 'A', action: 'monitor', intervalMs: 10_000, node: 'n', epochSeconds: 5, isForced: false, isIgnored: false, startOffset: 'INFINITY', stopOffset: 'INFINITY' };
  it.each<[string, Partial<Failure>, (string | undefined)[]]>([
    ['a recurring monitor counts one', {}, ['value++', '5']],
    ['a probe does not count', { intervalMs: 0 }, []],
    ['a failure from outside counts one', { action: 'asyncmon', intervalMs: 0, isForced: true }, ['value++', '5']],
    ['a fatal start counts infinity', { action: 'start', intervalMs: 0 }, ['INFINITY', '5']],
    ['a start counts one if it is not fatal', { action: 'start', intervalMs: 0, startOffset: '1' }, ['value++', '5']],
    ['a stop counts infinity', { action: 'stop', intervalMs: 0 }, ['INFINITY', '5']],
    ['an ignored failure only leaves its time', { isIgnored: true }, ['5']],
  ])('%s', (_name, changes, values) => {
    expect(failureUpdates({ ...failure, ...changes }).map(({ value }) => value)).toEqual(values);
  });

  it.each([
    ['value++', '1', '2'],
    ['value+=5', undefined, '5'],
    ['value++', 'INFINITY', 'INFINITY'],
    ['value+=1000000', '3', 'INFINITY'],
    ['plain', '1', 'plain'],
  ])('%s on %s is %s', (text, present, value) => {
    expect(expandValue(text, 'fail-count-A', present)).toBe(value);
  });

  it.each([
    ['A', 'fail-count-A#monitor_10000', true],
    ['A', 'last-failure-A:1#start_0', true],
    ['A', 'fail-count-AB#start_0', false],
    ['a.b', 'fail-count-axb#start_0', false],
    [undefined, 'fail-count-Z#stop_0', true],
  ])('a clean-up of %s concerns %s: %s', (resource, name, isConcerned) => {
    expect(new RegExp(failurePattern(resource, undefined, undefined)).test(name)).toBe(isConcerned);
  });
});

describe('states of a controller', () => {
  it.each([
    ['STARTING', 'pending', 'PENDING'],
    ['PENDING', 'election', 'ELECTION'],
    ['ELECTION', 'election-dc', 'INTEGRATION'],
    ['IDLE', 'node-join', 'INTEGRATION'],
    ['TRANSITION_ENGINE', 'pe-calc', 'POLICY_ENGINE'],
    ['NOT_DC', 'pe-calc', 'NOT_DC'],
    ['IDLE', 'stop', 'STOPPING'],
    ['STOPPING', 'election', 'STOPPING'],
  ] as const)('%s with %s becomes %s', (from, input, to) => {
    expect(nextState(from, input)).toBe(to);
  });
});

describe('fencing plans', () => {
  const base = { action: 'reboot' as const, target: 3, offers: new Map([[1, ['a', 'b']], [2, ['a']], [3, ['a']]]), levels: [], hasWatchdog: false, me: 1 };

  it('prefer this node, then others, then the target itself', () => {
    expect(planFencing(base)[0]).toEqual([{ device: 'a', action: 'reboot', peers: [1, 2, 3], isOptional: false }]);
  });

  it('switch everything of a level off, and on again if that works', () => {
    const [way] = planFencing({ ...base, levels: [{ index: 1, devices: ['a', 'b'] }] });
    expect(way?.map(({ device, action, isOptional }) => [device, action, isOptional])).toEqual([['a', 'off', false], ['b', 'off', false], ['a', 'on', true], ['b', 'on', true]]);
  });

  it('use the watchdog when no device can be used', () => {
    const ways = planFencing({ ...base, offers: new Map(), hasWatchdog: true });
    expect(ways).toEqual([[{ device: 'watchdog', action: 'reboot', peers: [1], isOptional: false }]]);
  });

  it('leave out a level with a device that nobody can use', () => {
    const ways = planFencing({ ...base, levels: [{ index: 1, devices: ['a', 'missing'] }, { index: 2, devices: ['b'] }], hasWatchdog: true });
    expect(ways.map((way) => way.map(({ device }) => device))).toEqual([['b']]);
  });

  it('take the levels of a node by name, pattern or attribute, in order', () => {
    const cib = xml('<cib><configuration><fencing-topology><fencing-level id="a" target="n1" index="2" devices="d2"/><fencing-level id="b" target-pattern="n." index="1" devices="d1,d0"/><fencing-level id="c" target-attribute="rack" target-value="5" index="3" devices="d3"/><fencing-level id="d" target="n2" index="1" devices="x"/></fencing-topology></configuration></cib>');
    expect(levelsFor(cib, 'n1', (name) => (name === 'rack' ? '5' : undefined))).toEqual([
      { index: 1, devices: ['d1', 'd0'] },
      { index: 2, devices: ['d2'] },
      { index: 3, devices: ['d3'] },
    ]);
  });
});

describe('questions of agents', () => {
  it.each<[string, string[], unknown]>([
    ['crm_master', ['-l', 'reboot', '-v', '10'], { kind: 'set', name: 'master-db', node: 'n1', value: '10' }],
    ['crm_master', ['-v10', '-lreboot'], { kind: 'set', name: 'master-db', node: 'n1', value: '10' }],
    ['crm_master', ['-D', '--lifetime=reboot'], { kind: 'set', name: 'master-db', node: 'n1', value: undefined }],
    ['crm_master', ['-v', '10'], undefined],
    ['crm_attribute', ['--promotion', '--update=7'], { kind: 'set', name: 'master-db', node: 'n1', value: '7' }],
    ['crm_attribute', ['-N', 'n2', '-n', 'x', '-l', 'reboot', '--query', '-q'], { kind: 'get', name: 'x', node: 'n2' }],
    ['crm_attribute', ['-n', 'x', '-l', 'reboot', '-G', '-q', '-d', '7'], { kind: 'get', name: 'x', node: 'n1', otherwise: '7' }],
    ['crm_attribute', ['-n', 'x', '-l', 'reboot', '-v', '1', '-d', '7'], undefined],
    ['crm_attribute', ['-N', 'n2', '-n', 'x', '-v', '1'], undefined],
    ['crm_attribute', ['-n', 'x', '-l', 'reboot', '--query'], undefined],
    ['crm_attribute', ['--something'], undefined],
  ])('%s %s', (tool, args, question) => {
    const request = parseQuickLine(['/pipe', tool, 'n1', 'db', ...args].join('\x1f'));
    expect(quickQuestion(request!)).toEqual(question);
  });

  it.each<[string, string, boolean]>([
    ['attrd_updater', '-n pingd -v 100 -d 5s', true],
    ['attrd_updater', '-n pingd -Q --output-to=/tmp/x', false],
    ['crm_attribute', '-l forever -n x -G', true],
    ['crm_attribute', '--list-options=cluster', false],
    ['crm_node', '-l', true],
    ['crm_node', '-R n1 -f', false],
    ['crm_failcount', '-G -r a', true],
    ['crm_failcount', '-D -r a', false],
    ['crm_resource', '-r a -z -p cpu -v 2', true],
    ['crm_resource', '--resource=a --utilization --delete-parameter=cpu', true],
    ['crm_resource', '-r a --restart', false],
    ['crm_resource', '-r a', false],
    ['crm_mon', '-1 --output-as=xml', true],
    ['crm_mon', '-1Arf', true],
    ['crm_mon', '-r', false],
    ['crm_mon', '-1 -d -p /x', false],
    ['cibadmin', '-Q --xpath //node', true],
    ['cibadmin', '-Ql', true],
    ['cibadmin', '-Q -x file', false],
    ['cibadmin', '-C -o nodes -X <node/>', false],
    ['crm_simulate', '-Ls', false],
  ])('%s %s may run inside: %s', (tool, words, isInside) => {
    expect(mayRunInside(tool, words.split(' '))).toBe(isInside);
  });
});
