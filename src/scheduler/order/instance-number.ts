// SPDX-License-Identifier: GPL-2.0-or-later
/** Instances by their number: the digits at the end of an id. */
import type { Clone, Resource } from '../model/index.ts';

/** Sorts the instances of a clone in place; later phases see the new order. */
export function sortByInstanceNumber(clone: Clone): void {
  clone.children.sort((a, b) => instanceNumber(a) - instanceNumber(b));
}

function instanceNumber(resource: Resource): number {
  const digits = /\d+$/.exec(resource.id);
  return digits === null ? 0 : Number(digits[0]);
}
