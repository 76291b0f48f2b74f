// SPDX-License-Identifier: GPL-2.0-or-later
/** Where else in the command tree a word is a command: for a user who forgot the level. */
import type { Level } from '../command.ts';
import { entryName, isHidden, type Entry } from './lookup.ts';
import { entriesOf } from './stack.ts';

/** Command lines, from the root on, that end in this name: those that are found soonest first. Every level is loaded. */
export async function waysTo(name: string, root: Level, path: readonly string[] = []): Promise<string[]> {
  const entries: readonly Entry[] = entriesOf(await root.load());
  const here = entries.filter((entry) => entryName(entry) === name && !isHidden(entry)).map(() => [...path, name].join(' '));
  const levels = entries.flatMap((entry) => (entry.kind === 'level' ? [entry.level] : []));
  const below = await Promise.all(levels.map((level) => waysTo(name, level, [...path, level.name])));
  return [...here, ...below.flat()];
}
