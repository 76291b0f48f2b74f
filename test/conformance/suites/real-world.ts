// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Configurations people published, each with the CIB that crmsh 4.4 made of it. Two habits of that release are taken out of
 * the comparison: it gives operations without interval the interval 0 (5.x: 0s), and it keeps Master and Slave.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configurationForm } from '../configuration-form.ts';
import { fixtureShell, type AgentFixture } from '../fixture-shell.ts';
import { firstDifference, type ConformanceCase, type Outcome, type Suite } from '../suite.ts';

/** Texts in which a continued line is glued to the word before it; a user must be told. */
const GLUED = new Set(['hastexo-ping', 'suse-geo-booth-site']);

const EMPTY =
  '<cib crm_feature_set="3.16.1" validate-with="pacemaker-3.9" epoch="1" num_updates="0" admin_epoch="0"><configuration><crm_config/><nodes/><resources/><constraints/></configuration><status/></cib>';

export const suite: Suite = {
  name: 'real-world',
  cases: (dir, find) => {
    const agents = JSON.parse(readFileSync(find('agents.json')!, 'utf8')) as AgentFixture;
    const modes = readModes(readFileSync(join(dir, 'INDEX.md'), 'utf8'));
    const names = readdirSync(dir).filter((name) => name.endsWith('.crm')).map((name) => name.slice(0, -4)).sort();
    return names.map((name): ConformanceCase => ({ id: name, run: () => judge(name, dir, modes.get(name) ?? 'load-force', agents) }));
  },
};

/** The table of the index: name and mode in the first two columns. */
function readModes(index: string): Map<string, string> {
  const modes = new Map<string, string>();
  for (const line of index.split('\n')) {
    const [, name, mode] = /^\|\s*([\w-]+)\s*\|\s*([\w-]+)\s*\|/.exec(line) ?? [];
    if (name !== undefined && mode !== undefined) modes.set(name, mode);
  }
  return modes;
}

async function judge(name: string, dir: string, mode: string, agents: AgentFixture): Promise<Outcome[]> {
  const text = readFileSync(join(dir, `${name}.crm`), 'utf8');
  const base = mode.endsWith('legacy') ? EMPTY.replace('pacemaker-3.9', 'pacemaker-2.10') : EMPTY;
  const shell = fixtureShell(base, agents);
  shell.files.set('/input.crm', text);
  const read = mode.startsWith('script') ? text : 'load update /input.crm\n';
  const { err } = await shell.feed(`configure\n${read}\nsave xml /after.xml\nrefresh\n`);
  const after = shell.files.get('/after.xml') ?? '<configuration/>';
  const file = join(dir, `${name}.xml`);
  const isRefused = !existsSync(file);
  if (isRefused !== /^ERROR:.*(?:stands where|the line ends|begins no statement)/m.test(err)) return [{ id: name, difference: isRefused ? 'was accepted' : (err.split('\n')[0] ?? '') }];
  const withComments = !mode.startsWith('script');
  const expected = isRefused ? base : readFileSync(file, 'utf8');
  const found = firstDifference(comparable(expected, withComments), comparable(after, withComments));
  if (found !== undefined) return [{ id: name, difference: found.difference ?? '', full: `${found.full}\n${err}` }];
  return [{ id: name, ...(GLUED.has(name) && !/glued/.test(err) ? { difference: 'nobody is told of the glued line' } : {}) }];
}

function comparable(text: string, withComments: boolean): string[] {
  return configurationForm(text, withComments).map((line) =>
    line
      .replace(/(<op id="[^"]*-)0s?("[^>]*interval=")0s?"/g, '$10s$20s"')
      .replace(/ (id="[^"]*-(?:start|stop|promote|demote|notify|monitor)-)0s?(["-])/g, ' $10s$2')
      .replace(/"Master"/g, '"Promoted"')
      .replace(/"Slave"/g, '"Unpromoted"'),
  );
}
