// SPDX-License-Identifier: GPL-2.0-or-later
import { expect, test } from 'vitest';
import { readXml, type XmlElement } from '../../src/cib/index.ts';
import { tools } from '../../src/tools/index.ts';
import { SAMPLE } from './sample.ts';
import { runTool, type ToolOutcome } from './world.ts';

interface Run extends ToolOutcome {
  readonly cib: XmlElement;
}

/** Runs one command line as a handbook prints it. */
async function command(line: string, env: Readonly<Record<string, string>> = {}): Promise<Run> {
  const [name = '', ...argv] = line.split(' ');
  const files = new Map([['/cib.xml', SAMPLE]]);
  const outcome = await runTool(tools, name, argv, { files, env: new Map(Object.entries({ CIB_file: '/cib.xml', ...env })) });
  const read = readXml(files.get('/cib.xml')!);
  if (!read.ok) throw new Error(read.problem.message);
  return { ...outcome, cib: read.root };
}

function byId(cib: XmlElement, id: string): XmlElement | undefined {
  return [...cib.descendants()].find((one) => one.id === id);
}

test('crm_resource --list shows every resource with its state', async () => {
  const { code, stdout } = await command('crm_resource --list');
  expect(code).toBe(0);
  expect(stdout).toBe(
    [
      'Full List of Resources:',
      '  * ClusterIP\t(ocf:heartbeat:IPaddr2):\t Started',
      '  * Clone Set: clone-apache [WebSite]:',
      '    * Started: [ node1 node2 ]',
      '  * Clone Set: ms-db [db] (promotable):',
      '    * Promoted: [ node1 ]',
      '    * Unpromoted: [ node2 ]',
      '  * Email\t(ocf:heartbeat:postfix):\t Stopped (disabled)',
      '',
    ].join('\n'),
  );
});

test('crm_resource --locate tells each place, and that a resource is not running', async () => {
  expect((await command('crm_resource --resource ClusterIP --locate')).stdout).toBe('resource ClusterIP is running on: node1\n');
  const clone = (await command('crm_resource --resource clone-apache --locate')).stdout.trim().split('\n').sort();
  expect(clone).toEqual(['resource clone-apache is running on: node1', 'resource clone-apache is running on: node2']);
  expect((await command('crm_resource --resource db --locate')).stdout).toContain('resource db is running on: node1 Promoted\n');
  expect((await command('crm_resource --resource Email --locate')).stderr).toBe('resource Email is NOT running\n');
});

test('crm_resource --move without a node bans the present place', async () => {
  const { code, cib, stdout } = await command('crm_resource --resource ClusterIP --move');
  expect(code).toBe(0);
  expect(stdout).toContain("WARNING: Creating rsc_location constraint 'cli-ban-ClusterIP-on-node1'");
  expect([...byId(cib, 'cli-ban-ClusterIP-on-node1')!.entries()]).toEqual([['id', 'cli-ban-ClusterIP-on-node1'], ['rsc', 'ClusterIP'], ['role', 'Started'], ['node', 'node1'], ['score', '-INFINITY']]);
});

test('crm_resource --move of a resource in several places asks for a node', async () => {
  const { code, stderr } = await command('crm_resource --resource clone-apache --move');
  expect(code).toBe(64);
  expect(stderr).toContain("Resource 'clone-apache' not moved: active in 2 locations.");
});

test('crm_resource --move to a node makes a preference, and every spelling of --clear removes it', async () => {
  const files = new Map([['/cib.xml', SAMPLE]]);
  const world = { files, env: new Map([['CIB_file', '/cib.xml']]) };
  for (const spelling of ['--clear', '-U', '--un-move', '--unmove', '--un-migrate']) {
    expect((await runTool(tools, 'crm_resource', ['--resource', 'ClusterIP', '--move', '--node', 'node2'], world)).code).toBe(0);
    expect(files.get('/cib.xml')).toContain('<rsc_location id="cli-prefer-ClusterIP" rsc="ClusterIP" role="Started" node="node2" score="INFINITY"/>');
    const cleared = await runTool(tools, 'crm_resource', ['--resource', 'ClusterIP', spelling], world);
    expect(cleared.stdout).toBe('Removing constraint: cli-prefer-ClusterIP\n');
    expect(files.get('/cib.xml')).toContain('<constraints/>');
  }
});

test('resource options and parameters are set as the handbook writes it, with the old word for the value too', async () => {
  const stop = await command('crm_resource --resource ClusterIP --set-parameter target-role --meta --parameter-value Stopped');
  expect(stop.stdout).toBe("Set 'ClusterIP' option: id=ClusterIP-meta_attributes-target-role set=ClusterIP-meta_attributes name=target-role value=Stopped\n");
  for (const [name, value] of [['priority', '100'], ['multiple-active', 'block']] as const) {
    const { code, cib } = await command(`crm_resource --meta --resource Email --set-parameter ${name} --property-value ${value}`);
    expect(code).toBe(0);
    expect(byId(cib, `Email-meta_attributes-${name}`)?.get('value')).toBe(value);
  }
  const address = await command('crm_resource --resource ClusterIP --set-parameter ip --property-value 1.2.3.4');
  expect(byId(address.cib, 'ClusterIP-instance_attributes-ip')?.get('value')).toBe('1.2.3.4');
});

