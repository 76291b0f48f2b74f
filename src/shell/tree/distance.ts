// SPDX-License-Identifier: GPL-2.0-or-later
/** Which words of a list a mistyped one may have meant. */
import { distance } from 'fastest-levenshtein';

/** Two slips of the finger; words of three letters and less differ too easily. */
const LARGEST_DISTANCE = 2;

/** Candidates within reach, nearest first, names sorted. */
export function nearWords(typed: string, names: readonly string[]): readonly string[] {
  if (typed.length <= LARGEST_DISTANCE) return [];
  return names
    .map((name) => ({ name, slips: distance(typed.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, slips }) => slips <= LARGEST_DISTANCE && slips < name.length - 1)
    .sort((a, b) => a.slips - b.slips || (a.name < b.name ? -1 : 1))
    .map(({ name }) => name);
}
