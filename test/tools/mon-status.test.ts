// SPDX-License-Identifier: GPL-2.0-or-later
/** What crm_mon makes of the status section. */
import { expect, test } from 'vitest';
import { tools } from '../../src/tools/index.ts';
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
