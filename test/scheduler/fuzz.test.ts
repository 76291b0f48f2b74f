// SPDX-License-Identifier: GPL-2.0-or-later
import { describe, expect, it } from 'vitest';
import { dateTime, readXml, validateCib } from '../../src/cib/index.ts';
import { schedule } from '../../src/scheduler/index.ts';
import { clusterCib, dummy } from './cluster-cib.ts';
import { fuzz } from './fuzz.ts';
import { randomCluster } from './random/index.ts';

describe('a damaged CIB', () => {
  it('gives a result or an error, in time and in proportion', { timeout: 600_000 }, async () => {
    const { problems, readable, valid } = await fuzz(2, 0, 100);
    expect(problems).toEqual([]);
    // Damage that nothing survives would test the reader only.
    expect(readable).toBeGreaterThan(50);
    expect(valid).toBeGreaterThan(20);
  });

  it('may say that the launcher of a guest node runs on the guest itself', () => {
    const vm = dummy('vm', '<meta_attributes id="vm-meta"><nvpair id="vm-guest" name="remote-node" value="guest"/></meta_attributes>');
    const started = '<lrm_rsc_op id="vm_last_0" operation_key="vm_start_0" operation="start" call-id="3" rc-code="0" op-status="0" interval="0" transition-key="1:1:0:u" transition-magic="0:0;1:1:0:u"/>';
    const guest = `<node_state id="guest" uname="guest" remote_node="true" in_ccm="false"><lrm id="guest"><lrm_resources><lrm_resource id="vm" class="ocf" provider="pacemaker" type="Dummy">${started}</lrm_resource></lrm_resources></lrm></node_state>`;
    const read = readXml(clusterCib({ nodes: [['1', 'n1']], offline: ['n1'], resources: `${vm}<primitive id="f" class="stonith" type="fence_xvm"/>`, options: { 'fencing-enabled': 'true' } }).replace('</status>', `${guest}</status>`));
    if (!read.ok) throw new Error(read.problem.message);
    expect(schedule(read.root, { now: dateTime(1_790_000_000) }).graph.synapses).toEqual([]);
  });
});

describe('the random clusters of these tests', () => {
  it('are valid by the schema', { timeout: 600_000 }, () => {
    for (let number = 0; number < 40; number++) {
      const read = readXml(randomCluster(number).xml);
      if (!read.ok) throw new Error(read.problem.message);
      expect(validateCib(read.root), `case ${number}`).toEqual([]);
    }
  });
});
