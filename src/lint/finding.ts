// SPDX-License-Identifier: GPL-2.0-or-later
/** What a rule reports, and how its repair changes the text. */
import type { Span } from '../language/index.ts';

export type LintSeverity = 'error' | 'warning' | 'info';

/** Replaces the text of a span; an insertion has `start === end`. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A finding before the rule's code and severity are added. */
export interface Report {
  readonly span: Span;
  readonly message: string;
  /** Changes that make the finding vanish; absent where only a person can choose. */
  readonly repair?: readonly Edit[];
  /** When the rule's severity depends on the case. */
  readonly severity?: LintSeverity;
}

export interface Finding extends Report {
  readonly code: string;
  readonly severity: LintSeverity;
}

/** Applies edits that do not overlap, in any order; of two that overlap the first given is applied. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const chosen = withoutOverlaps(edits);
  let out = '';
  let at = 0;
  for (const edit of chosen) {
    out += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return out + text.slice(at);
}

/** In the order of the text. Thousands of repairs rarely touch each other: only if some do is each compared with all. */
function withoutOverlaps(edits: readonly Edit[]): Edit[] {
  const inOrder = (a: Edit, b: Edit): number => a.start - b.start || a.end - b.end;
  const sorted = [...edits].sort(inOrder);
  if (sorted.every((edit, i) => i === 0 || edit.start >= sorted[i - 1]!.end)) return sorted;
  const chosen: Edit[] = [];
  for (const edit of edits) if (!chosen.some((other) => overlaps(edit, other))) chosen.push(edit);
  return chosen.sort(inOrder);
}

function overlaps(a: Edit, b: Edit): boolean {
  if (a.start === a.end && b.start === b.end) return false;
  return a.start < b.end && b.start < a.end;
}

/** Tells where an offset of the edited text stood in the text before. */
export function offsetsBefore(edits: readonly Edit[]): (offset: number) => number {
  const sorted = withoutOverlaps(edits);
  // Where each edit begins in the text after the edits.
  const starts: number[] = [];
  let shift = 0;
  for (const edit of sorted) {
    starts.push(edit.start + shift);
    shift += edit.text.length - (edit.end - edit.start);
  }
  return (offset) => {
    const at = lastNotAfter(starts, offset);
    if (at < 0) return offset;
    const edit = sorted[at]!;
    const behind = offset - starts[at]!;
    return behind < edit.text.length ? Math.min(edit.start + behind, edit.end) : edit.end + behind - edit.text.length;
  };
}

/** Index of the last of ascending numbers that is not above `value`; -1 when all are. */
function lastNotAfter(numbers: readonly number[], value: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
