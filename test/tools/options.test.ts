// SPDX-License-Identifier: GPL-2.0-or-later
import { expect, test } from 'vitest';
import { helpText, manualPage, optionTables, tools } from '../../src/tools/index.ts';
import { allOptions, parseOptions, type OptionTable } from '../../src/tools/options/index.ts';
import { SAMPLE } from './sample.ts';
import { runTool } from './world.ts';

const TABLES = [...optionTables.keys()];

const TABLE: OptionTable = {
  tool: 'sample',
  summary: 'Sample.',
  usage: '[options]',
  groups: [{ key: 'main', title: 'All' }],
  options: [
    { name: 'resource', short: 'r', aliases: ['rsc', 'R'], argument: 'ID', group: 'main', summary: 'Resource' },
    { name: 'quick', short: 'k', group: 'main', summary: 'Quick' },
    { name: 'level', short: 'l', argument: '[N]', group: 'main', summary: 'Level' },
    { name: 'secret', group: 'main', summary: 'Hidden', isHidden: true },
  ],
  formats: ['text'],
};

function read(...argv: string[]): readonly (readonly [string, string | undefined])[] | string {
  const result = parseOptions(TABLE, argv);
  return result.ok ? result.options.given.map(({ name, value }) => [name, value]) : `${result.kind} ${result.word}`;
}

test.each(['--quick=yes', '--quick=', '--quic=yes'])('what a flag is given with %s does not count', (word) => {
  expect(read(word)).toEqual([['quick', undefined]]);
});

test.each(TABLES)('%s refuses a letter after two dashes, alone and with a value, whatever it means after one', async (name) => {
  const table = await optionTables.get(name)!();
  for (const letter of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ15$?') {
    for (const word of [`--${letter}`, `--${letter}=1`]) expect(parseOptions(table, [word])).toMatchObject({ ok: false, kind: 'unknown', word });
  }
});

test('the help takes nothing', () => {
  expect(read('--help=yes')).toBe('unknown --help=yes');
});

test.each([
  [['--get=1'], "option '--get-value' doesn't allow an argument"],
  [['--query=1'], "option '--query' doesn't allow an argument"],
  [['--attr'], "option '--attr' is ambiguous; possibilities: '--attr-value' '--attr-id'"],
  [['--nosuch=1'], "unrecognized option '--nosuch=1'"],
  [['-GZ'], "invalid option -- 'Z'"],
  [['--node'], "option '--node' requires an argument"],
])('a wrapper script tells of %j what getopt tells', async (argv, words) => {
  const { code, stderr } = await runTool(tools, 'crm_standby', argv, { files: new Map() });
  expect([code, stderr]).toEqual([1, `crm_standby: ${words}\n`]);
});

test('old spellings may be abbreviated where getopt reads them', async () => {
  const world = { files: new Map([['/cib.xml', SAMPLE]]), env: new Map([['CIB_file', '/cib.xml']]) };
  expect(await runTool(tools, 'crm_standby', ['--get', '--uname', 'node1'], world)).toEqual(await runTool(tools, 'crm_standby', ['-G', '-N', 'node1'], world));
});

test.each([
  ['crmadmin', ['-t', 'soon', '-N'], 'crmadmin: Error parsing option -t\n'],
  ['crm_resource', ['--timeout', '-1', '--wait'], 'crm_resource: Error parsing option --timeout\n'],
])('%s %j wants a time', async (name, argv, stderr) => {
  expect(await runTool(tools, name, argv, { files: new Map() })).toEqual({ code: 64, stdout: '', stderr });
});

test.each([
  ['cibadmin', ['-Q', '-t', '5s'], 'cibadmin: Cannot parse integer value “5s” for -t\n'],
  ['stonith_admin', ['--fence', 'n', '--timeout', 'x'], 'stonith_admin: Cannot parse integer value “x” for --timeout\n'],
  ['crm_simulate', ['-N', '', '-L'], 'crm_simulate: Cannot parse integer value “” for -N\n'],
])('%s %j wants a number', async (name, argv, stderr) => {
  expect(await runTool(tools, name, argv, { files: new Map() })).toEqual({ code: 64, stdout: '', stderr });
});

