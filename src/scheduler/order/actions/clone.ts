// SPDX-License-Identifier: GPL-2.0-or-later
/** Actions of a clone; those of a promotable one also tell when promotions and demotions begin and end. */
import { INFINITY } from '../../../cib/index.ts';
import { leaves, type Clone, type Scheduler } from '../../model/index.ts';
import { createDemoteRound, createPromoteRound } from '../notify/rounds.ts';
import { createResourceActions } from './create.ts';
import { createInstanceActions } from './instances.ts';
import { requestPoint } from './point.ts';

export function createCloneActions(scheduler: Scheduler, clone: Clone): void {
  createInstanceActions(scheduler, clone, clone.children);
  if (clone.isPromotable) createPromotableActions(scheduler, clone);
}

function createPromotableActions(scheduler: Scheduler, clone: Clone): void {
  for (const instance of clone.children) createResourceActions(scheduler, instance);
  const isPromoting = hasRequired(clone, 'promote');
  const isDemoting = hasRequired(clone, 'demote');
  const promote = requestPoint(scheduler, clone, 'promote', !isPromoting, true);
  const promoted = requestPoint(scheduler, clone, 'promoted', !isPromoting, true);
  promoted.priority = INFINITY;
  createPromoteRound(scheduler, clone, promote, promoted);
  const demote = requestPoint(scheduler, clone, 'demote', !isDemoting, true);
  const demoted = requestPoint(scheduler, clone, 'demoted', !isDemoting, true);
  demoted.priority = INFINITY;
  createDemoteRound(scheduler, clone, demote, demoted);
  // While roles were chosen, the priority of instances meant something else.
  for (const instance of clone.children) instance.priority = clone.priority;
}

function hasRequired(clone: Clone, task: string): boolean {
  for (const resource of leaves(clone)) if (resource.actions.withTask(task).some((action) => action.isRequired)) return true;
  return false;
}
