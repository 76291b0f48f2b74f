// SPDX-License-Identifier: GPL-2.0-or-later
/** Ranges of whole numbers as `date_spec` writes them: `N`, `N-M`, `N-`, `-M`. */

export interface NumberRange {
  readonly low: number;
  readonly high: number;
}

/** Reads a range; an open side is unbounded. Undefined when the text is none. */
export function parseRange(text: string): NumberRange | undefined {
  const match = /^(\d*)(-?)(\d*)$/.exec(text);
  if (match === null || (match[1] === '' && match[3] === '')) return undefined;
  const [, low, dash, high] = match;
  if (dash === '') return { low: Number(low), high: Number(low) };
  return { low: low === '' ? -Infinity : Number(low), high: high === '' ? Infinity : Number(high) };
}
