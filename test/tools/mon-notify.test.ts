// SPDX-License-Identifier: GPL-2.0-or-later
/** What crm_mon tells an external agent: decoding of change messages in both formats, the filter, the environment. */
import { describe, expect, it } from 'vitest';
import { diffCib, diffCibVersion1, element, readXml, type XmlElement } from '../../src/cib/index.ts';
import { fencingKey, fencingNotices } from '../../src/tools/mon/agent.ts';
import { compareEvents } from '../../src/tools/mon/notify-compare.ts';
import { isWorthTelling, notifyEnvironment, type NotifyEvent, type OperationEvent } from '../../src/tools/mon/notify-event.ts';
import { messageEvents } from '../../src/tools/mon/notify-message.ts';
import { clusterCib, dummy, DUMMY, type Ran } from '../scheduler/cluster-cib.ts';

function parsed(text: string): XmlElement {
  const read = readXml(text);
  if (!read.ok) throw new Error(read.problem.message);
  return read.root;
}

/** A probe that found what it expected is forgotten: the old record stands under `diff-removed`. */
const PROBE_MESSAGE = (lrm: string): XmlElement =>
  parsed(`<notify cib_object_type="diff"><cib_generation><generation_tuple/></cib_generation><cib_update_result><diff>
<diff-removed><cib><status><node_state><lrm id="${lrm}"><lrm_resources><lrm_resource id="dbfs" type="Filesystem" class="ocf" provider="heartbeat">
<lrm_rsc_op id="dbfs_last_0" operation_key="dbfs_monitor_0" operation="monitor" transition-key="5:0:7:09952a2f-22c0-4ef5-961a-878dfbaace9b" transition-magic="0:7;5:0:7:09952a2f-22c0-4ef5-961a-878dfbaace9b" call-id="10" rc-code="7" op-status="0" interval="0"/>
</lrm_resource></lrm_resources></lrm></node_state></status></cib></diff-removed><diff-added><cib/></diff-added></diff></cib_update_result></notify>`);

const NODE_MESSAGE = parsed(`<notify cib_object_type="node_state"><cib_update><node_state id="node2" uname="node2" crmd="offline" crm-debug-origin="peer_update_callback"/></cib_update>
<cib_update_result><diff><diff-removed><cib><status><node_state crmd="online" crm-debug-origin="post_cache_update" id="node2"/></status></cib></diff-removed>
<diff-added><cib><status><node_state id="node2" uname="node2" in_ccm="false" crmd="offline" join="member" crm-debug-origin="peer_update_callback" expected="member"/></status></cib></diff-added></diff></cib_update_result></notify>`);

const asMap = (event: NotifyEvent, tellsAll = false): Map<string, string> => new Map(notifyEnvironment(event, 'admin', tellsAll));

describe('a change message', () => {
  it('gives one event per operation, decoded from its transition', () => {
    expect(messageEvents(PROBE_MESSAGE('node2'))).toEqual([{ kind: 'operation', change: 'removed', node: 'node2', resource: 'dbfs', task: 'monitor', status: 0, rc: 7, targetRc: 7 }]);
  });

  it('names a node by the id of its history where nothing better is known', () => {
    const names = (id: string): string | undefined => (id === '1084777482' ? 'pacemaker01' : undefined);
    expect(messageEvents(PROBE_MESSAGE('1084777482'), names)[0]).toMatchObject({ node: 'pacemaker01' });
    expect(messageEvents(PROBE_MESSAGE('1084777482'))[0]).toMatchObject({ node: '1084777482' });
  });

  it('about a node gives one event with what changed', () => {
    const events = messageEvents(NODE_MESSAGE);
    expect(events).toHaveLength(1);
    expect(Object.fromEntries(asMap(events[0]!))).toMatchObject({
      CRM_notify_node: 'node2',
      CRM_notify_rsc: '',
      CRM_notify_kind: 'node',
      CRM_notify_task: 'node_down',
      CRM_notify_desc: 'lost',
      CRM_notify_node_state_crmd_old: 'online',
      CRM_notify_node_state_crmd_new: 'offline',
      CRM_notify_node_state_in_ccm_new: 'false',
      CRM_notify_node_state_origin: 'peer_update_callback',
    });
  });

  it('without a difference gives nothing', () => {
    expect(messageEvents(element('notify'))).toEqual([]);
    expect(messageEvents(element('diff', { format: '2' }))).toEqual([]);
  });
});

