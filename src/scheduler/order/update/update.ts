// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The update pass: lets every relation act on the marks of its two actions until nothing changes any more.
 * It is plain recursion in exactly this order, because some effects do not count as changes (forcing into the graph,
 * dropping a relation) and so depend on what the pass meets first. Its depth is the length of the longest chain of
 * changes: a group of 1500 running members whose first one changes fits the usual stack, one of 3000 needs a larger one.
 */
import { ActionFlag, isAncestor, OrderKind, type Action, type Relation, type Scheduler } from '../../model/index.ts';
import { blockColocatedDependents } from './block.ts';
import { flagsForOrdering } from './flags.ts';
import { applyKinds } from './kinds.ts';
import { singleAssignedNodeNow } from '../parts.ts';
import { addRelation } from '../relation.ts';
import { completedAction } from './completed.ts';
import { Changed } from './rules.ts';

/** Updates every action, newest first. */
export function updateActions(scheduler: Scheduler): void {
  for (let i = scheduler.actions.length - 1; i >= 0; i--) updateAction(scheduler, scheduler.actions[i]!);
}

export function updateAction(scheduler: Scheduler, then: Action): void {
  const flagsBefore = then.flags;
  if (then.requiredRunnableBefore > 0) {
    then.runnableBefore = 0;
    then.clear(ActionFlag.runnable);
  }
  let isChanged = false;
  for (let i = then.before.length - 1; i >= 0; i--) {
    if (updateRelation(scheduler, then, then.before[i]!)) isChanged = true;
  }
  if (then.requiredRunnableBefore > 0) isChanged = then.flags !== flagsBefore;
  if (!isChanged) return;
  if ((flagsBefore & ActionFlag.runnable) !== 0 && !then.isRunnable) blockColocatedDependents(scheduler, then);
  updateAction(scheduler, then);
  updateSuccessors(scheduler, then);
}

/** Updates what is ordered after the action; relations added meanwhile are not visited. */
export function updateSuccessors(scheduler: Scheduler, action: Action): void {
  for (let i = action.after.length - 1; i >= 0; i--) updateAction(scheduler, action.after[i]!.action);
}

/** Lets one relation act; true when the later action changed. */
function updateRelation(scheduler: Scheduler, then: Action, relation: Relation): boolean {
  const first = relation.action;
  const firstNode = isGroupStart(first) ? singleAssignedNodeNow(scheduler, first.resource!) : first.node;
  const thenNode = isGroupStart(then) ? singleAssignedNodeNow(scheduler, then.resource!) : then.node;
  if ((relation.kinds & OrderKind.onSameNode) !== 0 && firstNode !== undefined && thenNode !== undefined && firstNode !== thenNode) {
    relation.kinds = OrderKind.none;
    return false;
  }
  if ((relation.kinds & OrderKind.cancel) !== 0 && first.resource !== undefined && then.isRequired) cancelFirst(first);
  const acting = actingFirst(first, then);
  if (acting !== first) {
    // The completed action stands for the collective's; its relation takes the place of this one.
    if (!addRelation(acting, then, relation.kinds)) return false;
    relation.kinds = OrderKind.none;
    return true;
  }
  const firstFlags = flagsForOrdering(first, thenNode);
  const thenFlags = flagsForOrdering(then, firstNode);
  const changed = applyKinds(scheduler, relation, then, firstFlags, thenFlags);
  if ((changed & Changed.first) !== 0) {
    updateSuccessors(scheduler, first);
    updateAction(scheduler, first);
  }
  return (changed & Changed.then) !== 0;
}

function isGroupStart(action: Action): boolean {
  return action.resource?.kind === 'group' && action.task === 'start';
}

/** A required later action makes the first unnecessary: a stop makes a reload so. */
function cancelFirst(first: Action): void {
  first.set(ActionFlag.optional);
  if (first.task === 'reload-agent') first.resource!.isReloading = false;
}

function actingFirst(first: Action, then: Action): Action {
  if (first.resource === undefined || then.resource === undefined || first.resource === then.resource) return first;
  return isAncestor(first.resource, then.resource) ? first : completedAction(first);
}
