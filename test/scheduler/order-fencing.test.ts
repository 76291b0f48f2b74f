// SPDX-License-Identifier: GPL-2.0-or-later
import { describe, expect, it } from 'vitest';
import { dateTime, readXml } from '../../src/cib/index.ts';
import { schedule } from '../../src/scheduler/index.ts';
import { tools } from '../../src/tools/index.ts';
import { runTool } from '../tools/world.ts';
import { clusterCib, dummy } from './cluster-cib.ts';

describe('fencing', () => {
  it.each([['join="member"', undefined], ['join="pending"', undefined], ['join="x"', 'peer was in an unknown state'], ['', 'peer was in an unknown state']])('of an expected member with %s has the reason %s', (join, reason) => {
    const device = '<primitive id="f" class="stonith" type="fence_xvm"/>';
    const read = readXml(clusterCib({ nodes: [['1', 'n1'], ['2', 'n2']], resources: device, options: { 'fencing-enabled': 'true' } }).replace(/(uname="n2" .*?)join="member"/, `$1${join}`));
    if (!read.ok) throw new Error(read.problem.message);
    const { scheduler } = schedule(read.root, { now: dateTime(1_790_000_000) });
    expect(scheduler.actions.find((action) => action.task === 'stonith')?.reason).toBe(reason);
  });

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

  it('that only goes along with that of a guest inside is carried out, but not told', async () => {
    // vm2 is thought to be active in the guest of vm1, which is gone: the guest of vm2 goes with its host, which is itself a guest and needs no reason.
    const guest = (id: string): string => dummy(id, `<meta_attributes id="${id}-m"><nvpair id="${id}-g" name="remote-node" value="in-${id}"/></meta_attributes>`);
    const active = '<lrm_rsc_op id="vm2_monitor_10000" operation_key="vm2_monitor_10000" operation="monitor" call-id="3" rc-code="0" op-status="0" interval="10000" transition-key="1:1:0:u" transition-magic="0:0;1:1:0:u"/>';
    const state = `<node_state id="in-vm1" uname="in-vm1" remote_node="true" in_ccm="true"><lrm id="in-vm1"><lrm_resources><lrm_resource id="vm2" class="ocf" provider="pacemaker" type="Dummy">${active}</lrm_resource></lrm_resources></lrm></node_state>`;
    const cib = clusterCib({ nodes: [['1', 'n1']], offline: ['n1'], resources: `${guest('vm1')}${guest('vm2')}<primitive id="f" class="stonith" type="fence_xvm"/>`, options: { 'fencing-enabled': 'true' } });
    const { stdout } = await runTool(tools, 'crm_simulate', ['-x', '/c.xml', '-S'], { files: new Map([['/c.xml', cib.replace('</status>', `${state}</status>`)]]) });
    expect(stdout.split('\n').filter((line) => /Fenc/.test(line) && !/\(stonith:/.test(line))).toEqual([
      "  * Fence (off) in-vm2 (resource: vm2) 'guest is unclean'",
      "  * Fence (off) in-vm1 (resource: vm1) 'guest is unclean'",
      '  * Fencing in-vm1 (reboot)',
    ]);
  });
});
