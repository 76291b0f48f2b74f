// SPDX-License-Identifier: GPL-2.0-or-later
/** Wherever a tool takes the name of a file with XML, `-` is standard input: crmsh calls crm_diff so. */
import { expect, test } from 'vitest';
import { tools } from '../../src/tools/index.ts';
import { SAMPLE } from './sample.ts';
import { runTool } from './world.ts';

const CHANGED = SAMPLE.replace('uname="node1"', 'uname="alpha"');

async function run(tool: string, input: string, ...argv: string[]) {
  const files = new Map([['/cib.xml', SAMPLE], ['/new.xml', CHANGED]]);
  return { ...(await runTool(tools, tool, argv, { files, env: new Map([['CIB_file', '/cib.xml']]), input })), cib: files.get('/cib.xml')! };
}

test('crm_diff reads either document, and the patch, from standard input', async () => {
  const expected = await run('crm_diff', '', '-u', '-o', '/cib.xml', '-n', '/new.xml');
  expect(expected).toMatchObject({ code: 1, stderr: '' });
  expect(expected.stdout).toContain('value="alpha"');
  expect(await run('crm_diff', CHANGED, '-u', '-o', '/cib.xml', '-n', '-')).toEqual(expected);
  expect(await run('crm_diff', SAMPLE, '-u', '-o', '-', '-n', '/new.xml')).toEqual(expected);
  const patched = await run('crm_diff', expected.stdout, '-o', '/cib.xml', '-p', '-');
  expect(patched.code).toBe(0);
  expect(patched.stdout).toContain('uname="alpha"');
});

test('crm_verify and crm_simulate judge the document of standard input', async () => {
  const empty = await run('crm_verify', '', '-x', '-');
  expect(empty.code).not.toBe(0);
  expect(await run('crm_verify', SAMPLE, '-x', '-')).toEqual(await run('crm_verify', '', '-x', '/cib.xml'));
  expect((await run('crm_simulate', CHANGED, '-x', '-')).stdout).toContain('alpha');
});

test('cibadmin takes what it creates from standard input', async () => {
  const { code, cib } = await run('cibadmin', '<primitive id="piped" class="ocf" provider="p" type="t"/>', '-C', '-o', 'resources', '-x', '-');
  expect(code).toBe(0);
  expect(cib).toContain('<primitive id="piped"');
});
