// SPDX-License-Identifier: GPL-2.0-or-later
import { describe, expect, it } from 'vitest';
import { graphLines, meta, primitive, RUNNING, scheduled, STOPPED, type Cluster } from './running-cluster.ts';

const ONE = ['n1'];
const TWO = ['n1', 'n2'];
const FENCE_DEVICE = '<primitive id="F" class="stonith" type="fence_dummy"/>';
const PREFERS_N2 = '<rsc_location id="l" rsc="A" node="n2" score="INFINITY"/>';
const DIGEST_OF_NOTHING = 'f2317cad3d54cec5d7d7aa7d0bf35cf8';

const CASES: readonly { readonly what: string; readonly cluster: Cluster; readonly graph: readonly string[] }[] = [
  {
    what: 'a resource nobody knows is probed before it is started',
    cluster: { nodes: ONE, resources: primitive('A') },
    graph: ['A_monitor_10000@n1 <- A_start_0@n1', 'A_start_0@n1 <- A_monitor_0@n1', 'A_monitor_0@n1'],
  },
  {
    what: 'a resource that runs as configured needs nothing',
    cluster: { nodes: TWO, resources: primitive('A'), history: { n1: { A: RUNNING }, n2: { A: STOPPED } } },
    graph: [],
  },
  {
    what: 'a resource that moves is stopped first',
    cluster: { nodes: TWO, resources: primitive('A'), constraints: PREFERS_N2, history: { n1: { A: RUNNING }, n2: { A: STOPPED } } },
    graph: ['A_monitor_10000@n2 <- A_start_0@n2', 'A_start_0@n2 <- A_stop_0@n1', 'A_stop_0@n1'],
  },
  {
    what: 'a resource that may migrate does so, and its start is only a point in the order',
    cluster: {
      nodes: TWO,
      resources: primitive('A', meta('A', { 'allow-migrate': 'true' })),
      constraints: PREFERS_N2,
      history: { n1: { A: RUNNING }, n2: { A: STOPPED } },
    },
    graph: [
      'A_migrate_from_0@n2 <- A_migrate_to_0@n1',
      'A_migrate_to_0@n1',
      'A_monitor_10000@n2 <- *A_start_0',
      '*A_start_0 <- A_stop_0@n1, A_migrate_from_0@n2',
      'A_stop_0@n1 <- A_migrate_from_0@n2',
    ],
  },
  {
    what: 'an order makes the second start wait for the first',
    cluster: {
      nodes: ONE,
      resources: primitive('A') + primitive('B'),
      constraints: '<rsc_order id="o" first="A" then="B"/>',
      history: { n1: { A: STOPPED, B: STOPPED } },
    },
    graph: ['A_monitor_10000@n1 <- A_start_0@n1', 'A_start_0@n1', 'B_monitor_10000@n1 <- B_start_0@n1', 'B_start_0@n1 <- A_start_0@n1'],
  },
  {
    what: 'the inverse of an order makes the first stop wait for the second',
    cluster: {
      nodes: ONE,
      resources: primitive('A', meta('A', { 'target-role': 'Stopped' })) + primitive('B', meta('B', { 'target-role': 'Stopped' })),
      constraints: '<rsc_order id="o" first="A" then="B"/>',
      history: { n1: { A: RUNNING, B: RUNNING } },
    },
    graph: ['A_stop_0@n1 <- B_stop_0@n1', 'B_stop_0@n1'],
  },
  {
    what: 'a group starts its members in order',
    cluster: { nodes: ONE, resources: `<group id="G">${primitive('A')}${primitive('B')}</group>`, history: { n1: { A: STOPPED, B: STOPPED } } },
    graph: [
      '*G_running_0 <- A_start_0@n1, B_start_0@n1, *G_start_0',
      '*G_start_0',
      'A_monitor_10000@n1 <- A_start_0@n1',
      'A_start_0@n1 <- *G_start_0',
      'B_monitor_10000@n1 <- B_start_0@n1',
      'B_start_0@n1 <- A_start_0@n1, *G_start_0',
    ],
  },
  {
    what: 'a clone starts where it is missing',
    cluster: { nodes: TWO, resources: `<clone id="C">${primitive('A')}</clone>`, history: { n1: { A: STOPPED }, n2: { A: RUNNING } } },
    graph: ['A:1_monitor_10000@n1 <- A:1_start_0@n1', 'A:1_start_0@n1 <- *C_start_0', '*C_running_0 <- A:1_start_0@n1, *C_start_0', '*C_start_0'],
  },
  {
    what: 'instances that want to know are told before and after, and monitored when all have heard',
    cluster: { nodes: ONE, resources: `<clone id="C">${meta('C', { notify: 'true' })}${primitive('A')}</clone>`, history: { n1: { A: STOPPED } } },
    graph: [
      'A_post_notify_start_0@n1 <- *C_post_notify_running_0',
      'A_monitor_10000@n1 <- A_start_0@n1, *C_confirmed-post_notify_running_0',
      'A_start_0@n1 <- *C_start_0',
      '*C_confirmed-post_notify_running_0 <- *C_post_notify_running_0, A_post_notify_start_0@n1',
      '*C_post_notify_running_0 <- *C_running_0, *C_confirmed-pre_notify_start_0',
      '*C_confirmed-pre_notify_start_0 <- *C_pre_notify_start_0',
      '*C_pre_notify_start_0',
      '*C_running_0 <- A_start_0@n1, *C_start_0',
      '*C_start_0 <- *C_confirmed-pre_notify_start_0',
    ],
  },
  {
    what: 'what ran on a lost node starts elsewhere after the node has been fenced, which implies the stop',
    cluster: {
      nodes: TWO,
      offline: ['n2'],
      options: { 'fencing-enabled': 'true' },
      resources: FENCE_DEVICE + primitive('A'),
      history: { n1: { A: STOPPED }, n2: { A: RUNNING } },
    },
    graph: [
      'F_start_0@n1 <- stonith-n2-reboot@n2, F_monitor_0@n1',
      'F_monitor_0@n1',
      'A_monitor_10000@n1 <- A_start_0@n1',
      'A_start_0@n1 <- stonith-n2-reboot@n2, *A_stop_0',
      '*A_stop_0 <- stonith-n2-reboot@n2',
      'stonith-n2-reboot@n2',
    ],
  },
  {
    what: 'a node shuts down when everything on it is stopped',
    cluster: { nodes: TWO, leaving: ['n2'], resources: primitive('A'), history: { n1: { A: STOPPED }, n2: { A: RUNNING } } },
    graph: ['A_monitor_10000@n1 <- A_start_0@n1', 'A_start_0@n1 <- A_stop_0@n2', 'A_stop_0@n2', 'do_shutdown-n2@n2 <- A_stop_0@n2'],
  },
  {
    what: 'a recurring operation that is not configured any more is cancelled',
    cluster: { nodes: ONE, resources: primitive('A'), history: { n1: { A: [...RUNNING, ['monitor', 20000, 0]] } } },
    graph: ['cancel A_monitor_20000@n1'],
  },
  {
    what: 'a changed definition restarts the resource',
    cluster: { nodes: ONE, resources: primitive('A'), history: { n1: { A: RUNNING } }, startAttributes: 'op-digest="0"' },
    graph: ['A_stop_0@n1', 'A_start_0@n1 <- A_stop_0@n1', 'A_monitor_10000@n1 <- A_start_0@n1'],
  },
  {
    what: 'a change that the agent can take up while it runs is a reload',
    cluster: {
      nodes: ONE,
      resources: primitive('A'),
      history: { n1: { A: RUNNING } },
      startAttributes: `op-digest="0" op-force-restart=" state " op-restart-digest="${DIGEST_OF_NOTHING}"`,
    },
    graph: ['A_reload-agent_0@n1', 'A_monitor_10000@n1 <- A_reload-agent_0@n1'],
  },
  {
    what: 'a resource that was removed is stopped, and its history deleted',
    cluster: { nodes: ONE, resources: '', history: { n1: { A: RUNNING } } },
    graph: ['A_stop_0@n1', 'A_delete_0@n1 <- A_stop_0@n1'],
  },
  {
    what: 'an unmanaged resource is left alone',
    cluster: { nodes: TWO, resources: primitive('A', meta('A', { 'is-managed': 'false' })), constraints: PREFERS_N2, history: { n1: { A: RUNNING }, n2: { A: STOPPED } } },
    graph: [],
  },
  {
    what: 'contradictory orders leave a graph in which both wait for each other',
    cluster: {
      nodes: ONE,
      resources: primitive('A') + primitive('B'),
      constraints: '<rsc_order id="o1" first="A" then="B"/><rsc_order id="o2" first="B" then="A"/>',
      history: { n1: { A: STOPPED, B: STOPPED } },
    },
    graph: [
      'A_monitor_10000@n1 <- A_start_0@n1',
      'A_start_0@n1 <- B_start_0@n1',
      'B_monitor_10000@n1 <- B_start_0@n1',
      'B_start_0@n1 <- A_start_0@n1',
    ],
  },
];

