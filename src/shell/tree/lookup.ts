// SPDX-License-Identifier: GPL-2.0-or-later
/** Finds what a word means at a level: exact, unique prefix, letters in order, or - with consent of the options - one typing error away. */
import type { Command, Level, SkillLevel } from '../command.ts';
import { nearWords } from './distance.ts';

/** A name that can stand at a level. */
export type Entry = { readonly kind: 'command'; readonly command: Command } | { readonly kind: 'level'; readonly level: Level };

export interface Found {
  readonly entry: Entry;
  readonly how: 'exact' | 'alias' | 'old-name' | 'abbreviation' | 'correction';
}

export type Lookup = Found | { readonly entry: undefined; readonly candidates: readonly string[]; readonly isAmbiguous: boolean };

export function entryName(entry: Entry): string {
  return entry.kind === 'command' ? entry.command.name : entry.level.name;
}

function aliasesOf(entry: Entry): readonly string[] {
  return (entry.kind === 'command' ? entry.command.aliases : entry.level.aliases) ?? [];
}

/** Former names count as candidates of an abbreviation. */
function namesOf(entry: Entry): readonly string[] {
  return [entryName(entry), ...aliasesOf(entry), ...(entry.kind === 'command' ? (entry.command.oldNames ?? []) : [])];
}

export function isHidden(entry: Entry): boolean {
  return entryName(entry).startsWith('_') || (entry.kind === 'command' && entry.command.isHidden === true);
}

export function skillOf(entry: Entry): SkillLevel {
  return (entry.kind === 'command' ? entry.command.skill : entry.level.skill) ?? 'operator';
}

/** `correct` lets a word with up to two typing errors through when it can mean only one command, and not one that deletes. */
export function lookup(word: string, entries: readonly Entry[], correct: boolean): Lookup {
  const exact = entries.find((entry) => entryName(entry) === word);
  if (exact !== undefined) return { entry: exact, how: 'exact' };
  const alias = entries.find((entry) => aliasesOf(entry).includes(word));
  if (alias !== undefined) return { entry: alias, how: 'alias' };
  const old = entries.find((entry) => entry.kind === 'command' && entry.command.oldNames?.includes(word));
  if (old !== undefined) return { entry: old, how: 'old-name' };
  const short = abbreviated(word, entries);
  if (short !== undefined) return short;
  return corrected(word, entries, correct);
}

function abbreviated(word: string, entries: readonly Entry[]): Lookup | undefined {
  const lower = word.toLowerCase();
  const inOrder = entries.filter((entry) => !isDestructive(entry));
  const ways = [
    { among: entries, matches: (name: string) => name.startsWith(lower) },
    { among: inOrder, matches: (name: string) => hasInOrder(name, lower) },
  ];
  for (const { among, matches } of ways) {
    const hits = among.flatMap((entry) => namesOf(entry).filter((name) => !name.startsWith('_') && matches(name.toLowerCase())).map((name) => ({ name, entry })));
    if (hits.length === 1) return { entry: hits[0]!.entry, how: 'abbreviation' };
    if (hits.length > 1) return { entry: undefined, candidates: hits.map((hit) => hit.name), isAmbiguous: true };
  }
  return undefined;
}

/** The first letter must agree: `cfg` means configure, `fg` does not. `delte` could be a slip, so what deletes is not found this way. */
function hasInOrder(name: string, letters: string): boolean {
  if (letters === '' || name[0] !== letters[0]) return false;
  let at = 0;
  for (const character of name) if (character === letters[at]) at++;
  return at === letters.length;
}

function corrected(word: string, entries: readonly Entry[], correct: boolean): Lookup {
  const visible = entries.filter((entry) => !isHidden(entry));
  const names = nearWords(word, visible.map(entryName));
  const only = names.length === 1 ? visible.find((entry) => entryName(entry) === names[0]) : undefined;
  if (correct && only !== undefined && !isDestructive(only)) return { entry: only, how: 'correction' };
  return { entry: undefined, candidates: names, isAmbiguous: false };
}

function isDestructive(entry: Entry): boolean {
  return entry.kind === 'command' && entry.command.isDestructive === true;
}