describe('the filter', () => {
  const event = (changes: Partial<OperationEvent>): OperationEvent => ({ kind: 'operation', change: 'added', node: 'n', resource: 'r', task: 'start', status: 0, rc: 0, targetRc: 0, ...changes });
  it.each([
    ['a start', {}, true],
    ['a failed monitor', { task: 'monitor', rc: 7 }, true],
    ['a probe that finds the resource', { task: 'monitor', rc: 0, targetRc: 7 }, true],
    ['an operation under way', { status: -1, rc: 193 }, true],
    ['a probe that finds nothing', { task: 'monitor', rc: 7, targetRc: 7 }, false],
    ['a record that went', { change: 'removed' as const }, false],
    ['a clone notification', { task: 'notify' }, false],
  ] as const)('for %s says %o: %s', (_what, changes, expected) => {
    expect(isWorthTelling(event(changes), false)).toBe(expected);
    expect(isWorthTelling(event(changes), true)).toBe(true);
  });
});

describe('the environment', () => {
  it.each([
    [0, 0, 0, 'OK'],
    [0, 5, 0, 'not installed'],
    [0, 0, 7, 'ok'],
    [0, 9, 8, 'promoted (failed)'],
    [-1, 193, 0, 'pending'],
    [2, 1, 0, 'Timed Out'],
  ])('describes status %i with result %i instead of %i as %s', (status, rc, targetRc, text) => {
    const told = asMap({ kind: 'operation', change: 'added', node: 'n', resource: 'r', task: 'start', status, rc, targetRc });
    expect(told.get('CRM_notify_desc')).toBe(text);
    expect([...told.keys()].sort()).toEqual(['desc', 'node', 'rc', 'recipient', 'rsc', 'status', 'target_rc', 'task'].map((name) => `CRM_notify_${name}`));
  });

  it('says whether a record came or went when everything is told', () => {
    expect(asMap(messageEvents(PROBE_MESSAGE('node2'))[0]!, true).get('CRM_notify_change')).toBe('removed');
  });
});

const NODES = [['1', 'node1'], ['2', 'node2']] as const;
const cib = (history: Readonly<Record<string, readonly Ran[]>>, offline: readonly string[] = []): XmlElement => parsed(clusterCib({ nodes: NODES, resources: dummy('a') + dummy('b'), history, offline }));

describe('two states of a CIB', () => {
  const before = cib({ node1: [['a', DUMMY, 'monitor', 0, 7]] });
  const after = cib({ node1: [['a', DUMMY, 'start'], ['a', DUMMY, 'monitor', 10000]], node2: [['b', DUMMY, 'start', 0, 5]] });
  const expected = [
    { node: 'node1', resource: 'a', task: 'start', rc: 0 },
    { node: 'node1', resource: 'a', task: 'monitor', rc: 0 },
    { node: 'node2', resource: 'b', task: 'start', rc: 5 },
  ];

  it('differ in three operations', () => {
    expect(compareEvents(before, after)).toMatchObject(expected);
  });

  it('give the same events told as a patch of format 2', () => {
    const names = (id: string): string | undefined => NODES.find(([known]) => known === id)?.[1];
    expect(messageEvents(diffCib(before, after)!, names).filter((event) => isWorthTelling(event, false))).toMatchObject(expected);
  });

  it('give the operations that came told as a message of format 1', () => {
    const added = messageEvents(diffCibVersion1(before, after)!).filter((event) => event.kind === 'operation' && event.change === 'added');
    expect(added).toHaveLength(expected.length);
  });

  it('differ in a node that is gone, and in nothing else', () => {
    const events = compareEvents(cib({}), cib({}, ['node2']));
    expect(events).toMatchObject([{ kind: 'node', node: 'node2', isUp: false }]);
    expect(compareEvents(cib({}, ['node2']), cib({}))).toMatchObject([{ kind: 'node', node: 'node2', isUp: true }]);
    expect(compareEvents(cib({}), cib({}))).toEqual([]);
  });
});

describe('fencing', () => {
  const done = { target: 'node3', action: 'reboot', device: 'fence1', origin: 'node1', client: 'pacemaker-controld.65', state: 'success', epochMs: 1000 } as const;
  it('is told once, when it has ended, with the target as the node', () => {
    const notices = fencingNotices([{ ...done, state: 'pending' }, { ...done, epochMs: 3000, state: 'failed', exitReason: 'No such device' }, done], new Set());
    expect(notices.map(({ notice }) => [notice.target, notice.rc, notice.text])).toEqual([
      ['node3', 0, 'Operation reboot of node3 by node1 with fence1 for pacemaker-controld.65@node1: OK'],
      ['node3', -61, 'Operation reboot of node3 by node1 with fence1 for pacemaker-controld.65@node1: No such device'],
    ]);
    expect(Object.fromEntries(asMap(notices[0]!.notice))).toMatchObject({ CRM_notify_task: 'st_notify_fence', CRM_notify_rsc: '' });
    expect(fencingNotices([done], new Set([fencingKey(done)]))).toEqual([]);
  });
});