test.each([
  [['-r', 'a'], [['resource', 'a']]],
  [['-ra'], [['resource', 'a']]],
  [['--resource=a'], [['resource', 'a']]],
  [['--resource', '-INFINITY'], [['resource', '-INFINITY']]],
  [['--rsc', 'a', '-R', 'b'], [['resource', 'a'], ['resource', 'b']]],
  [['-kr', 'a'], [['quick', undefined], ['resource', 'a']]],
  [['-l', '-k'], [['level', undefined], ['quick', undefined]]],
  [['-l', '5'], [['level', '5']]],
  [['--reso', 'a'], [['resource', 'a']]],
  [['--reso=a'], [['resource', 'a']]],
])('%j is read as %j', (argv, expected) => {
  expect(read(...argv)).toEqual(expected);
});

test.each([
  [['--bogus'], 'unknown --bogus'],
  [['--secr'], 'unknown --secr'],
  [['-x'], 'unknown -x'],
  [['-kxr'], 'unknown -x'],
  [['-k=1'], 'unknown -='],
  [['-r'], 'missing -r'],
  [['-kr'], 'missing -r'],
  [['--resource'], 'missing --resource'],
  [['-k', '-5'], 'unknown -5'],
])('%j is refused as %s', (argv, expected) => {
  expect(read(...argv)).toBe(expected);
});

test('words after -- are never options', () => {
  const result = parseOptions(TABLE, ['-k', '--', '-5', '--resource']);
  expect(result.ok && result.options.words).toEqual(['-5', '--resource']);
});

test('odd blanks are stripped, an argument of blanks alone is dropped, curly quotes come off with a notice', () => {
  const result = parseOptions(TABLE, ['\u00A0', '-r\u00A0', '\u3000\u201Da\u201D\u200B']);
  expect(result.ok && result.options.value('resource')).toBe('a');
  expect(result.notices).toHaveLength(1);
});

test.each(TABLES)('every spelling of %s means one option, and every option stands in a group', async (name) => {
  const table = await optionTables.get(name)!();
  const spellings = allOptions(table).flatMap((option) => [option.name, ...(option.short === undefined ? [] : [option.short]), ...(option.aliases ?? [])]);
  expect(spellings.filter((one, i) => spellings.indexOf(one) !== i)).toEqual([]);
  const groups = new Set([...table.groups.map((group) => group.key), 'output']);
  expect(allOptions(table).filter((option) => !groups.has(option.group))).toEqual([]);
});

test.each(TABLES)('the help of %s names every option that is not hidden, and --help-all every option', async (name) => {
  const table = await optionTables.get(name)!();
  const [usual, all] = [helpText(table), helpText(table, 'all')];
  for (const option of allOptions(table)) {
    expect(all).toContain(`--${option.name}`);
    if (option.isHidden !== true) expect(usual).toContain(`--${option.name}`);
  }
});

test.each(TABLES)('%s --help and --version succeed without a cluster', async (name) => {
  const help = await runTool(tools, name, ['--help'], { files: new Map() });
  expect([help.code, help.stderr]).toEqual([0, '']);
  expect(help.stdout).toMatch(/^Usage:/);
  expect((await runTool(tools, name, ['--version'], { files: new Map() })).stdout).toMatch(/^Pacemaker \d/);
});

test('the help of crm_resource teaches by the ten examples of the handbook', async () => {
  const help = helpText(await optionTables.get('crm_resource')!());
  for (const part of ['--list\n', '--list-agents ocf\n', '--list-agents ocf:heartbeat', '--locate', '--move\n', '--move --node', '--un-move', '--fail', 'target-role', 'is-managed', '--cleanup --node']) expect(help).toContain(part);
});

test('a manual page has every option and nothing that the formatter takes for a request', async () => {
  for (const load of optionTables.values()) {
    const table = await load();
    const page = manualPage(table);
    for (const option of table.options) expect(page).toContain(`\\-\\-${option.name.replaceAll('-', '\\-')}`);
    const requests = page.split('\n').filter((line) => line.startsWith('.'));
    expect(requests.filter((line) => !/^\.(?:\\"|TH|SH|SS|TP|PP|B) ?/.test(line))).toEqual([]);
  }
});

test.each([
  [['soon'], 'Error\n'],
  [['-n', ''], 'Unknown - Error\n'],
  [['-X', 'soon'], 'Unknown exit status\n'],
  [['12abc'], 'Cannot allocate memory\n'],
  [['9999999999'], 'Unknown error 2147483647\n'],
  [['--', '-9999999999'], 'Error\n'],
])('crm_error reads %j as the reference does', async (argv, stdout) => {
  expect(await runTool(tools, 'crm_error', argv, { files: new Map() })).toEqual({ code: 0, stdout, stderr: '' });
});
