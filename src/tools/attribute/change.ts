// SPDX-License-Identifier: GPL-2.0-or-later
/** Setting and deleting name/value pairs through a backend. */
import type { Backend } from '../../backends/index.ts';
import { element, sanitizeId, type CibReply, type XmlElement } from '../../cib/index.ts';
import { defaultSet, newPair, type Match, type Place } from './place.ts';

export interface PairUpdate {
  readonly place: Place;
  readonly name: string;
  readonly value: string;
  readonly set?: string;
  readonly id?: string;
  /** The pair that already holds the attribute. */
  readonly present?: Match;
}

/** Sets one pair: in place when it is there, else at the end of its set. */
export function setPair(backend: Backend, update: PairUpdate, client: string): Promise<CibReply> {
  const { place, name, value, present } = update;
  if (present !== undefined) {
    const nvpair = element('nvpair', { id: present.nvpair.id, name, value });
    return backend.apply({ client, change: { op: 'modify', data: inside(place, present, nvpair), allowCreate: true } });
  }
  const set = update.set ?? defaultSet(place);
  const nvpair = element('nvpair', { id: update.id ?? sanitizeId(`${set}-${name}`), name, value });
  return backend.apply({ client, change: { op: 'modify', data: newPair(place, set, nvpair), allowCreate: true } });
}

/** The path from the section down, so that only this pair is meant even where ids repeat in the status section. */
function inside(place: Place, present: Match, nvpair: XmlElement): XmlElement {
  return newPair(place, present.set.id ?? defaultSet(place), nvpair);
}

export function deletePair(backend: Backend, place: Place, match: Match, client: string): Promise<CibReply> {
  const section = place.scope === 'tickets' ? 'status' : place.scope;
  const { nvpair } = match;
  return backend.apply({ client, change: { op: 'delete', section, data: element('nvpair', { id: nvpair.id, name: nvpair.get('name') }) } });
}
