// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The stable merge sort of GLib's lists. Some orders of the scheduler are not transitive (a node can have more of one
 * capacity and less of another), and then the result depends on which items are compared with which.
 */

/** A sorted copy. */
export function sortList<T>(items: readonly T[], compare: (a: T, b: T) => number): T[] {
  if (items.length < 2) return [...items];
  const middle = Math.floor(items.length / 2);
  return merge(sortList(items.slice(0, middle), compare), sortList(items.slice(middle), compare), compare);
}

function merge<T>(left: readonly T[], right: readonly T[], compare: (a: T, b: T) => number): T[] {
  const merged: T[] = [];
  let i = 0;
  let j = 0;
  while (i < left.length && j < right.length) merged.push(compare(left[i]!, right[j]!) <= 0 ? left[i++]! : right[j++]!);
  while (i < left.length) merged.push(left[i++]!);
  while (j < right.length) merged.push(right[j++]!);
  return merged;
}
