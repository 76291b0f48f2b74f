// SPDX-License-Identifier: GPL-2.0-or-later
/** What a conformance suite is: a folder of recorded cases and a way to judge each (see docs in run.ts). */

/** One judged result. A case may count several times (`id.scores`, `id.graph`, `id.summary`). */
export interface Outcome {
  readonly id: string;
  /** Undefined when the case passes; else the first difference, both sides, on one line. */
  readonly difference?: string;
  /** The whole difference, shown with `--only ID`. */
  readonly full?: string;
}

export interface ConformanceCase {
  readonly id: string;
  readonly group?: string;
  /** Every outcome id the case yields, so that a crash fails all of them. Default: the case id alone. */
  readonly outcomes?: readonly string[];
  run(): Outcome[] | Promise<Outcome[]>;
}

export interface Suite {
  readonly name: string;
  /** Reads the case list of a folder; `find` looks supporting data up in DIR, QUORATE_FIXTURES, ../shared/fixtures. */
  cases(dir: string, find: (relativePath: string) => string | undefined): ConformanceCase[] | Promise<ConformanceCase[]>;
}

/** First line in which two texts differ, and a full listing; undefined when they are equal. */
export function firstDifference(expected: readonly string[], actual: readonly string[]): Pick<Outcome, 'difference' | 'full'> | undefined {
  const length = Math.max(expected.length, actual.length);
  for (let i = 0; i < length; i++) {
    if (expected[i] === actual[i]) continue;
    const difference = `line ${i + 1}: expected ${quoted(expected[i])}, got ${quoted(actual[i])}`;
    const full = `${difference}\n--- expected\n${expected.join('\n')}\n+++ got\n${actual.join('\n')}`;
    return { difference, full };
  }
  return undefined;
}

function quoted(line: string | undefined): string {
  return line === undefined ? 'nothing' : JSON.stringify(line);
}
