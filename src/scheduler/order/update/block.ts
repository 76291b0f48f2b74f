// SPDX-License-Identifier: GPL-2.0-or-later
/** What cannot start (or be promoted) keeps the resources down that must be with it. */
import { ActionFlag, isCollective, Role, topResource, type Action, type Colocation, type Resource, type Scheduler } from '../../model/index.ts';
import { withThisColocations } from '../../assign/colocation-lists.ts';
import { INFINITY } from '../../../cib/index.ts';
import { newestWithTask } from '../find.ts';
import { setReason } from '../reason.ts';
import { updateAction } from './update.ts';

/** Makes the starts and promotions of mandatorily colocated dependents of an unrunnable action unrunnable, too. */
export function blockColocatedDependents(scheduler: Scheduler, action: Action): void {
  if (action.isRunnable || (action.task !== 'start' && action.task !== 'promote')) return;
  const resource = action.resource;
  if (resource === undefined) return;
  // Dependents of a bundle's inner resources are those of the bundle.
  const top = topResource(resource, true);
  if (top.children.length > 0 && !isUnrunnableEverywhere(top, action.task)) return;
  const role = action.task === 'promote' ? Role.promoted : Role.unknown;
  for (const colocation of withThisColocations(top)) {
    if (colocation.score === INFINITY && (role === Role.unknown || colocation.primaryRole === role)) {
      blockDependent(scheduler, colocation, colocation.dependent, resource);
    }
  }
}

/** Whether every child has the action and none can run it. */
function isUnrunnableEverywhere(top: Resource, task: string): boolean {
  return top.children.every((child) => newestWithTask(child, task)?.isRunnable === false);
}

function blockDependent(scheduler: Scheduler, colocation: Colocation, dependent: Resource, reason: Resource): void {
  const task = colocation.dependentRole === Role.promoted ? 'promote' : 'start';
  for (const action of dependent.actions.withTask(task).toReversed()) {
    if (!action.isRunnable) continue;
    action.clear(ActionFlag.runnable);
    setReason(action, `colocation with ${reason.id}`);
    blockColocatedDependents(scheduler, action);
    updateAction(scheduler, action);
  }
  if (isCollective(dependent)) for (const child of dependent.children) blockDependent(scheduler, colocation, child, reason);
}