describe('the transition graph', () => {
  it.each(CASES)('$what', ({ cluster, graph }) => {
    expect(graphLines(cluster)).toEqual(graph);
  });

  it('numbers actions in the order in which they are made, also those it leaves out', () => {
    const { scheduler } = scheduled({ nodes: ONE, resources: primitive('A'), history: { n1: { A: RUNNING } } });
    expect(scheduler.actions.map(({ id, key }) => `${id} ${key}`)).toEqual(['1 A_monitor_10000', '2 A_stop_0', '3 A_start_0']);
  });

  it('explains a restart by the resource that caused it', () => {
    const { scheduler } = scheduled({
      nodes: ONE,
      resources: primitive('A') + primitive('B'),
      constraints: '<rsc_order id="o" first="A" then="B"/>',
      history: { n1: { A: RUNNING, B: RUNNING } },
      startAttributes: '',
    });
    expect(scheduler.actions.every((action) => action.isOptional)).toBe(true);
    const changed = scheduled({
      nodes: ONE,
      resources: primitive('A', '<instance_attributes id="A-i"><nvpair id="A-i-f" name="fake" value="1"/></instance_attributes>') + primitive('B'),
      constraints: '<rsc_order id="o" first="A" then="B"/>',
      history: { n1: { A: RUNNING, B: RUNNING } },
    });
    const reasons = new Map(changed.scheduler.actions.map((action) => [action.key, action.reason]));
    expect(reasons.get('A_start_0')).toBe('resource definition change');
    expect(reasons.get('B_start_0')).toBe('required A start');
  });
});

