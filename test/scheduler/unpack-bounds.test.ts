// SPDX-License-Identifier: GPL-2.0-or-later
import { expect, it } from 'vitest';
import { dateTime, readXml } from '../../src/cib/index.ts';
import { clusterStatus, schedule } from '../../src/scheduler/index.ts';
import { clusterCib } from './cluster-cib.ts';

const DUMMY = '<primitive id="a" class="ocf" provider="pacemaker" type="Dummy"/>';

it.each([
  ['a clone', `<clone id="c"><meta_attributes id="m"><nvpair id="n" name="clone-max" value="2147483647"/></meta_attributes>${DUMMY}</clone>`],
  ['a bundle', '<bundle id="b"><podman image="i" replicas="2147483647"/></bundle>'],
])('%s cannot ask for more parts than any cluster has places for', (_, resources) => {
  const parsed = readXml(clusterCib({ nodes: [['1', 'n1']], resources }));
  if (!parsed.ok) throw new Error(parsed.problem.message);
  expect(clusterStatus(parsed.root, dateTime(1780315200)).resources[0]!.children.length).toBeLessThanOrEqual(1000);
});

it('a resource ordered after itself is scheduled as if it were not', () => {
  const constraints = '<rsc_order id="o" first="a" then="a"/>';
  const parsed = readXml(clusterCib({ nodes: [['1', 'n1']], resources: DUMMY, constraints }));
  if (!parsed.ok) throw new Error(parsed.problem.message);
  const operations = schedule(parsed.root, { now: dateTime(1780315200) }).graph.synapses.map((synapse) => synapse.action.operation);
  expect(operations.sort()).toEqual(['monitor', 'start']);
});
