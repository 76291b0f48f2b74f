// SPDX-License-Identifier: GPL-2.0-or-later
/** Merging of sets: values replace those of the same name, everything else stays. */
import type { Building } from './building.ts';

/** Puts the pairs of `from` (which have their ids) into `into`. */
export function mergeSet(into: Building, from: Building): void {
  for (const pair of from.parts()) {
    if (pair.name !== 'nvpair') continue;
    const known = into.parts().find((part) => part.name === 'nvpair' && part.get('name') === pair.get('name') && part.get('name') !== undefined);
    if (known === undefined) into.add(pair);
    else known.set('value', pair.get('value'));
  }
}
