// SPDX-License-Identifier: GPL-2.0-or-later
import { describe, expect, it } from 'vitest';
import { aShell } from './a-shell.ts';

const NOW = 1_700_000_000;
const HOUR = 3600;
/** Files of a test are as old as time. */
const EVER = '500000h';

const input = (number: number, ageSeconds: number): [string, string] => [
  `/state/history/pe-input-${number}.xml`,
  `<cib validate-with="pacemaker-3.9" admin_epoch="0" epoch="${number}" num_updates="0" execution-date="${NOW - ageSeconds}"><configuration><crm_config/><nodes/><resources><primitive id="p" class="ocf" provider="x" type="y"><instance_attributes id="i"><nvpair id="n" name="api_key" value="hidden-key"/><nvpair id="m" name="adminpasswd" value="hidden-word"/></instance_attributes></primitive></resources><constraints/></configuration><status/></cib>`,
];

function aCluster() {
  return aShell({
    env: { QUORATE_DIR: '/state' },
    files: Object.fromEntries([input(0, 20 * HOUR), input(1, 5 * HOUR), input(2, 60), ['/state/nodes/node1/pacemaker.log', 'password=log-word rest\n'], ['/state/nodes/node2/pacemaker.log', 'quiet\n']]),
  });
}

interface Made {
  readonly inputs: readonly { readonly number: number }[];
  readonly logs: Readonly<Record<string, string>>;
}

async function made(...options: readonly string[]): Promise<{ readonly text: string; readonly report: Made }> {
  const shell = aCluster();
  const { code, err } = await shell.run('report', ...options, 'r.json');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const text = shell.files.get('/work/r.json')!;
  return { text, report: JSON.parse(text) as Made };
}

describe('a report', () => {
  it.each([
    [[], [1, 2]],
    [['-f', '1d'], [0, 1, 2]],
    [['-f', '2h'], [2]],
    [['-f', '1d', '-t', '2h'], [0, 1]],
    [['-f', '2023-11-14 20:00'], [2]],
    [['-d', '-Q', '-u', 'root', '-f', '1h'], [2]],
  ])('with %j holds the transitions of that time: %j', async (options, numbers) => {
    expect((await made(...options)).report.inputs.map((one) => one.number)).toEqual(numbers);
  });

  it('hides secrets in configurations and logs, and what the user names besides', async () => {
    const { text, report } = await made('-f', EVER);
    expect(report.logs['node1']).toContain('password=****** rest');
    expect(text).not.toMatch(/hidden-word|log-word/);
    expect(text).toContain('hidden-key');
    expect((await made('-f', EVER, '-p', 'api_.*')).text).not.toMatch(/hidden-word|hidden-key|log-word/);
  });

  it('holds the logs of the nodes that are asked for', async () => {
    expect(Object.keys((await made('-f', EVER)).report.logs).sort()).toEqual(['node1', 'node2']);
    expect(Object.keys((await made('-f', EVER, '-n', 'node2')).report.logs)).toEqual(['node2']);
  });

  it.each([
    [['-f', 'soon'], 'expected a time'],
    [['-f', '1h', '-t', '2h'], 'the end lies before the beginning'],
    [['-p', '('], 'is no regular expression'],
    [['--nosuch'], 'unknown option --nosuch'],
    [['a', 'b'], 'expected one file'],
  ])('refuses %j: %s', async (options, message) => {
    const { code, err } = await aCluster().run('report', ...options);
    expect(code).toBe(1);
    expect(err).toContain(message);
  });

  it('overwrites only when told to', async () => {
    const shell = aCluster();
    await shell.run('report', 'r.json');
    expect((await shell.run('report', 'r.json')).err).toContain('r.json exists already');
    expect((await shell.run('report', '-Z', 'r.json')).code).toBe(0);
  });
});
