// SPDX-License-Identifier: GPL-2.0-or-later
/** What a change brought in: findings of a text that its earlier version did not have. */
import type { Finding } from './finding.ts';

/** A finding is old when the earlier text has one of the same code about the same words. Counted: a second copy is new. */
export function newFindings(text: string, findings: readonly Finding[], earlierText: string, earlier: readonly Finding[]): Finding[] {
  const known = new Map<string, number>();
  for (const one of earlier) known.set(keyOf(earlierText, one), (known.get(keyOf(earlierText, one)) ?? 0) + 1);
  return findings.filter((one) => {
    const key = keyOf(text, one);
    const left = known.get(key) ?? 0;
    if (left > 0) known.set(key, left - 1);
    return left === 0;
  });
}

function keyOf(text: string, one: Finding): string {
  return `${one.code} ${one.message} ${text.slice(one.span.start, one.span.end)}`;
}
