// SPDX-License-Identifier: GPL-2.0-or-later
/** The word that was probably meant. */
import { distance } from 'fastest-levenshtein';

/** The nearest candidate, if it is near enough for its length to be a misspelling; ties go to the first. */
export function nearest(written: string, candidates: Iterable<string>): string | undefined {
  const lower = written.toLowerCase();
  let best: string | undefined;
  let bestDistance = Math.min(2, Math.floor(written.length / 3)) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - written.length) >= bestDistance || candidate === written) continue;
    const steps = distance(lower, candidate.toLowerCase());
    if (steps < bestDistance) {
      best = candidate;
      bestDistance = steps;
    }
  }
  return best;
}
