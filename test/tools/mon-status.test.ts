// SPDX-License-Identifier: GPL-2.0-or-later
/** What crm_mon makes of the status section. */
import { expect, test } from 'vitest';
import { tools } from '../../src/tools/index.ts';
import { clusterCib, dummy, DUMMY, type Ran } from '../scheduler/cluster-cib.ts';
import { SAMPLE } from './sample.ts';
import { runTool } from './world.ts';

async function mon(cib: string, ...argv: string[]): Promise<string> {
  return (await runTool(tools, 'crm_mon', ['-1', ...argv], { files: new Map([['/cib.xml', cib]]), env: new Map([['CIB_file', '/cib.xml']]) })).stdout;
}

test('a resource that is being started has that as its role, for people and for programs', async () => {
  const starting = SAMPLE.replace(/(operation_key="ClusterIP_start_0"[^>]*magic=")0:0([^>]*rc-code=")0(" op-status=")0/, '$1-1:193$2193$3-1');
  expect(await mon(starting)).toContain('* ClusterIP\t(ocf:heartbeat:IPaddr2):\t Starting node1');
  const xml = await mon(starting, '--output-as=xml');
  expect(xml).toMatch(/<resource id="ClusterIP" [^>]*role="Starting"/);
  expect(xml).not.toContain('pending="Starting"');
});

test('a fail count without an operation is that of an old release and does not count', async () => {
  const old = SAMPLE.replaceAll(/name="fail-count-ClusterIP#(?:monitor_10000|start_0)"/g, 'name="fail-count-ClusterIP"');
  expect(await mon(SAMPLE, '-f')).toContain('fail-count=1000000');
  expect(await mon(old, '-f')).not.toContain('fail-count=');
});

test('tickets stand in the order of the reference, in crm_ticket as in crm_mon', async () => {
  const tickets = SAMPLE.replace('</status>', '<tickets><ticket_state id="ticketA" granted="true"/><ticket_state id="ticketB" granted="true"/><ticket_state id="ticketC" granted="true"/></tickets></status>');
  const { stdout } = await runTool(tools, 'crm_ticket', ['-w'], { files: new Map([['/cib.xml', tickets]]), env: new Map([['CIB_file', '/cib.xml']]) });
  expect(stdout).toBe('ticketA\nticketC\nticketB\n');
  expect(await mon(tickets, '-I', 'none,tickets')).toMatch(/ticketA\t.*\n.*ticketC\t.*\n.*ticketB\t/);
});

test('that there is no DC is told whatever is asked for', async () => {
  const headless = SAMPLE.replace(/ dc-uuid="[^"]*"/, '');
  expect(await mon(headless, '-I', 'none,tickets')).toBe('Cluster Summary:\n  * Current DC: NONE\n');
  expect(await mon(headless, '-D')).toMatch(/^Cluster Summary:\n  \* Current DC: NONE\n\nNode List:/);
  expect(await mon(headless, '-I', 'none', '--output-as=xml')).toContain('<current_dc present="false"/>');
  expect(await mon(SAMPLE, '-I', 'none,tickets')).toBe('');
});

test('the loss of a ticket that fences is seen with the tickets, as constraints are read for them', async () => {
  const lost = SAMPLE.replace(/name="(?:stonith|fencing)-enabled" value="false"/, 'name="fencing-enabled" value="true"').replace('</constraints>', '<rsc_ticket id="t" rsc="ClusterIP" ticket="ticketA" loss-policy="fence"/></constraints>').replace('<constraints/>', '<constraints><rsc_ticket id="t" rsc="ClusterIP" ticket="ticketA" loss-policy="fence"/></constraints>');
  expect(await mon(lost, '-I', 'none,nodes')).not.toContain('UNCLEAN');
  const shown = await mon(lost, '-I', 'none,nodes,tickets');
  expect(shown).toContain('* Node node1: UNCLEAN (online)');
  expect(shown).toContain('* ticketA\trevoked');
});

test('in brief the nodes of an agent stand in natural order', async () => {
  const names = ['n10', 'n2', 'n1', 'N3', 'b'];
  const history = Object.fromEntries(names.map((name): [string, readonly Ran[]] => [name, [[`r${name}`, DUMMY, 'start']]]));
  const cib = clusterCib({ nodes: names.map((name, i) => [String(i + 1), name] as const), resources: names.map((name) => dummy(`r${name}`)).join(''), history });
  const { stdout } = await runTool(tools, 'crm_mon', ['-1', '-b'], { files: new Map([['/cib.xml', cib]]), env: new Map([['CIB_file', '/cib.xml']]) });
  expect([...stdout.matchAll(/Active (\w+)$/gm)].map((match) => match[1])).toEqual(['b', 'n1', 'n2', 'N3', 'n10']);
});

test('what a bundle makes up for itself stands under its node when details are asked for', async () => {
  const bundle = `<bundle id="box"><docker image="i" replicas="1"/><network ip-range-start="192.0.2.1" control-port="3121"/>${dummy('inner')}</bundle>`;
  const history: Readonly<Record<string, readonly Ran[]>> = { node1: [['box-docker-0', 'ocf:heartbeat:docker', 'start'], ['box-0', 'ocf:pacemaker:remote', 'start']] };
  const files = new Map([['/cib.xml', clusterCib({ nodes: [['1', 'node1']], resources: bundle, history })]]);
  const shown = async (options: string): Promise<boolean> => (await runTool(tools, 'crm_mon', ['-1', options], { files, env: new Map([['CIB_file', '/cib.xml']]) })).stdout.includes('* box-0\t(ocf:pacemaker:remote):\t Started');
  expect([await shown('-n'), await shown('-nR')]).toEqual([false, true]);
});
