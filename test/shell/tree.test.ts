// SPDX-License-Identifier: GPL-2.0-or-later
/** Every command of the tree explains itself and is used in a scenario. */
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Command, LevelBody } from '../../src/shell/index.ts';
import { lookup } from '../../src/shell/tree/lookup.ts';
import { ROOT } from '../../src/shell/tree/root.ts';
import { entriesOf } from '../../src/shell/tree/stack.ts';
import { commandWords, readConversation } from '../scenarios/conversation.ts';

interface Placed {
  readonly path: string;
  readonly command: Command;
}

/** A level that can be reached in two ways counts once. */
async function commandsBelow(body: LevelBody, path: readonly string[], seen: Set<LevelBody>): Promise<Placed[]> {
  if (seen.has(body)) return [];
  seen.add(body);
  const found = body.commands.filter((command) => command.isHidden !== true).map((command) => ({ path: [...path, command.name].join(' '), command }));
  for (const level of body.levels ?? []) found.push(...(await commandsBelow(await level.load(), [...path, level.name], seen)));
  return found;
}

const OPTIONS_WITH_VALUE = new Set(['-o', '-f', '-c', '-D', '-H', '--scriptdir']);

/** Where words lead from a level: the path of the level they end in, and the command. */
async function follow(start: readonly string[], words: readonly string[]): Promise<{ readonly level: readonly string[]; readonly command: Command | undefined }> {
  let body = await ROOT.load();
  const path: string[] = [];
  for (const [index, word] of [...start, ...words].entries()) {
    if (index >= start.length && ['up', 'end'].includes(word)) return { level: start.slice(0, -1), command: undefined };
    const found = lookup(word, entriesOf(body), true);
    if (found.entry === undefined) return { level: start, command: undefined };
    if (found.entry.kind === 'command') return { level: start, command: found.entry.command };
    path.push(found.entry.level.name);
    body = await found.entry.level.load();
  }
  return { level: path, command: undefined };
}

async function commandsUsed(file: string): Promise<Command[]> {
  const used: Command[] = [];
  for (const exchange of readConversation(readFileSync(file, 'utf8')).exchanges) {
    const [program, ...args] = commandWords(exchange.command);
    if (program !== 'crm') continue;
    while (args[0]?.startsWith('-') === true) args.splice(0, OPTIONS_WITH_VALUE.has(args[0]) ? 2 : 1);
    let { level, command } = await follow([], args);
    if (command !== undefined) used.push(command);
    for (const line of exchange.input) {
      const words = line.trim() === '' ? [] : commandWords(line);
      ({ level, command } = await follow(level, words));
      if (command !== undefined) used.push(command);
    }
  }
  return used;
}

describe('the command tree', async () => {
  const all = await commandsBelow(await ROOT.load(), [], new Set());

  it('holds the commands of the reference', () => {
    expect(all.length).toBeGreaterThan(150);
  });

  it('explains every command in one line', () => {
    expect(all.filter(({ command }) => command.summary.length < 8 || command.summary.includes('\n')).map(({ path }) => path)).toEqual([]);
  });

  it('has a scenario for every command', async () => {
    const files = ['file', 'cluster'].flatMap((folder) => readdirSync(`test/scenarios/${folder}`).map((name) => `test/scenarios/${folder}/${name}`));
    const used = new Set((await Promise.all(files.map(commandsUsed))).flat());
    expect(all.filter(({ command }) => !used.has(command)).map(({ path }) => path)).toEqual([]);
  });
});
