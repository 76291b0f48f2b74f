// SPDX-License-Identifier: GPL-2.0-or-later
/** Cases of the configure language: what a text makes of a configuration, and how that is printed. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configurationForm } from '../configuration-form.ts';
import { fixtureShell, type AgentFixture } from '../fixture-shell.ts';
import { firstDifference, type ConformanceCase, type Outcome, type Suite } from '../suite.ts';

interface Recorded {
  readonly id: string;
  readonly theme: string;
  readonly mode: 'load' | 'line';
  readonly base: string;
  readonly options?: string | readonly string[];
  readonly cli: string;
  readonly error: boolean;
  readonly changed: boolean;
  readonly xml: string | null;
  readonly roundTripCli: string | null;
  readonly messages: readonly string[];
}

export const suite: Suite = {
  name: 'configure',
  cases: (dir, find) => {
    const agents = JSON.parse(readFileSync(find('agents.json')!, 'utf8')) as AgentFixture;
    const files = readdirSync(dir).filter((name) => name.endsWith('.json') && name !== 'agents.json').sort();
    return files.flatMap((name) => {
      const rows = JSON.parse(readFileSync(join(dir, name), 'utf8')) as Recorded[];
      return rows.map((row): ConformanceCase => ({ id: row.id, group: row.theme, run: () => judge(row, readFileSync(find(`bases/${row.base}.xml`)!, 'utf8'), agents) }));
    });
  },
};

async function judge(row: Recorded, base: string, agents: AgentFixture): Promise<Outcome[]> {
  const shell = fixtureShell(base, agents);
  if (row.mode === 'load') shell.files.set('/input.crm', `${row.cli}\n`);
  const options = typeof row.options === 'string' ? row.options.split(/\s+/) : (row.options ?? []);
  const argv = options.filter((one) => one !== '').flatMap((one) => ['-o', one]);
  const lines = ['configure', ...(row.mode === 'load' ? ['load update /input.crm'] : row.cli.split('\n')), 'save xml /after.xml', 'save /after.crm', 'refresh'];
  const { out, err } = await shell.feed(`${lines.join('\n')}\n`, ...argv);
  return [{ id: row.id, ...difference(row, base, out, err, shell.files) }];
}

function difference(row: Recorded, base: string, out: string, err: string, files: ReadonlyMap<string, string>): Pick<Outcome, 'difference' | 'full'> | undefined {
  const hasError = /^ERROR:/m.test(err);
  if (hasError !== row.error) return noted(row, `error: expected ${row.error}, got ${hasError}: ${err.split('\n')[0]}`);
  const xml = firstDifference(configurationForm(row.xml ?? base), configurationForm(files.get('/after.xml') ?? '<configuration/>'));
  if (xml !== undefined) return noted(row, `xml ${xml.difference}`, xml.full);
  if (row.roundTripCli !== null) {
    const text = firstDifference(row.roundTripCli.split('\n'), (files.get('/after.crm') ?? '').trimEnd().split('\n'));
    if (text !== undefined) return noted(row, `text ${text.difference}`, text.full);
  }
  return row.theme !== 'edit-commands' ? undefined : printed(row, out);
}

/** What the commands of a case print; messages are ours. */
function printed(row: Recorded, out: string): Pick<Outcome, 'difference' | 'full'> | undefined {
  const expected = row.messages.filter((line) => !/^(?:INFO|WARNING|ERROR|DEBUG|\(\w+\))/.test(line)).map((line) => line.trimEnd());
  const got = out.split('\n').map((line) => line.trimEnd()).filter((line) => line !== '');
  const found = firstDifference(expected.flatMap((line) => line.split('\n')).filter((line) => line !== ''), got);
  return found === undefined ? undefined : noted(row, `output ${found.difference}`, found.full);
}

function noted(row: Recorded, difference: string, full = difference): Pick<Outcome, 'difference' | 'full'> {
  return { difference: difference.replace(/\n/g, ' '), full: `${row.mode} on ${row.base}:\n${row.cli}\n${full}` };
}
