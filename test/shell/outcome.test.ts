// SPDX-License-Identifier: GPL-2.0-or-later
/** What pending changes would make the cluster do. */
import { describe, expect, it } from 'vitest';
import { aShell, EMPTY_CIB, type ShellUnderTest } from './a-shell.ts';

const node = (id: number): string => `<node id="${id}" uname="node${id}"/>`;
/** Node states say what runs: resource ids with a finished start. */
const state = (id: number, ...running: string[]): string =>
  `<node_state id="${id}" uname="node${id}" in_ccm="true" crmd="online" join="member" expected="member"><lrm id="${id}"><lrm_resources>${running
    .map((one) => `<lrm_resource id="${one}" class="ocf" provider="quorate" type="Dummy"><lrm_rsc_op id="${one}_last_0" operation="start" crm_feature_set="3.20.5" op-digest="f2317cad3d54cec5d7d7aa7d0bf35cf8" operation_key="${one}_start_0" transition-key="1:1:0:u" transition-magic="0:0;1:1:0:u" call-id="5" rc-code="0" op-status="0" interval="0"/></lrm_resource>`)
    .join('')}</lrm_resources></lrm></node_state>`;
const primitive = (id: string): string => `<primitive id="${id}" class="ocf" provider="quorate" type="Dummy"><meta_attributes id="${id}-m"><nvpair id="${id}-p" name="priority" value="1"/></meta_attributes></primitive>`;

/** `a` runs on node1. */
const RUNNING = `<cib validate-with="pacemaker-4.0" admin_epoch="0" epoch="7" num_updates="3" have-quorum="1"><configuration><crm_config><cluster_property_set id="o"><nvpair id="s" name="stonith-enabled" value="false"/></cluster_property_set></crm_config><nodes>${node(1)}${node(2)}</nodes><resources>${primitive('a')}</resources><constraints/></configuration><status>${state(1, 'a')}${state(2)}</status></cib>`;

async function outcomeOf(cib: string, ...changes: string[]): Promise<string> {
  const { out, err } = await aShell({ cib }).feed(`configure\n${changes.join('\n')}\nshow changed outcome\nrefresh\n`);
  return out + err;
}

describe('show changed outcome', () => {
  it('tells where a new resource would start', async () => {
    expect(await outcomeOf(RUNNING, 'primitive b ocf:quorate:Dummy')).toBe('Would be done because of the changes (CIB 0.7.3):\n  * Start      b       ( node2 )\n');
  });

  it('tells that a running resource would move, and why', async () => {
    expect(await outcomeOf(RUNNING, 'location away a -inf: node1')).toContain('* Move       a       ( node1 -> node2 )');
  });

  it('tells that a resource would stop when it is deleted', async () => {
    const { out } = await aShell({ cib: RUNNING }).feed('configure\ndelete --force a\nshow changed outcome\nrefresh\n');
    expect(out).toContain('* Stop       a       ( node1 )');
  });

  it('says that nothing would be done because of a change that concerns nothing that runs', async () => {
    expect(await outcomeOf(RUNNING, 'location fine a 10: node1')).toBe('Nothing would be done because of the changes (CIB 0.7.3)\n');
  });

  it('keeps apart what the cluster is about to do anyway', async () => {
    const due = RUNNING.replace(primitive('a'), primitive('a') + primitive('waiting'));
    const text = await outcomeOf(due, 'primitive b ocf:quorate:Dummy meta target-role=Stopped');
    expect(text).toContain('Nothing would be done because of the changes');
    expect(text).toMatch(/Is due anyway:\n {2}\* Start +waiting/);
  });

  it('says that no node is online', async () => {
    expect(await outcomeOf(EMPTY_CIB, 'primitive b ocf:quorate:Dummy')).toBe('Nothing would be done: no node is online (CIB 0.1.0)\n');
  });

  it('refuses a configuration that does not fit its schema', async () => {
    expect(await outcomeOf(RUNNING, 'xml <rsc_order id="o1" first="a" then="nowhere" kind="Sometimes"/>')).toContain('has no outcome ("verify" says what is wrong)');
  });

  it('is decided on what others committed meanwhile', async () => {
    const shell = aShell({ cib: RUNNING });
    await aWaitingChange(shell, 'primitive b ocf:quorate:Dummy');
    await shell.run('configure', 'location', 'elsewhere', 'a', '-inf:', 'node2');
    await shell.run('configure', 'node', 'node2', 'attributes', 'standby=on');
    const { out } = await shell.type(['configure', 'show changed outcome'], ['y', 'n']);
    expect(out).toContain('* Start      b       ( node1 )');
  });

  it('is not told where others changed the same object meanwhile', async () => {
    const shell = aShell({ cib: RUNNING });
    await aWaitingChange(shell, 'set a.priority 2');
    await shell.run('configure', 'set', 'a.priority', '3');
    const { out, err } = await shell.type(['configure', 'show changed outcome'], ['y', 'n']);
    expect(err).toContain('  a: changed here, changed by someone else\n');
    expect(out).not.toContain('Would be done');
  });
});

/** A change that another terminal left behind; the next shell is asked whether to go on with it. */
async function aWaitingChange(shell: ShellUnderTest, line: string): Promise<void> {
  await shell.type(['configure', line], ['c', 'c']);
  const file = [...shell.files.keys()].find((name) => name.endsWith('/pending-1.json'))!;
  shell.files.set(file.replace('-1.', '-999999999.'), shell.files.get(file)!);
  shell.files.delete(file);
}

describe('show changed', () => {
  it('begins with nothing where the configuration was empty', async () => {
    const cib = EMPTY_CIB.replace(/<nodes>.*<\/nodes>/, '<nodes/>');
    const { out } = await aShell({ cib }).feed('configure\nprimitive a ocf:quorate:Dummy\nshow changed\nrefresh\n');
    expect(out).toBe('@@ -0,0 +1,1 @@\n+primitive a ocf:quorate:Dummy\n');
  });
});

describe('show changed patch', () => {
  it('has every change as XML, also what was deleted', async () => {
    const { out } = await aShell({ cib: RUNNING }).feed('configure\ndelete --force a\nprimitive b ocf:quorate:Dummy\nshow changed patch\nrefresh\n');
    expect(out).toContain('<diff format="2">');
    expect(out).toMatch(/<change operation="delete" path="\/cib\/configuration\/resources\/primitive\[@id='a'\]"\/>/);
    expect(out).toMatch(/<change operation="create" path="\/cib\/configuration\/resources"[^>]*>\s*<primitive id="b"/);
  });

  it('hides secrets, but shows that they changed', async () => {
    const { out } = await aShell({ cib: RUNNING }).feed('configure\nprimitive b ocf:heartbeat:oracle params sid=x monpassword=first\ncommit force\nset b.monpassword second\nshow changed patch\nrefresh\n');
    expect(out).toContain('****** (changed)');
    expect(out).not.toMatch(/first|second/);
  });
});
