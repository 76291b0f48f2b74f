// SPDX-License-Identifier: GPL-2.0-or-later
/** The pseudo-actions of a notification round: before and after a task of a collective. */
import { INFINITY } from '../../../cib/index.ts';
import { ActionFlag, OrderKind, type Action, type Clone, type NotificationRound, type NotifiedTask, type Resource, type Scheduler } from '../../model/index.ts';
import { notifySuffix } from '../keys.ts';
import { addRelation } from '../relation.ts';
import { requestAction } from '../request.ts';

const { order, implyThen } = OrderKind;

/** Rounds for starting and stopping; what has been stopped is told before what will be started. */
export function createStartStopRounds(scheduler: Scheduler, clone: Clone, start: Action, running: Action, stop: Action, stopped: Action): void {
  if (!clone.notifies) return;
  const { notifications } = clone;
  if (!notifications.has('start')) notifications.set('start', createRound(scheduler, clone, 'start', start, running));
  if (notifications.has('stop')) return;
  const stopRound = createRound(scheduler, clone, 'stop', stop, stopped);
  notifications.set('stop', stopRound);
  addRelation(stopRound.postDone, notifications.get('start')!.pre, order);
}

export function createPromoteRound(scheduler: Scheduler, clone: Clone, promote: Action, promoted: Action): void {
  if (!clone.notifies || clone.notifications.has('promote')) return;
  clone.notifications.set('promote', createRound(scheduler, clone, 'promote', promote, promoted));
}

/** The round for demoting, and with it the order of all rounds. */
export function createDemoteRound(scheduler: Scheduler, clone: Clone, demote: Action, demoted: Action): void {
  if (!clone.notifies || clone.notifications.has('demote')) return;
  const { notifications } = clone;
  const demoteRound = createRound(scheduler, clone, 'demote', demote, demoted);
  notifications.set('demote', demoteRound);
  const pre = (task: NotifiedTask): Action | undefined => notifications.get(task)?.pre;
  addRelation(notifications.get('stop')?.postDone, pre('promote'), order);
  addRelation(notifications.get('start')?.postDone, pre('promote'), order);
  addRelation(demoteRound.postDone, pre('promote'), order);
  addRelation(demoteRound.postDone, pre('start'), order);
  addRelation(demoteRound.postDone, pre('stop'), order);
}

function createRound(scheduler: Scheduler, resource: Resource, task: NotifiedTask, action: Action, done: Action): NotificationRound {
  const pre = createPoint(scheduler, resource, 'notify', 'pre', task, action);
  const preDone = createPoint(scheduler, resource, 'notified', 'confirmed-pre', task, action);
  pre.set(ActionFlag.runnable);
  preDone.set(ActionFlag.runnable);
  addRelation(pre, preDone, order);
  addRelation(preDone, action, order);
  const { post, postDone } = createPostPoints(scheduler, resource, task, done);
  addRelation(preDone, post, order);
  return { task, pre, preDone, post, postDone };
}

/** The round after a stop that fencing implies: nothing is told before. */
export function createFencedStopRound(scheduler: Scheduler, resource: Resource, fencing: Action): NotificationRound {
  return { task: 'stop', pre: undefined, preDone: undefined, ...createPostPoints(scheduler, resource, 'stop', fencing) };
}

function createPostPoints(scheduler: Scheduler, resource: Resource, task: NotifiedTask, done: Action): { readonly post: Action; readonly postDone: Action } {
  const post = createPoint(scheduler, resource, 'notify', 'post', task, done);
  const postDone = createPoint(scheduler, resource, 'notified', 'confirmed-post', task, done);
  for (const point of [post, postDone]) {
    point.priority = INFINITY;
    if (done.isRunnable) point.set(ActionFlag.runnable);
    else point.clear(ActionFlag.runnable);
  }
  addRelation(done, post, implyThen);
  addRelation(post, postDone, implyThen);
  return { post, postDone };
}

function createPoint(scheduler: Scheduler, resource: Resource, task: string, type: string, notified: NotifiedTask, about: Action): Action {
  const suffix = notifySuffix(type, about.task);
  const point = requestAction(scheduler, { resource, task, suffix, isOptional: about.isOptional, cause: 'notify' });
  point.set(ActionFlag.pseudo);
  point.meta.set('notify_key_type', type);
  point.meta.set('notify_key_operation', about.task);
  point.meta.set('notify_type', type.replace('confirmed-', ''));
  point.meta.set('notify_operation', notified);
  return point;
}
