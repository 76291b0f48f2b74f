// SPDX-License-Identifier: GPL-2.0-or-later
/** Repairs that can be made together: a repair is made as a whole or waits for the next look at the text. */
import type { Edit } from './finding.ts';

/** The edits of all repairs that do not get in each other's way; of two that do, those of the first. Linear in what is edited. */
export function compatible(repairs: readonly (readonly Edit[])[]): Edit[] {
  const changed = new Set<number>();
  const insertions = new Map<number, string[]>();
  const chosen: Edit[] = [];
  for (const repair of repairs) {
    if (!repair.every((edit) => fits(edit, changed, insertions))) continue;
    for (const edit of repair) {
      const before = insertions.get(edit.start) ?? [];
      // Two rules may ask for the same pair at the same place.
      if (edit.start === edit.end && before.includes(edit.text)) continue;
      chosen.push(edit);
      for (let at = edit.start; at < edit.end; at++) changed.add(at);
      if (edit.start === edit.end) insertions.set(edit.start, [...before, edit.text]);
    }
  }
  return chosen;
}

function fits(edit: Edit, changed: ReadonlySet<number>, insertions: ReadonlyMap<number, readonly string[]>): boolean {
  if (edit.start === edit.end) {
    if (changed.has(edit.start - 1) && changed.has(edit.start)) return false;
    return (insertions.get(edit.start) ?? []).every((other) => other === edit.text || areOrderless(other, edit.text));
  }
  for (let at = edit.start; at < edit.end; at++) if (changed.has(at) || (at > edit.start && insertions.has(at))) return false;
  return true;
}

/** Whole lines, and lists of pairs, mean the same in any order. */
function areOrderless(a: string, b: string): boolean {
  return (a.endsWith('\n') && b.endsWith('\n')) || (isPairs(a) && isPairs(b));
}

function isPairs(text: string): boolean {
  return /^(?:\s+[^\s=]+=\S+)+$/.test(text);
}
