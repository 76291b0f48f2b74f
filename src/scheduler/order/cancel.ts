// SPDX-License-Identifier: GPL-2.0-or-later
/** Cancelling a recurring action. */
import type { Action, Node, Primitive, Scheduler } from '../model/index.ts';
import { suffixOf } from './keys.ts';
import { requestAction } from './request.ts';

/**
 * The cancellation has the key of what it cancels. If that action is known already it becomes the cancellation, and
 * keeps the low number it was given when the history was read.
 */
export function requestCancel(scheduler: Scheduler, resource: Primitive, task: string, intervalMs: number, node: Node, cause: string): Action {
  const suffix = suffixOf(task, intervalMs);
  const action = requestAction(scheduler, { resource, task: 'cancel', suffix, intervalMs, node, isOptional: false, cause });
  if (action.task !== 'cancel') resource.actions.rename(action, 'cancel');
  action.cancelTask = task;
  action.meta.set('operation', task);
  action.meta.set('interval', String(intervalMs));
  return action;
}