test('a pasted no-break space is not part of a node name', async () => {
  const { code, cib } = await command('crm_resource --resource ClusterIP --move --node node2\u00A0\u00A0');
  expect(code).toBe(0);
  expect(byId(cib, 'cli-prefer-ClusterIP')?.get('node')).toBe('node2');
});

test('operation defaults take the old option names and need no local node', async () => {
  const { code, cib } = await command('crm_attribute --type op_defaults --attr-name timeout --attr-value 20s');
  expect(code).toBe(0);
  expect(byId(cib, 'op_defaults-options-timeout')?.get('value')).toBe('20s');
});

test('crm_master inside an agent scores the resource of the agent on its node', async () => {
  const env = { OCF_RESOURCE_INSTANCE: 'db', OCF_RESKEY_CRM_meta_on_node: 'node2' };
  const { code, cib } = await command('crm_master -l reboot -v 3601', env);
  expect(code).toBe(0);
  expect(byId(cib, 'status-2-master-db')?.get('value')).toBe('3601');
  expect((await command('crm_master -l reboot -G -q', env)).stdout).toBe('5\n');
});

test('an agent keeps a value with bars in a property set of its own', async () => {
  const files = new Map([['/cib.xml', SAMPLE]]);
  const world = { files, env: new Map([['CIB_file', '/cib.xml']]) };
  const place = ['--type', 'crm_config', '--name', 'mysql_REPL_INFO', '-s', 'mysql_replication'];
  expect((await runTool(tools, 'crm_attribute', [...place, '-v', '192.0.2.1|bin.000001|107'], world)).code).toBe(0);
  expect(files.get('/cib.xml')).toContain('<cluster_property_set id="mysql_replication">');
  expect((await runTool(tools, 'crm_attribute', [...place, '--query', '-q'], world)).stdout).toBe('192.0.2.1|bin.000001|107\n');
});

test('crm_standby sets, shows and deletes', async () => {
  const files = new Map([['/cib.xml', SAMPLE]]);
  const world = { files, env: new Map([['CIB_file', '/cib.xml']]) };
  const standby = (argv: readonly string[]) => runTool(tools, 'crm_standby', ['-N', 'node1', ...argv], world);
  expect((await standby(['-v', 'on'])).code).toBe(0);
  expect((await standby(['-G', '-q'])).stdout).toBe('on\n');
  expect((await standby(['-D'])).stdout).toBe('Deleted nodes attribute: id=nodes-1-standby name=standby\n');
  expect((await standby(['-G'])).stdout).toBe('scope=status name=standby value=off\n');
});

test('crm_failcount adds the failures of all operations up', async () => {
  expect((await command('crm_failcount -G -r ClusterIP -N node1')).stdout).toBe('scope=status  name=fail-count-ClusterIP value=INFINITY\n');
  expect((await command('crm_failcount -G -r ClusterIP -N node1 -n monitor -I 10s -q')).stdout).toBe('2\n');
});

test('a fail count is reset by setting it to 0, as scripts of the time did when there was one for each resource', async () => {
  const reset = await command('crm_failcount -v 0 -r ClusterIP -U node1');
  expect(reset).toMatchObject(await command('crm_failcount -D -r ClusterIP -N node1').then(({ code, stdout, stderr }) => ({ code, stdout, stderr })));
  expect(await command('crm_failcount -v 5 -r ClusterIP -N node1')).toMatchObject({ code: 64, stderr: "warning: ignoring deprecated option '-v' with nonzero value\nerror: must specify a command\n" });
  expect(await command('crm_failcount -G -r ClusterIP -N node1 -l reboot -q')).toMatchObject({ code: 0, stdout: 'INFINITY\n', stderr: "warning: ignoring deprecated option '-l'\n" });
});

test('attributes of the element of a resource have their old commands', async () => {
  expect((await command('crm_resource -r ClusterIP -G type')).stdout).toBe('IPaddr2\n');
  const { code, cib } = await command('crm_resource -r ClusterIP -t primitive --set-property description --property-value address');
  expect([code, byId(cib, 'ClusterIP')?.get('description')]).toEqual([0, 'address']);
});

test('without a cluster and a CIB file every tool that needs one says so with exit code 102', async () => {
  for (const line of ['crm_resource --list', 'crm_attribute -n x -G', 'cibadmin -Q', 'crm_node -l', 'crm_standby -G -N node1', 'crm_ticket -l']) {
    const [name = '', ...argv] = line.split(' ');
    const { code, stdout, stderr } = await runTool(tools, name, argv, { files: new Map() });
    expect([line, code, stdout]).toEqual([line, 102, '']);
    expect(stderr).toMatch(/Could not connect/);
  }
});
