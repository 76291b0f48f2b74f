// SPDX-License-Identifier: GPL-2.0-or-later
/** The known word that a misspelt one most likely means. */
import { distance } from 'fastest-levenshtein';

/** The only candidate within `limit` edits; undefined when there is none or more than one at the same distance. */
export function nearest(word: string, candidates: Iterable<string>, limit: number): string | undefined {
  let best: string | undefined;
  let bestDistance = limit + 1;
  let isTie = false;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) > limit) continue;
    const edits = distance(word, candidate);
    if (edits > bestDistance || edits > limit) continue;
    isTie = edits === bestDistance && candidate !== best;
    best = candidate;
    bestDistance = edits;
  }
  return isTie ? undefined : best;
}
