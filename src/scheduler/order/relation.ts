// SPDX-License-Identifier: GPL-2.0-or-later
/** Relations between two actions. */
import { OrderKind, type Action } from '../model/index.ts';

/** Longer lists of successors get an index, so that adding a relation does not cost the length of the list. */
const INDEX_FROM = 8;

/**
 * Orders `then` after `first`. Refused (false) when a relation of the same pair shares a kind with the new one,
 * also if that relation has been dropped since, and between an action and itself.
 */
export function addRelation(first: Action | undefined, then: Action | undefined, kinds: number): boolean {
  if (kinds === OrderKind.none || first === undefined || then === undefined) return false;
  // A constraint may ask for this; nothing can wait for itself, so it asks for nothing.
  if (first === then) return false;
  if ((knownKinds(first, then) & kinds) !== 0) return false;
  first.after.push({ action: then, kinds });
  if (first.afterKinds !== undefined) first.afterKinds.set(then, (first.afterKinds.get(then) ?? 0) | kinds);
  then.before.push({ action: first, kinds });
  return true;
}

function knownKinds(first: Action, then: Action): number {
  if (first.after.length < INDEX_FROM) {
    let kinds = 0;
    for (const relation of first.after) if (relation.action === then) kinds |= relation.kinds;
    return kinds;
  }
  first.afterKinds ??= indexAfter(first);
  return first.afterKinds.get(then) ?? 0;
}

function indexAfter(first: Action): Map<Action, number> {
  const index = new Map<Action, number>();
  for (const { action, kinds } of first.after) index.set(action, (index.get(action) ?? 0) | kinds);
  return index;
}
