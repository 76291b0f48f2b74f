// SPDX-License-Identifier: GPL-2.0-or-later
/** The commands of the tree with the scenarios that run them, and the page made from that; `npx tsx test/shell/command-table.ts` writes `docs/commands.md`. */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Command, LevelBody } from '../../src/shell/index.ts';
import { lookup } from '../../src/shell/tree/lookup.ts';
import { ROOT } from '../../src/shell/tree/root.ts';
import { entriesOf } from '../../src/shell/tree/stack.ts';
import { commandWords, readConversation } from '../scenarios/conversation.ts';

export interface Placed {
  readonly level: string;
  readonly command: Command;
}

/** Commands that are listed, level by level; a level that can be reached in two ways counts once. */
export async function commandsOf(body: LevelBody, level: readonly string[] = [], seen = new Set<LevelBody>()): Promise<Placed[]> {
  if (seen.has(body)) return [];
  seen.add(body);
  const found: Placed[] = body.commands.filter((command) => command.isHidden !== true).map((command) => ({ level: level.join(' '), command }));
  // Levels of the root come first, so that `ra` is not found as `configure ra`.
  const levels = await Promise.all((body.levels ?? []).map(async (one) => ({ name: one.name, body: await one.load() })));
  const own = level.length === 0 ? new Set(levels.map((one) => one.body)) : new Set<LevelBody>();
  for (const one of levels) {
    own.delete(one.body);
    const held = [...own].filter((other) => !seen.has(other));
    for (const other of held) seen.add(other);
    found.push(...(await commandsOf(one.body, [...level, one.name], seen)));
    for (const other of held) seen.delete(other);
  }
  return found;
}

export function nameOf({ level, command }: Placed): string {
  return `${level} ${command.name}`.trim();
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

/** Commands that a conversation runs. */
export async function commandsIn(conversation: string): Promise<ReadonlySet<Command>> {
  const used = new Set<Command>();
  for (const exchange of readConversation(conversation).exchanges) {
    const [program, ...args] = commandWords(exchange.command);
    if (program !== 'crm') continue;
    while (args[0]?.startsWith('-') === true) args.splice(0, OPTIONS_WITH_VALUE.has(args[0]) ? 2 : 1);
    let { level, command } = await follow([], args);
    if (command !== undefined) used.add(command);
    for (const line of exchange.input) {
      const words = line.trim() === '' ? [] : commandWords(line);
      ({ level, command } = await follow(level, words));
      if (command !== undefined) used.add(command);
    }
  }
  return used;
}

/** Names of scenarios (`file/apply`) by command. */
export async function scenariosByCommand(): Promise<ReadonlyMap<Command, readonly string[]>> {
  const scenarios = new Map<Command, string[]>();
  for (const folder of ['file', 'cluster']) {
    for (const name of readdirSync(`test/scenarios/${folder}`).sort()) {
      for (const command of await commandsIn(readFileSync(`test/scenarios/${folder}/${name}`, 'utf8'))) {
        scenarios.set(command, [...(scenarios.get(command) ?? []), `${folder}/${name.replace(/\.txt$/, '')}`]);
      }
    }
  }
  return scenarios;
}

/** Commands that explain nothing, or that no scenario runs. */
export function uncovered(all: readonly Placed[], scenarios: ReadonlyMap<Command, readonly string[]>): string[] {
  return all.flatMap((placed) => {
    const { summary } = placed.command;
    if (summary.length < 8 || summary.includes('\n')) return [`${nameOf(placed)}: no help`];
    return scenarios.has(placed.command) ? [] : [`${nameOf(placed)}: no scenario`];
  });
}

export async function commandPage(): Promise<string> {
  const all = await commandsOf(await ROOT.load());
  const scenarios = await scenariosByCommand();
  const answers = all.filter(({ command }) => command.needs !== undefined).length;
  const lines = [
    '# Commands of crm',
    '',
    '<!-- Made by test/shell/command-table.ts; a test checks that it is up to date. -->',
    '',
    `${all.length} commands: ${all.length - answers} work, ${answers} need what this program does not have (hosts of a cluster) and say what, and how the same is done here.`,
    'Every command has `--help`; each is run by the scenarios named, below `test/scenarios`. `help`, `ls`, `cd`, `up` and `quit` work at every level.',
  ];
  for (const level of new Set(all.map((placed) => placed.level))) {
    lines.push('', `## ${level === '' ? 'root' : level}`, '', '| command | arguments | for | state | scenarios |', '|---|---|---|---|---|');
    for (const { command } of all.filter((placed) => placed.level === level)) {
      const names = [command.name, ...(command.aliases ?? [])].join(', ');
      const state = command.needs === undefined ? 'works' : `answers: needs ${command.needs}`;
      lines.push(`| ${[names, command.usage === '' ? '' : `\`${command.usage}\``, command.summary, state, (scenarios.get(command) ?? []).join(' ')].map(cell).join(' | ')} |`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeFileSync(join(resolve(import.meta.dirname, '../..'), 'docs/commands.md'), await commandPage());
