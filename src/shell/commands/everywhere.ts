// SPDX-License-Identifier: GPL-2.0-or-later
/** Commands of every level: help, ls, cd, up, quit. */
import { FAILURE, SUCCESS, type Command, type CommandTable, type LevelBody } from '../command.ts';
import { inColumns } from '../columns.ts';
import { helpText, levelHelp } from '../help.ts';
import type { Shell } from '../session/shell.ts';
import { entryName, isHidden, lookup, type Entry } from '../tree/lookup.ts';
import { entriesOf } from '../tree/stack.ts';

const LS_COLUMNS = 3;
const LS_WIDTH = 80;

let bound: { readonly shell: Shell; readonly commands: CommandTable } | undefined;

export function commonCommands(shell: Shell): CommandTable {
  if (bound?.shell !== shell) bound = { shell, commands: makeCommands(shell) };
  return bound.commands;
}

function makeCommands(shell: Shell): CommandTable {
  return [
    { name: 'help', aliases: ['?', '-h', '--help'], usage: '[LEVEL | COMMAND ...]', summary: 'Explain a level or a command', complete: () => names(shell.stack.current.body), run: async ({ args }) => help(shell, args) },
    { name: 'ls', usage: '', summary: 'List what can be typed here', takes: [0, 0], run: async () => list(shell) },
    { name: 'cd', usage: '[PATH]', summary: 'Go to another level: NAME, .., ../NAME', takes: [0, 1], complete: () => ['..', ...levelNames(shell.stack.current.body)], run: async ({ args }) => changeLevel(shell, args[0] ?? '..') },
    { name: 'up', aliases: ['end', 'back', '..'], usage: '', summary: 'Go one level up', takes: [0, 0], run: async () => goUp(shell) },
    { name: 'quit', aliases: ['exit', 'bye'], usage: '', summary: 'Leave the shell', takes: [0, 0], run: async () => quit(shell) },
  ];
}

function names(body: LevelBody): string[] {
  return entriesOf(body).filter((entry) => !isHidden(entry)).map(entryName);
}

function levelNames(body: LevelBody): string[] {
  return (body.levels ?? []).map((level) => level.name);
}

async function help(shell: Shell, words: readonly string[]): Promise<number> {
  let { level, body } = shell.stack.current;
  for (const [index, word] of words.entries()) {
    const entries: readonly Entry[] = [...entriesOf(body), ...commonCommands(shell).map((command) => ({ kind: 'command', command }) as const)];
    const found = lookup(word, entries, true);
    if (found.entry === undefined) return shell.error(`no help for "${words.slice(0, index + 1).join(' ')}"${found.candidates.length > 0 ? `, did you mean ${found.candidates.join(' or ')}?` : ''}`);
    if (found.entry.kind === 'command') {
      return explain(shell, helpText(found.entry.command));
    }
    level = found.entry.level;
    body = await level.load();
  }
  return explain(shell, levelHelp(level, body));
}

function explain(shell: Shell, text: string): number {
  shell.present({ data: { text }, text: () => text });
  return SUCCESS;
}

function list(shell: Shell): number {
  const here = names(shell.stack.current.body);
  const common: readonly Command[] = commonCommands(shell);
  const words = [...(shell.stack.depth > 1 ? ['..'] : []), ...[...here, ...common.map((command) => command.name)].sort()];
  shell.present({ data: words, text: () => inColumns(words, LS_WIDTH, LS_COLUMNS) });
  return SUCCESS;
}

async function changeLevel(shell: Shell, path: string): Promise<number> {
  if (path.startsWith('/') && (await shell.stack.leaveTo(1, shell, 'up')) === 'stay') return FAILURE;
  for (const part of path.split('/').filter((one) => one !== '' && one !== '.')) {
    if (part === '..') {
      if ((await goUp(shell)) !== SUCCESS) return FAILURE;
      continue;
    }
    const levels = (shell.stack.current.body.levels ?? []).map((level) => ({ kind: 'level', level }) as const);
    const found = lookup(part, levels, false);
    if (found.entry?.kind !== 'level') return shell.error(`cd: no level "${part}" here`);
    if (!(await shell.stack.enter(found.entry.level, shell))) return FAILURE;
  }
  return SUCCESS;
}

async function goUp(shell: Shell): Promise<number> {
  const result = await shell.stack.leave(shell, shell.mode === 'batch' ? 'batch-end' : 'up');
  return result === 'left' ? SUCCESS : FAILURE;
}

async function quit(shell: Shell): Promise<number> {
  const result = await shell.stack.leaveTo(1, shell, shell.mode === 'batch' ? 'batch-end' : 'quit');
  if (result === 'stay') return FAILURE;
  shell.hasQuit = true;
  return result === 'left' ? SUCCESS : FAILURE;
}
