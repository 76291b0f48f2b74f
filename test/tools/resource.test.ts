// SPDX-License-Identifier: GPL-2.0-or-later
/** crm_resource on a CIB file: which resource a name means, where settings go, what a move does. */
import { expect, test } from 'vitest';
import { tools } from '../../src/tools/index.ts';
import { SAMPLE } from './sample.ts';
import { runTool, type ToolOutcome } from './world.ts';

const UNIQUE = '<clone id="uniq"><meta_attributes id="uniq-meta"><nvpair id="uniq-unique" name="globally-unique" value="true"/></meta_attributes><primitive id="u" class="ocf" provider="heartbeat" type="Dummy"><instance_attributes id="u-params"><nvpair id="u-delay" name="delay" value="7"/></instance_attributes></primitive></clone>';
const GROUPS = '<clone id="grp-clone"><group id="grp"><primitive id="g1" class="ocf" provider="heartbeat" type="Dummy"/></group></clone>';
const BANNED = '<rsc_location id="cli-ban-ClusterIP-on-node2" rsc="ClusterIP" role="Started" node="node2" score="-INFINITY"/>';
const CIB = SAMPLE.replace('</resources>', `${UNIQUE}${GROUPS}</resources>`);

async function run(cib: string, ...argv: string[]): Promise<ToolOutcome & { readonly cib: string }> {
  const files = new Map([['/cib.xml', cib]]);
  const outcome = await runTool(tools, 'crm_resource', argv, { files, env: new Map([['CIB_file', '/cib.xml']]) });
  return { ...outcome, cib: files.get('/cib.xml')! };
}

test.each([
  ['the name of a cloned group', ['-W', '-r', 'grp'], 0, 'resource grp is NOT running'],
  ['the name of a member of a cloned group', ['-W', '-r', 'g1'], 0, 'resource g1 is NOT running'],
  ['a number that no instance has', ['-W', '-r', 'ClusterIP:0'], 105, "Resource 'ClusterIP:0' not found"],
  ['the common name of instances that differ', ['-W', '-r', 'u'], 105, "Resource 'u' not found"],
])('--locate with %s', async (_what, argv, code, message) => {
  const outcome = await run(CIB, ...argv);
  expect(outcome.code).toBe(code);
  expect(outcome.stderr).toContain(message);
});

test('an attribute of the element itself counts as a change even when it has the value, as in the reference', async () => {
  const epoch = (cib: string): number => Number(/\bepoch="(\d+)"/.exec(cib)?.[1]);
  const first = await run(CIB, '-r', 'ClusterIP', '--element', '-p', 'description', '-v', 'x');
  const second = await run(first.cib, '-r', 'ClusterIP', '--element', '-p', 'description', '-v', 'x');
  expect([epoch(first.cib), epoch(second.cib)]).toEqual([epoch(CIB) + 1, epoch(CIB) + 2]);
});

test('settings are asked for by the common name of instances that differ', async () => {
  expect(await run(CIB, '-g', 'delay', '-r', 'u')).toMatchObject({ code: 0, stdout: '7\n' });
});

test('a node is known by its name, not by its id', async () => {
  expect(await run(CIB, '-B', '-r', 'ClusterIP', '-N', '1')).toMatchObject({ code: 105, cib: CIB });
  expect((await run(CIB, '-B', '-r', 'ClusterIP', '-N', 'NODE1')).code).toBe(0);
});

test('a new setting goes into the set that is named after the resource, not into one of another name', async () => {
  const { stdout, cib } = await run(CIB, '-p', 'mode', '-v', 'fast', '-r', 'u');
  expect(stdout).toBe("Set 'u' option: id=u-instance_attributes-mode set=u-instance_attributes name=mode value=fast\n");
  expect(cib).toContain('<instance_attributes id="u-params">');
});

test('a message about the clone of a numbered instance names the instance as it was given', async () => {
  const { stdout } = await run(CIB, '-m', '-p', 'target-role', '-v', 'Started', '-r', 'WebSite:0');
  expect(stdout).toContain("Performing update of 'target-role' on 'clone-apache', the parent of 'WebSite:0'");
});

test('a value is only missed when the resource exists', async () => {
  expect((await run(CIB, '-p', 'a', '-v', '', '-r', 'nosuch')).code).toBe(105);
  expect((await run(CIB, '-p', 'a', '-v', '', '-r', 'u')).code).toBe(64);
});

