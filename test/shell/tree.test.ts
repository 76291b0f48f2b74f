// SPDX-License-Identifier: GPL-2.0-or-later
/** Every command of the tree explains itself and is run by a scenario, and what users know from the crm shell is there. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/shell/index.ts';
import { commonCommands } from '../../src/shell/commands/everywhere.ts';
import { lookup, type Entry } from '../../src/shell/tree/lookup.ts';
import { ROOT } from '../../src/shell/tree/root.ts';
import { entriesOf } from '../../src/shell/tree/stack.ts';
import { commandPage, commandsIn, commandsOf, scenariosByCommand, uncovered } from './command-table.ts';
import { REFERENCE_COMMANDS } from './reference-commands.ts';

/** The commands are only looked up, none is run. */
const NO_SHELL = {} as Parameters<typeof commonCommands>[0];

async function entriesAt(level: string): Promise<readonly Entry[]> {
  let body = await ROOT.load();
  for (const name of level.split(' ').filter((word) => word !== '')) {
    const found = lookup(name, entriesOf(body), false);
    if (found.entry === undefined || found.entry.kind !== 'level' || found.how !== 'exact') throw new Error(`there is no level ${level}`);
    body = await found.entry.level.load();
  }
  return [...entriesOf(body), ...commonCommands(NO_SHELL).map((command) => ({ kind: 'command', command }) as const)];
}

describe('the command tree', async () => {
  const all = await commandsOf(await ROOT.load());
  const scenarios = await scenariosByCommand();

  it.each(Object.entries(REFERENCE_COMMANDS))('has the commands of level "%s"', async (level, names) => {
    const entries = await entriesAt(level);
    const missing = names.split(' ').filter((name) => {
      const found = lookup(name, entries, false);
      return found.entry === undefined || found.entry.kind !== 'command' || !['exact', 'alias', 'old-name'].includes(found.how);
    });
    expect(missing).toEqual([]);
  });

  it('has help and a scenario for every command', () => {
    expect(uncovered(all, scenarios)).toEqual([]);
  });

  it('is not covered when a command has no help or no scenario', () => {
    const command = (summary: string): Command => ({ name: 'new', usage: '', summary, run: async () => 0 });
    const [silent, unused] = [command(''), command('Does something new')];
    expect(uncovered([...all, { level: 'cib', command: silent }, { level: '', command: unused }], new Map([...scenarios, [silent, ['file/x']]]))).toEqual(['cib new: no help', 'new: no scenario']);
  });

  it('counts as run what a conversation types, and nothing it only mentions', async () => {
    const used = await commandsIn('crm node fence is only talked about\n$ crm -w resource stop a\n$ crm configure\n< show\n< ra\n< classes\nra list\n');
    expect([...used].map((one) => one.name)).toEqual(['stop', 'show', 'classes']);
  });

  it('is the one in docs/commands.md (npx tsx test/shell/command-table.ts writes it)', async () => {
    expect(readFileSync('docs/commands.md', 'utf8')).toBe(await commandPage());
  });
});
