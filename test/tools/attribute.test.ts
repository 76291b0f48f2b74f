// SPDX-License-Identifier: GPL-2.0-or-later
/** crm_attribute on a CIB file. */
import { expect, test } from 'vitest';
import { tools } from '../../src/tools/index.ts';
import { SAMPLE } from './sample.ts';
import { runTool, type ToolOutcome } from './world.ts';

const GUEST = SAMPLE.replace('<meta_attributes id="Email-meta_attributes">', '<meta_attributes id="Email-meta_attributes"><nvpair id="Email-guest" name="remote-node" value="guest1"/>');

async function run(...argv: string[]): Promise<ToolOutcome & { readonly cib: string }> {
  const files = new Map([['/cib.xml', GUEST]]);
  const outcome = await runTool(tools, 'crm_attribute', argv, { files, env: new Map([['CIB_file', '/cib.xml']]) });
  return { ...outcome, cib: files.get('/cib.xml')! };
}

test('a permanent attribute of a guest node gives it an entry among the nodes', async () => {
  const { code, cib } = await run('-n', 'rack', '-v', '4', '-N', 'guest1');
  expect(code).toBe(0);
  expect(cib).toContain('<node type="remote" id="guest1" uname="guest1">');
  expect(cib).toContain('<nvpair id="nodes-guest1-rack" name="rack" value="4"/>');
});

test('a default is told with the id and the node that were asked for', async () => {
  expect((await run('-n', 'nosuch', '-G', '-d', 'x', '-i', 'some')).stdout).toBe('scope=crm_config id=some name=nosuch value=x\n');
  expect((await run('-n', 'nosuch', '-G', '-d', 'x', '-N', 'node1', '--output-as=xml')).stdout).toContain('<attribute name="nosuch" value="x" scope="nodes" host="node1"/>');
});
