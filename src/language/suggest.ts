// SPDX-License-Identifier: GPL-2.0-or-later
/** The word that was probably meant: the one rule for keywords, agents, parameters, options, ids and nodes. */
import { distance } from 'fastest-levenshtein';

/** Slips of the finger that a word of this length may have; short words differ too easily. */
const MOST_SLIPS = 2;
const LETTERS_PER_SLIP = 3;

/**
 * The nearest candidate within `limit` slips, letter case aside. Undefined when there is none, or when two are equally near: then
 * nobody can know which was meant.
 */
export function nearest(written: string, candidates: Iterable<string>, limit = Math.min(MOST_SLIPS, Math.floor(written.length / LETTERS_PER_SLIP))): string | undefined {
  const lower = written.toLowerCase();
  let best: string | undefined;
  let fewest = limit + 1;
  let isTie = false;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - written.length) > Math.min(fewest, limit) || candidate === written || candidate === best) continue;
    const slips = distance(lower, candidate.toLowerCase());
    if (slips > fewest || slips > limit) continue;
    isTie = slips === fewest;
    best = candidate;
    fewest = slips;
  }
  return isTie ? undefined : best;
}
