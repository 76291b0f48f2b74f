// SPDX-License-Identifier: GPL-2.0-or-later
import { describe, expect, it } from 'vitest';
import { dateTime, readXml } from '../../src/cib/index.ts';
import { schedule } from '../../src/scheduler/index.ts';
import { clusterCib } from './cluster-cib.ts';

describe('fencing', () => {
  it('of a guest needs something managed, and a collective is managed even when its members are not', () => {
    // Fencing is on and there is no device, so that every primitive becomes unmanaged; the bundle itself does not.
    const bundle = '<bundle id="B"><podman image="i:1"/><network control-port="3121"/><primitive id="in" class="ocf" provider="pacemaker" type="Dummy"/></bundle>';
    const probed = '<lrm_rsc_op id="in_last_0" operation_key="in_monitor_0" operation="monitor" call-id="20" rc-code="0" op-status="0" interval="0" transition-key="1:1:7:u" transition-magic="0:0;1:1:7:u"/>';
    const guest = `<node_state id="B-0" uname="B-0" remote_node="true" in_ccm="true"><lrm id="B-0"><lrm_resources><lrm_resource id="in" class="ocf" provider="pacemaker" type="Dummy">${probed}</lrm_resource></lrm_resources></lrm></node_state>`;
    const read = readXml(clusterCib({ nodes: [['1', 'n1']], resources: bundle, options: { 'fencing-enabled': 'true' } }).replace('</status>', `${guest}</status>`));
    if (!read.ok) throw new Error(read.problem.message);
    const { graph } = schedule(read.root, { now: dateTime(1_790_000_000) });
    expect(graph.synapses.map(({ action }) => action.operationKey)).toContain('stonith-B-0-off');
  });
});
