// SPDX-License-Identifier: GPL-2.0-or-later
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tools } from '../../src/tools/index.ts';
import { SAMPLE } from './sample.ts';
import { runTool } from './world.ts';

async function complete(tool: string, ...words: string[]): Promise<string[]> {
  const files = new Map([['/cib.xml', SAMPLE]]);
  const { stdout } = await runTool(tools, tool, ['--complete', ...words], { files, env: new Map([['CIB_file', '/cib.xml']]) });
  return stdout.split('\n').filter((line) => line !== '');
}

test.each([
  ['crm_resource', ['--loc'], ['--locate']],
  ['crm_resource', ['--locate', '-r', 'C'], ['ClusterIP']],
  ['crm_resource', ['--resource=ms'], ['--resource=ms-db']],
  ['crm_resource', ['--move', '--node', ''], ['node1', 'node2']],
  ['crm_attribute', ['-l', ''], ['forever', 'reboot']],
  ['crm_attribute', ['--type', 'op'], ['op_defaults']],
  ['crm_resource', ['--output-as=x'], ['--output-as=xml']],
  ['crm_resource', ['--un-mo'], []],
])('%s %j can go on with %j', async (tool, words, expected) => {
  expect(await complete(tool, ...words)).toEqual(expected);
});

test('where nothing can be read nothing is offered, without a word', async () => {
  const { code, stdout, stderr } = await runTool(tools, 'crm_resource', ['--complete', '-r', ''], { files: new Map() });
  expect([code, stdout, stderr]).toEqual([0, '', '']);
});

test.each(['tools.bash', 'tools.zsh', 'tools.fish'])('%s completes every tool', (file) => {
  const text = readFileSync(join(import.meta.dirname, '../../completions', file), 'utf8');
  for (const name of tools.keys()) expect(text).toMatch(new RegExp(`\\b${name}\\b`));
});
