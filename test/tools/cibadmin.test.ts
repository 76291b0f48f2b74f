// SPDX-License-Identifier: GPL-2.0-or-later
/** cibadmin on a CIB file: what a scope means, and where the input comes from. */
import { expect, test } from 'vitest';
import { tools } from '../../src/tools/index.ts';
import { SAMPLE } from './sample.ts';
import { runTool, type ToolOutcome } from './world.ts';

async function run(...argv: string[]): Promise<ToolOutcome & { readonly cib: string }> {
  const files = new Map([['/cib.xml', SAMPLE], ['/in.xml', '<primitive id="fromfile" class="ocf" provider="p" type="t"/>']]);
  const outcome = await runTool(tools, 'cibadmin', argv, { files, env: new Map([['CIB_file', '/cib.xml']]), input: '<primitive id="frompipe" class="ocf" provider="p" type="t"/>' });
  return { ...outcome, cib: files.get('/cib.xml')! };
}

test('a scope that no CIB has is told, and the whole CIB is meant', async () => {
  const query = await run('-Q', '-o', 'bogus');
  expect(query.code).toBe(0);
  expect(query.stdout).toContain('<cib ');
  expect(query.stderr).toBe("Invalid value 'bogus' for '--scope'. Operation will apply to the entire CIB\n");
  expect((await run('-D', '-o', 'bogus', '-X', '<node id="2"/>')).cib).not.toContain('<node id="2"');
});

test('deleting from a section that is not there is done already', async () => {
  expect(await run('-D', '-o', 'acls', '-X', '<acl_role id="r"/>')).toEqual({ code: 0, stdout: '', stderr: '', cib: SAMPLE });
});

test('of scope and XPath the last counts', async () => {
  expect((await run('-Q', '-A', '//node', '-o', 'constraints')).stdout).toBe('<constraints/>\n');
  expect((await run('-Q', '-o', 'constraints', '-A', "//node[@id='1']")).stdout).toBe('<node id="1" uname="node1"/>\n');
});

test('a file counts before text, and text before standard input', async () => {
  const created = (text: string): boolean[] => ['fromfile', 'fromtext', 'frompipe'].map((id) => text.includes(`<primitive id="${id}"`));
  const text = '<primitive id="fromtext" class="ocf" provider="p" type="t"/>';
  expect(created((await run('-C', '-o', 'resources', '-p', '-X', text, '-x', '/in.xml')).cib)).toEqual([true, false, false]);
  expect(created((await run('-C', '-o', 'resources', '-X', text, '-p')).cib)).toEqual([false, true, false]);
});

test('without an XPath delete-all deletes what delete deletes', async () => {
  const { code, cib } = await run('-d', '-f', '-o', 'nodes', '-X', '<node id="2"/>');
  expect(code).toBe(0);
  expect(cib).not.toContain('<node id="2"');
  expect(cib).toContain('<node id="1"');
});
