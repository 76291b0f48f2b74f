// SPDX-License-Identifier: GPL-2.0-or-later
/** Applying orderings: they become relations between the actions that exist (and a few that are made for it). */
import { ActionFlag, currentRole, OrderKind, Role, type Action, type Ordering, type OrderingSide, type Resource, type Scheduler } from '../model/index.ts';
import { parseSuffix, suffixOf } from './keys.ts';
import { addRelation } from './relation.ts';
import { requestAction } from './request.ts';

/** In order of creation. */
export function applyOrderings(scheduler: Scheduler): void {
  for (const ordering of scheduler.orderings) applyOrdering(scheduler, ordering);
}

function applyOrdering(scheduler: Scheduler, ordering: Ordering): void {
  const { first, then, kinds } = ordering;
  if (first.resource === undefined) {
    if (then.resource === undefined) addRelation(first.action, then.action, kinds);
    else relate(first.action!, then, kinds);
    return;
  }
  const laters = then.resource === undefined ? undefined : then;
  for (const action of firstActions(scheduler, first.resource, ordering)) {
    if (laters === undefined) addRelation(action, then.action, kinds);
    else relate(action, laters, kinds);
  }
}

/** The actions the ordering begins at, oldest first; one is made if there is none. */
function firstActions(scheduler: Scheduler, resource: Resource, ordering: Ordering): readonly Action[] {
  const { first, then } = ordering;
  if (first.action !== undefined) return [first.action];
  const suffix = first.suffix!;
  const parsed = parseSuffix(suffix);
  const found = actionsOrRebuilt(resource, suffix, parsed);
  if (found.length > 0 || then.resource === resource || parsed === undefined) return found;
  const role = parsed.task === 'stop' || parsed.task === 'demote' ? currentRole(resource) : Role.unknown;
  if (parsed.task === 'stop' && role === Role.stopped) return [];
  if (parsed.task === 'demote' && role === Role.unpromoted) return [];
  return [requestAction(scheduler, { resource, ...parsed, isOptional: true, cause: ordering.cause })];
}

/** Actions with the suffix, else with the suffix as it reads when parsed (`lrm_delete_0` reads as `delete_0`). */
function actionsOrRebuilt(resource: Resource, suffix: string, parsed: ReturnType<typeof parseSuffix>): readonly Action[] {
  const found = resource.actions.withSuffix(suffix);
  if (found.length > 0 || parsed === undefined) return found;
  return resource.actions.withSuffix(suffixOf(parsed.task, parsed.intervalMs));
}

function relate(first: Action, then: OrderingSide, kinds: number): void {
  // The stop that ends a broken migration does not restart the resource.
  const isAborting = first.resource !== undefined && first.resource === then.resource && first.has(ActionFlag.migrationAbort);
  const effective = isAborting ? kinds & ~OrderKind.implyThen : kinds;
  if (then.action !== undefined) {
    addRelation(first, then.action, effective);
    return;
  }
  for (const action of actionsOrRebuilt(then.resource!, then.suffix!, parseSuffix(then.suffix!))) addRelation(first, action, effective);
}

