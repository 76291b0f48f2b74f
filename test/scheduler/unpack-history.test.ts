// SPDX-License-Identifier: GPL-2.0-or-later
import { describe, expect, it } from 'vitest';
import { element, dateTime, readXml, type XmlElement } from '../../src/cib/index.ts';
import { activeEntries, clusterStatus, Role, roleName, sortedEntries, type Primitive } from '../../src/scheduler/index.ts';
import { clusterCib, type Ran } from './cluster-cib.ts';

const operation = (id: string, task: string, callId: number, more: Readonly<Record<string, string>> = {}): XmlElement =>
  element('lrm_rsc_op', { id, operation: task, 'call-id': String(callId), 'rc-code': '0', 'op-status': '0', interval: '0', ...more });
const history = (...operations: XmlElement[]): XmlElement => element('lrm_resource', { id: 'a' }, operations);

describe('the order of operations', () => {
  it('follows call ids', () => {
    expect(sortedEntries(history(operation('c', 'stop', 9), operation('a', 'start', 2), operation('b', 'monitor', 5))).map((one) => one.id)).toEqual(['a', 'b', 'c']);
  });

  it('falls back to times for equal call ids, where both have one', () => {
    const [late, early] = [operation('late', 'start', 3, { 'last-rc-change': '20' }), operation('early', 'stop', 3, { 'last-rc-change': '10' })];
    expect(sortedEntries(history(late, early)).map((one) => one.id)).toEqual(['early', 'late']);
  });

  it('puts a pending operation after those of the transition before it', () => {
    const key = (transition: number): Readonly<Record<string, string>> => ({ 'transition-magic': `0:0;1:${transition}:0:00000000-0000-0000-0000-000000000000` });
    expect(sortedEntries(history(operation('new', 'start', -1, key(8)), operation('old', 'stop', 4, key(7)))).map((one) => one.id)).toEqual(['old', 'new']);
  });

  it.each([{ 'call-id': 'g0' }, { 'call-id': '' }])('takes a call with the number %j for a pending one', (broken) => {
    const key = (transition: number): Readonly<Record<string, string>> => ({ 'transition-magic': `0:0;1:${transition}:0:00000000-0000-0000-0000-000000000000` });
    expect(sortedEntries(history(operation('stop', 'stop', 0, { ...broken, ...key(12) }), operation('start', 'start', 7, key(10)))).map((one) => one.id)).toEqual(['start', 'stop']);
  });

  it('has nothing active after the last stop', () => {
    const entries = sortedEntries(history(operation('a', 'start', 1), operation('m', 'monitor', 2, { interval: '10000' }), operation('s', 'stop', 3)));
    expect([...activeEntries(entries)]).toEqual([]);
  });
});

const DUMMY = 'ocf:pacemaker:Dummy';
const RESOURCE = '<primitive id="a" class="ocf" provider="pacemaker" type="Dummy"><operations><op id="m" name="monitor" interval="10s" ON-FAIL/></operations></primitive>';

function afterHistory(runs: readonly Ran[], onFail = ''): Primitive {
  const parsed = readXml(clusterCib({ nodes: [['1', 'n1'], ['2', 'n2']], resources: RESOURCE.replace('ON-FAIL', onFail), history: { n1: runs } }));
  if (!parsed.ok) throw new Error(parsed.problem.message);
  const resource = clusterStatus(parsed.root, dateTime(1780315200)).resources[0]!;
  if (resource.kind !== 'primitive') throw new Error('defect: expected a primitive');
  return resource;
}

describe('what a history says', () => {
  it.each<readonly [string, readonly Ran[], string]>([
    ['a start', [['a', DUMMY, 'start']], 'Started'],
    ['a stop', [['a', DUMMY, 'stop']], 'Stopped'],
    ['a probe that found nothing', [['a', DUMMY, 'monitor', 0, 7, 7]], 'Stopped'],
    ['a probe that found it', [['a', DUMMY, 'monitor', 0, 0, 7]], 'Started'],
    ['a probe that found it promoted', [['a', DUMMY, 'monitor', 0, 8, 7]], 'Promoted'],
    ['a probe without the agent', [['a', DUMMY, 'monitor', 0, 5, 7]], 'Stopped'],
    ['a failed probe', [['a', DUMMY, 'monitor', 0, 1, 7]], 'Started'],
  ])('after %s', (_, runs, role) => {
    expect(roleName(afterHistory(runs).role)).toBe(role);
  });

  it.each([
    ['nothing configured: it failed and has to be stopped', '', { isFailed: true, isStopNeeded: true, isBlocked: false }],
    ['on-fail=ignore: all is well', 'on-fail="ignore"', { isFailed: false, isStopNeeded: false, isBlocked: false }],
    ['on-fail=block: nobody touches it', 'on-fail="block"', { isFailed: true, isStopNeeded: false, isBlocked: true }],
  ])('of a failed monitor with %s', (_, onFail, expected) => {
    const resource = afterHistory([['a', DUMMY, 'start'], ['a', DUMMY, 'monitor', 10000, 1, 0]], onFail);
    expect({ isFailed: resource.isFailed, isStopNeeded: resource.isStopNeeded, isBlocked: resource.isBlocked }).toEqual(expected);
  });

  it('of a failed monitor with on-fail=stop: it shall stay down everywhere', () => {
    const resource = afterHistory([['a', DUMMY, 'start'], ['a', DUMMY, 'monitor', 10000, 1, 0]], 'on-fail="stop"');
    expect(resource.nextRole).toBe(Role.stopped);
    expect(resource.allowedNodes.nodes().map((node) => resource.allowedNodes.score(node))).toEqual([-1000000, -1000000]);
  });
});

it('a result without a key of its transition has no expected result, and so is a failure', () => {
  const text = clusterCib({ nodes: [['1', 'n1']], resources: RESOURCE.replace('ON-FAIL', ''), history: { n1: [['a', DUMMY, 'start']] } });
  const isFailed = (cib: string): boolean => {
    const parsed = readXml(cib);
    if (!parsed.ok) throw new Error(parsed.problem.message);
    return clusterStatus(parsed.root, dateTime(1780315200)).resources[0]!.isFailed;
  };
  expect([text, text.replace(/ transition-key="[^"]*"/, '')].map(isFailed)).toEqual([false, true]);
});

describe('a failed migration', () => {
  /** The nodes where a resource seems to be that did not leave n1, after later results of n2. */
  function places(onTarget: readonly Ran[]): string[] {
    const text = clusterCib({ nodes: [['1', 'n1'], ['2', 'n2']], resources: RESOURCE.replace('ON-FAIL', ''), history: { n1: [['a', DUMMY, 'start'], ['a', DUMMY, 'migrate_to', 0, 1]], n2: onTarget } })
      .replace('operation="migrate_to"', '$& migrate_source="n1" migrate_target="n2"').replaceAll(/(operation="monitor".*?last-rc-change=")1406985886/g, '$11406985999');
    const parsed = readXml(text);
    if (!parsed.ok) throw new Error(parsed.problem.message);
    return clusterStatus(parsed.root, dateTime(1780315200)).resources[0]!.runningOn.map((node) => node.name).sort();
  }
  const probed: Ran = ['a', DUMMY, 'monitor', 0, 7, 7];

  it('left nothing on a target where a later probe found nothing', () => {
    expect(places([probed])).toEqual(['n1']);
  });

  // The reference looks for one such monitor and takes none when there are two.
  it('may have left the resource on a target that was also seen by a monitor for stopped resources', () => {
    expect(places([probed, ['a', DUMMY, 'monitor', 20000, 7, 7]])).toEqual(['n1', 'n2']);
  });
});
