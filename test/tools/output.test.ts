// SPDX-License-Identifier: GPL-2.0-or-later
import { expect, test } from 'vitest';
import { element, readXml, XmlText } from '../../src/cib/index.ts';
import { Output, quotedXml, requestText, type OutputFormat } from '../../src/tools/output/index.ts';
import { tools } from '../../src/tools/index.ts';
import { SAMPLE } from './sample.ts';
import { runTool } from './world.ts';

function produce(format: OutputFormat): { readonly out: string; readonly err: string } {
  let [out, err] = ['', ''];
  const output = new Output(format, 'tool -x', { out: (text) => (out += text), err: (text) => (err += text) });
  output.text('a < b');
  output.element(element('item', { name: 'n' }, [new XmlText('a < b')]), quotedXml('xml', '<a>]]></a>\n'));
  output.error('went & wrong');
  output.finish(105);
  return { out, err };
}

test('people get lines on standard output and errors on standard error', () => {
  expect(produce('text')).toEqual({ out: 'a < b\n', err: 'went & wrong\n' });
});

test('XML is one well-formed document with the errors inside', () => {
  const { out, err } = produce('xml');
  const read = readXml(out);
  if (!read.ok) throw new Error(read.problem.message);
  const { root } = read;
  expect(err).toBe('');
  expect([root.name, root.get('request'), root.at('item')?.text, root.at('xml')?.text]).toEqual(['pacemaker-result', 'tool -x', 'a < b', '<a>]]></a>\n']);
  expect([root.at('status')?.get('code'), root.at('status')?.get('message'), root.at('status', 'errors', 'error')?.text]).toEqual(['105', 'No such object', 'went & wrong']);
});

test('JSON has the same content', () => {
  const result = JSON.parse(produce('json').out) as { results: { element: string; text?: string; attributes?: Record<string, string> }[] };
  expect(result.results.map((one) => one.element)).toEqual(['item', 'xml', 'status']);
  expect(result.results[0]).toEqual({ element: 'item', attributes: { name: 'n' }, text: 'a < b' });
});

test('HTML shows the lines with nothing in them taken for markup', () => {
  expect(produce('html').out).toContain('<pre>\na &lt; b\n</pre>');
});

test.each([
  [['-Q'], 'cibadmin -Q'],
  [['-n', 'a b'], "cibadmin -n 'a b'"],
  [['-X', '<a b="c"/>'], `cibadmin -X '<a b="c"/>'`],
  [["it's"], "cibadmin 'it'\\''s'"],
  [[''], "cibadmin ''"],
])('the request %j is told as %s', (argv, text) => {
  expect(requestText('cibadmin', argv)).toBe(text);
});

test('--output-to writes the results to a file and nothing to standard output', async () => {
  const files = new Map([['/cib.xml', SAMPLE]]);
  const world = { files, env: new Map([['CIB_file', '/cib.xml']]) };
  const { code, stdout } = await runTool(tools, 'crm_resource', ['--list', '--output-to=/list.txt'], world);
  expect([code, stdout]).toEqual([0, '']);
  expect(files.get('/list.txt')).toMatch(/^Full List of Resources:\n/);
  expect((await runTool(tools, 'crm_resource', ['--list', '--output-to=/nowhere/x'], world)).code).toBe(1);
});