it('what launches a guest does not wait for its probe there, even if the configuration takes the guest for a cluster node', () => {
  const guest = '<primitive id="vm" class="ocf" provider="pacemaker" type="Dummy"><meta_attributes id="vm-m"><nvpair id="vm-r" name="remote-node" value="guest"/></meta_attributes></primitive>';
  const lines = graphLines({ nodes: ['n1', 'guest'], resources: guest, constraints: '<rsc_location id="l" rsc="vm" node="n1" score="100"/>' });
  expect(lines).toContain('vm_monitor_0@guest');
  expect(lines).toContain('vm_start_0@n1 <- vm_monitor_0@n1');
});

describe('a recorder', () => {
  it('hears which constraint or rule asked for each ordering and action', () => {
    const notes: string[] = [];
    const cluster: Cluster = { nodes: ONE, resources: primitive('A') + primitive('B'), constraints: '<rsc_order id="a-then-b" first="A" then="B"/>' };
    scheduled(cluster, {
      note: (reason) => {
        if (reason.kind === 'order') notes.push(`${reason.first} ${reason.then} ${reason.cause}`);
        if (reason.kind === 'action') notes.push(`${reason.id} ${reason.action} ${reason.cause}`);
      },
    });
    expect(notes).toContain('A_start_0 B_start_0 a-then-b');
    expect(notes).toContain('B_stop_0 A_stop_0 a-then-b');
    expect(notes).toContain('1 A_monitor_0 probe');
  });
});