test('a resource that is active on two nodes is not moved, because it is not known from where', async () => {
  const twice = CIB.replace(/(operation_key="ClusterIP_monitor_0"[^>]*magic="0:)7([^>]*rc-code=")7/, (_all, before: string, between: string) => `${before}0${between}0`);
  expect((await run(twice, '-W', '-r', 'ClusterIP')).stdout.split('\n').length).toBe(3);
  expect(await run(twice, '-M', '-r', 'ClusterIP', '-N', 'node1')).toMatchObject({ code: 109, cib: twice });
});

test('a move lifts the ban of the node it goes to', async () => {
  const { code, cib } = await run(CIB.replace('<constraints/>', `<constraints>${BANNED}</constraints>`), '-M', '-r', 'ClusterIP', '-N', 'node2');
  expect(code).toBe(0);
  expect(cib).toContain('id="cli-prefer-ClusterIP"');
  expect(cib).not.toContain('id="cli-ban-ClusterIP-on-node2"');
});

test('a forced move of a clone with several active instances says that none can be chosen to leave its place', async () => {
  const { code, stdout } = await run(CIB, '-M', '-f', '-r', 'clone-apache', '-N', 'node1');
  expect(code).toBe(0);
  expect(stdout).toContain("Resource 'clone-apache' is currently active in 2 locations. One may now move to node1\n");
});

test('the promoted role of a member of a promotable clone is moved under the name of the member', async () => {
  const { stdout, cib } = await run(CIB, '-M', '--promoted', '-r', 'db', '-N', 'node2');
  expect(stdout).toBe('');
  expect(cib).toContain('<rsc_location id="cli-prefer-db" rsc="db" role="Promoted" node="node2" score="INFINITY"/>');
});

test('a move that ignores --promoted bans the old place in every role', async () => {
  const { stdout, cib } = await run(CIB, '-M', '-f', '--promoted', '-r', 'ClusterIP', '-N', 'node2');
  expect(stdout).toContain('Ignoring --promoted option: ClusterIP is not promotable');
  expect(cib).toContain('<rsc_location id="cli-ban-ClusterIP-on-node1" rsc="ClusterIP" role="Started" node="node1" score="-INFINITY"/>');
});

test('constraints of a numbered instance are not cleared, because there are none', async () => {
  expect(await run(CIB, '-U', '-r', 'WebSite:0')).toMatchObject({ code: 2, cib: CIB });
});

test('operations are listed for the name they are recorded under, and only for nodes that exist', async () => {
  expect((await run(CIB, '-o', '-r', 'WebSite')).stdout).toContain('WebSite_start_0');
  expect((await run(CIB, '-o', '-r', 'clone-apache')).stdout).toBe('');
  expect((await run(CIB, '-o', '-N', 'nosuch')).code).toBe(105);
});

test('what a node that is down remembers is listed only where it could be fenced', async () => {
  const down = CIB.replace('<node_state id="2" uname="node2" in_ccm="true" crmd="online" join="member" expected="member">', '<node_state id="2" uname="node2" in_ccm="false" crmd="offline" join="down" expected="down">');
  expect((await run(down, '-o', '-r', 'WebSite')).stdout).not.toContain('node=node2');
  expect((await run(down.replace('name="fencing-enabled" value="false"', 'name="fencing-enabled" value="true"'), '-o', '-r', 'WebSite')).stdout).toContain('node=node2');
});

test('digests tell what cannot be reloaded from the operation that knows it, whatever came after', async () => {
  const recorded = CIB.replace(/(<lrm_rsc_op id="ClusterIP_last_0" [^>]*)\/>/, '$1 op-force-restart=" ip " op-restart-digest="x"/><lrm_rsc_op id="ClusterIP_monitor_10000" operation_key="ClusterIP_monitor_10000" operation="monitor" transition-key="9:1:0:aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee" transition-magic="0:0;9:1:0:aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee" call-id="9" rc-code="0" op-status="0" interval="10000" last-rc-change="1717240001" op-secure-params=" passwd " op-secure-digest="y"/>');
  expect((await run(recorded, '--digests', '-r', 'ClusterIP', '-N', 'node1')).stdout).toMatch(/^\w{32} \(all parameters\)\n\w{32} \(non-private parameters\)\n\w{32} \(non-reloadable parameters\)\n$/);
});
