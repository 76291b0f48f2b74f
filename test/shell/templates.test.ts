// SPDX-License-Identifier: GPL-2.0-or-later
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { filled, generate, missingValues, readTemplates, writeTemplate } from '../../src/shell/commands/template/format.ts';
import { aShell, type ShellUnderTest } from './a-shell.ts';

/** What each template is asked for. */
const VALUES: ReadonlyMap<string, readonly string[]> = new Map([
  ['connectivity', ['hosts=10.0.0.1 10.0.0.2']],
  ['demo-web', ['title=A site']],
  ['drbd', ['resource=r0', 'device=/dev/drbd0', 'directory=/srv']],
  ['filesystem', ['device=/dev/sdb1', 'directory=/srv', 'fstype=ext4']],
  ['galera', ['cluster_address=gcomm://node1,node2,node3']],
  ['gfs2', ['device=/dev/sdb1', 'directory=/srv']],
  ['haproxy', ['ip=10.0.0.9']],
  ['iscsi-target', ['iqn=iqn.2024-01.org.example:disk', 'path=/dev/sdb1', 'ip=10.0.0.9']],
  ['mysql', ['replication_user=repl', 'replication_passwd=secret', 'ip=10.0.0.9']],
  ['nfs-server', ['export=/srv/a', 'clients=10.0.0.0/24', 'device=/dev/sdb1', 'directory=/srv', 'fstype=ext4', 'ip=10.0.0.9']],
  ['ocfs2', ['device=/dev/sdb1', 'directory=/srv']],
  ['postgresql', ['master_ip=10.0.0.9', 'node_list=node1 node2 node3', 'ip=10.0.0.9']],
  ['sap', ['instance=ABC_ASCS00_host', 'device=/dev/sdb1', 'directory=/usr/sap/ABC', 'fstype=xfs', 'ip=10.0.0.9']],
  ['virtual-ip', ['ip=10.0.0.9', 'netmask=24']],
  ['web', ['device=/dev/sdb1', 'directory=/srv', 'fstype=ext4', 'ip=10.0.0.9']],
]);

/** Agents of replicated services set these when they start; nobody starts them here. */
const SCORES = ['drbd-disk', 'galera-db', 'mysql-db', 'postgresql-db'];

function aNode(id: number): { readonly node: string; readonly state: string } {
  const scores = SCORES.map((name) => `<nvpair id="s${id}-${name}" name="master-${name}" value="10"/>`).join('');
  const attributes = `<transient_attributes id="${id}"><instance_attributes id="status-${id}">${scores}</instance_attributes></transient_attributes>`;
  return { node: `<node id="${id}" uname="node${id}"/>`, state: `<node_state id="${id}" uname="node${id}" in_ccm="true" crmd="online" join="member" expected="member">${attributes}</node_state>` };
}

const NODES = [aNode(1), aNode(2), aNode(3)];
const OPTIONS = '<cluster_property_set id="cib-bootstrap-options"><nvpair id="o-s" name="fencing-enabled" value="false"/></cluster_property_set>';
const THREE_NODES = `<cib validate-with="pacemaker-4.0" epoch="1" num_updates="0" admin_epoch="0" have-quorum="1"><configuration><crm_config>${OPTIONS}</crm_config><nodes>${NODES.map((one) => one.node).join('')}</nodes><resources/><constraints/></configuration><status>${NODES.map((one) => one.state).join('')}</status></cib>`;

const names = readdirSync('templates').map((name) => name.replace(/\.template$/, ''));

async function ok(shell: ShellUnderTest, program: string, ...args: string[]): Promise<string> {
  const { code, out, err } = await shell.program(program, args, []);
  expect(code, `${program} ${args.join(' ')}: ${out}${err}`).toBe(0);
  return out;
}

describe('templates', () => {
  it('are all given values here', () => {
    expect([...VALUES.keys()]).toEqual([...names].sort());
  });

  it.each(names)('%s gives a configuration without errors that survives the loss of a node', async (name) => {
    const shell = aShell({ cib: THREE_NODES, files: { '/run/systemd/system/x': '', '/etc/systemd/system/haproxy.service': '' } });
    await ok(shell, 'crm', 'script', 'run', name, ...VALUES.get(name)!);
    await ok(shell, 'crm', 'configure', 'verify');
    const started = await ok(shell, 'crm_simulate', '--live-check', '--simulate', '--save-output', '/running.xml');
    expect(started).toMatch(/Started|Promoted|Unpromoted/);
    const lost = await ok(shell, 'crm_simulate', '--xml-file', '/running.xml', '--simulate', '--node-down', 'node1');
    const after = lost.slice(lost.indexOf('Revised Cluster Status'));
    expect(after).toContain('OFFLINE: [ node1 ]');
    expect(after).not.toMatch(/Started node1|FAILED|Stopped$/m);
    expect(after).toMatch(/node[23]/);
  });

  it.each(names)('%s reads what it writes', (name) => {
    const shell = aShell();
    const text = shell.read(`templates/${name}.template`);
    const [template] = readTemplates(text);
    expect(readTemplates(writeTemplate(template!))).toEqual([template]);
  });

  it('a line with opt is left out when its value is empty, and required values are asked for', () => {
    const [template] = readTemplates('%name t\n%required\n# A\n%% a\n%optional\n# B\n%% b\n%generate\nprimitive %_ x\n\tparams a=%_:a\n\topt b=%_:b\n');
    expect(missingValues(template!)).toEqual(['a']);
    expect(generate([filled(template!, new Map([['a', '1']]))])).toBe('primitive t x \\\n\tparams a=1\n');
    expect(generate([filled(template!, new Map([['a', '1 2'], ['b', '2']]), 'id')])).toBe('primitive id x \\\n\tparams a="1 2" \\\n\tb=2\n');
  });
});
