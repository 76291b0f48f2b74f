// SPDX-License-Identifier: GPL-2.0-or-later
/** Merging of sets: values replace those of the same name, everything else stays. */
import type { Building } from './building.ts';

/** Puts the pairs of `from` (which have their ids) into `into`; the second of a name goes to the second of that name, if there is one. */
export function mergeSet(into: Building, from: Building): void {
  into.set('score', from.get('score'));
  const known = new Map<string, Building[]>();
  for (const part of into.parts()) {
    const name = nameOf(part);
    if (name !== undefined) known.set(name, [...(known.get(name) ?? []), part]);
  }
  for (const pair of from.parts()) {
    const name = nameOf(pair);
    if (name === undefined) continue;
    const [there, ...more] = known.get(name) ?? [];
    if (there === undefined) {
      into.add(pair);
      known.set(name, [pair]);
    } else there.set('value', pair.get('value'));
    if (more.length > 0) known.set(name, more);
  }
}

/** What a pair is known by; a reference by where it leads. */
function nameOf(part: Building): string | undefined {
  if (part.name !== 'nvpair') return undefined;
  return part.get('id-ref') === undefined ? part.get('name') : `id-ref ${part.get('id-ref')}`;
}
