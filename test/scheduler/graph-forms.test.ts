// SPDX-License-Identifier: GPL-2.0-or-later
import { describe, expect, it } from 'vitest';
import { readXml } from '../../src/cib/index.ts';
import { graphToDot, writeGraph, type GraphAction, type TransitionGraph } from '../../src/scheduler/index.ts';
import { primitive, RUNNING, scheduled, STOPPED } from './running-cluster.ts';

const EMPTY: TransitionGraph = {
  clusterDelay: '60s',
  fencingTimeout: '60s',
  failedStopOffset: 'INFINITY',
  failedStartOffset: 'INFINITY',
  batchLimit: '0',
  transitionId: 1,
  synapses: [],
};

function withAction(action: Partial<GraphAction>): TransitionGraph {
  const whole: GraphAction = { id: 4, kind: 'rsc', operation: 'start', operationKey: 'A_start_0', attributes: [], parameters: [], downed: [], maintenance: [], ...action };
  return { ...EMPTY, synapses: [{ id: 0, priority: 7, action: whole, inputs: [{ id: 2, kind: 'pseudo', operation: 'stopped', operationKey: 'G_stopped_0' }] }] };
}

describe('a transition graph', () => {
  it('says by when to decide again when a rule of a parameter will change', () => {
    const end = '<date_expression id="e" operation="lt" end="2030-01-01 00:00:00Z"/>';
    const parameters = `<instance_attributes id="ia"><rule id="r">${end}</rule><nvpair id="v" name="fake" value="x"/></instance_attributes>`;
    expect(scheduled({ nodes: ['n1'], options: { 'fencing-enabled': 'false' }, resources: primitive('A', parameters) }).graph.recheckBy).toBe(Date.parse('2030-01-01T00:00:00Z') / 1000);
  });
});

describe('the XML form of a graph', () => {
  it('is a single empty element when there is nothing to do', () => {
    expect(writeGraph({ ...EMPTY, migrationLimit: '2', recheckBy: 1700000001 })).toBe(
      '<transition_graph cluster-delay="60s" fencing-timeout="60s" failed-stop-offset="INFINITY" failed-start-offset="INFINITY" batch-limit="0" transition_id="1" migration-limit="2" recheck-by="1700000001"/>\n',
    );
  });

  it('holds one action and its inputs in each synapse', () => {
    const text = writeGraph(
      withAction({
        onNode: 'n1',
        onNodeUuid: '1',
        primitive: { element: 'primitive', id: 'A', class: 'ocf', provider: 'pacemaker', type: 'Dummy' },
        attributes: [['CRM_meta_timeout', '20000']],
        parameters: [['1st', 'x']],
        downed: ['r1'],
      }),
    );
    expect(text.split('\n').slice(1, -2).map((line) => line.trim())).toEqual([
      '<synapse id="0" priority="7">',
      '<action_set>',
      '<rsc_op id="4" operation="start" operation_key="A_start_0" on_node="n1" on_node_uuid="1">',
      '<primitive id="A" class="ocf" provider="pacemaker" type="Dummy"/>',
      '<attributes CRM_meta_timeout="20000">',
      '<param name="1st" value="x"/>',
      '</attributes>',
      '<downed>',
      '<node id="r1"/>',
      '</downed>',
      '</rsc_op>',
      '</action_set>',
      '<inputs>',
      '<trigger>',
      '<pseudo_event id="2" operation="stopped" operation_key="G_stopped_0"/>',
      '</trigger>',
      '</inputs>',
      '</synapse>',
    ]);
  });

  it('comes back from a strict reader with every character a value had', () => {
    const value = 'a<b>&"c"\n\td\u0001';
    const text = writeGraph(withAction({ attributes: [['odd', value.slice(0, -1)]] }));
    expect(text).toContain('a&lt;b&gt;&amp;&quot;c&quot;&#x0A;&#x09;d');
    const read = readXml(text);
    expect(read.ok && read.root.at('synapse', 'action_set', 'rsc_op', 'attributes')?.get('odd')).toBe(value.slice(0, -1));
  });
});

describe('the drawing of a graph', () => {
  const cluster = {
    nodes: ['n1', 'n2'],
    resources: primitive('A') + primitive('B'),
    constraints: '<rsc_location id="l" rsc="A" node="n2" score="INFINITY"/>',
    history: { n1: { A: RUNNING, B: RUNNING }, n2: { A: STOPPED, B: STOPPED } },
  };

  it('shows what will be done', () => {
    expect(graphToDot(scheduled(cluster).scheduler).split('\n').slice(1, -2)).toEqual([
      '"A_monitor_10000 n2" [ style=bold color="green" fontcolor="black"]',
      '"A_start_0 n2" [ style=bold color="green" fontcolor="black"]',
      '"A_stop_0 n1" [ style=bold color="green" fontcolor="black"]',
      '"A_start_0 n2" -> "A_monitor_10000 n2" [ style = bold]',
      '"A_stop_0 n1" -> "A_start_0 n2" [ style = bold]',
    ]);
  });

  it('shows on request what could be done as well', () => {
    const text = graphToDot(scheduled(cluster).scheduler, true);
    expect(text).toContain('"B_stop_0 n1" [ style=dashed color="blue" fontcolor="black"]');
    expect(text).toContain('"B_stop_0 n1" -> "B_start_0 n1" [ style = dashed]');
  });
});
