// SPDX-License-Identifier: GPL-2.0-or-later
/** Pseudo-actions of collective resources. */
import { ActionFlag, type Action, type Collective, type Scheduler } from '../../model/index.ts';
import { requestAction } from '../request.ts';

/** A point in the order that belongs to a collective; without `isRunnable` it stays as asking for it left it. */
export function requestPoint(scheduler: Scheduler, resource: Collective, task: string, isOptional: boolean, isRunnable: boolean): Action {
  const action = requestAction(scheduler, { resource, task, isOptional, cause: resource.kind });
  action.set(ActionFlag.pseudo | (isRunnable ? ActionFlag.runnable : 0));
  return action;
}
