// SPDX-License-Identifier: GPL-2.0-or-later
/** Help texts, made from what commands and levels say about themselves. */
import type { Command, Level, LevelBody } from './command.ts';

const NAME_COLUMN = 20;

export function helpText(command: Command): string {
  const lines = [`${command.summary}.`, '', `Usage: ${command.name}${command.usage === '' ? '' : ` ${command.usage}`}`];
  const others = [...(command.aliases ?? []), ...(command.oldNames ?? [])];
  if (others.length > 0) lines.push(`Also: ${others.join(', ')}`);
  if (command.help !== undefined) lines.push('', command.help.trim());
  return lines.join('\n');
}

export function levelHelp(level: Pick<Level, 'name' | 'summary'>, body: LevelBody): string {
  const lines = [level.name === '' ? level.summary : `${level.name}: ${level.summary}.`, ''];
  const levels = body.levels ?? [];
  if (levels.length > 0) lines.push('Levels:', ...levels.map((one) => row(one.name, one.summary)), '');
  const visible = body.commands.filter((one) => one.isHidden !== true && !one.name.startsWith('_'));
  if (visible.length > 0) lines.push('Commands:', ...visible.map((one) => row(one.name, one.summary)), '');
  lines.push('Everywhere: help [WORD ...], ls, cd [PATH], up, quit. `COMMAND --help` explains a command.');
  return lines.join('\n');
}

function row(name: string, summary: string): string {
  return `  ${name.padEnd(NAME_COLUMN)} ${summary}`;
}
