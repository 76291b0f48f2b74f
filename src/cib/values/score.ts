// SPDX-License-Identifier: GPL-2.0-or-later
/** Scores: whole numbers from -INFINITY to INFINITY, where infinity is one million. */

export const INFINITY = 1000000;

/** Reads a score; undefined when it is none. Numbers beyond the range are cut to it. */
export function parseScore(text: string): number | undefined {
  switch (text) {
    case 'INFINITY':
    case '+INFINITY':
      return INFINITY;
    case '-INFINITY':
      return -INFINITY;
    default:
      return INTEGER.test(text) ? clipScore(Number(text)) : undefined;
  }
}

const INTEGER = /^\s*[+-]?\d+$/;

export function clipScore(value: number): number {
  return value >= INFINITY ? INFINITY : value <= -INFINITY ? -INFINITY : value + 0;
}

/** Adds scores; -INFINITY beats everything, INFINITY beats the rest. */
export function addScores(a: number, b: number): number {
  if (a <= -INFINITY || b <= -INFINITY) return -INFINITY;
  if (a >= INFINITY || b >= INFINITY) return INFINITY;
  return clipScore(a + b);
}

export function formatScore(score: number): string {
  return score >= INFINITY ? 'INFINITY' : score <= -INFINITY ? '-INFINITY' : String(score);
}
