// SPDX-License-Identifier: GPL-2.0-or-later
/** The word that was probably meant: the one rule for keywords, agents, parameters, options, ids and nodes. */
import { distance } from 'fastest-levenshtein';

/** Slips of the finger that a word of this length may have; short words differ too easily. */
const MOST_SLIPS = 2;
const LETTERS_PER_SLIP = 3;

/** Letters to change, add or leave out; two neighbours that changed places are one slip. */
function slipsBetween(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  const isSwap = one.length === other.length && one[at] === other[at + 1] && one[at + 1] === other[at] && one.slice(at + 2) === other.slice(at + 2);
  return isSwap && at < one.length ? 1 : distance(one, other);
}

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
    const slips = slipsBetween(lower, candidate.toLowerCase());
    if (slips > fewest || slips > limit) continue;
    isTie = slips === fewest;
    best = candidate;
    fewest = slips;
  }
  return isTie ? undefined : best;
}
