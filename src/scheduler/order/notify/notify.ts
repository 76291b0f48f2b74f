// SPDX-License-Identifier: GPL-2.0-or-later
/** The notify actions of a clone's instances, made when the graph is built and what will happen is known. */
import { INFINITY } from '../../../cib/index.ts';
import {
  ActionFlag,
  leaves,
  OrderKind,
  Role,
  topResource,
  type Action,
  type Clone,
  type Node,
  type NotificationRound,
  type NotifiedTask,
  type Primitive,
  type Scheduler,
} from '../../model/index.ts';
import { newestWithTask } from '../find.ts';
import { notifySuffix } from '../keys.ts';
import { addRelation } from '../relation.ts';
import { requestAction } from '../request.ts';
import { notificationKeys } from './keys.ts';
import { createFencedStopRound } from './rounds.ts';

const ROUNDS: readonly NotifiedTask[] = ['start', 'stop', 'promote', 'demote'];

type Keys = ReadonlyMap<string, string>;

/** Makes the notify actions of all rounds of a clone. */
export function createNotifications(scheduler: Scheduler, clone: Clone): void {
  if (clone.notifications.size === 0) return;
  const { keys, tasks } = notificationKeys(scheduler, clone);
  for (const task of ROUNDS) {
    const round = clone.notifications.get(task);
    if (round === undefined) continue;
    const isNeeded = tasks.has(task);
    if (isNeeded) for (const point of [round.pre, round.preDone, round.post, round.postDone]) point?.clear(ActionFlag.optional);
    notifyLeaves(scheduler, clone, round, keys, isNeeded);
  }
}

/** Tells the other instances about a stop that fencing implies. */
export function notifyAfterFencing(scheduler: Scheduler, stop: Action, resource: Primitive, fencing: Action): void {
  if (!resource.notifies) return;
  const round = createFencedStopRound(scheduler, resource, fencing);
  const keys = new Map([
    ['notify_stop_resource', resource.id],
    ['notify_stop_uname', stop.node!.name],
  ]);
  notifyLeaves(scheduler, topResource(resource) as Clone, round, keys, false);
}

function notifyLeaves(scheduler: Scheduler, clone: Clone, round: NotificationRound, keys: Keys, isNeeded: boolean): void {
  for (const resource of leaves(clone)) {
    for (const action of resource.actions.all) {
      if (action.isRequired && action.node !== undefined && (ROUNDS as readonly string[]).includes(action.task)) addKeys(action, keys);
    }
    // A stop may be implied by fencing, so that its round is never skipped.
    if (!isNeeded && round.task !== 'stop') continue;
    if (round.task === 'stop' || round.task === 'demote') notifyOnTheWayDown(scheduler, resource, round, keys);
    else notifyOnTheWayUp(scheduler, resource, round, keys);
  }
}

function addKeys(action: Action, keys: Keys): void {
  for (const [name, value] of keys) action.meta.set(name, value);
}

function notifyOnTheWayDown(scheduler: Scheduler, resource: Primitive, round: NotificationRound, keys: Keys): void {
  if (resource.role === Role.stopped) return;
  const stop = newestWithTask(resource, 'stop');
  for (const node of resource.runningOn) {
    // A node that is being fenced is not told.
    if (stop?.isPseudo === true && (node.isUnclean || node.isResetNeeded)) continue;
    createNotify(scheduler, resource, node, round.pre, round.preDone, keys);
    if (round.task === 'demote' || stop === undefined || stop.isOptional) createPostNotify(scheduler, resource, node, round, keys);
  }
}

function notifyOnTheWayUp(scheduler: Scheduler, resource: Primitive, round: NotificationRound, keys: Keys): void {
  if (resource.nextRole === Role.stopped) return;
  const start = newestWithTask(resource, 'start');
  if (start !== undefined && isBehindBlockedConnection(start)) return;
  const node = resource.assignedNode;
  if (node === undefined) return;
  if (round.task !== 'start' || start === undefined || start.isOptional) createNotify(scheduler, resource, node, round.pre, round.preDone, keys);
  createPostNotify(scheduler, resource, node, round, keys);
}

function isBehindBlockedConnection(start: Action): boolean {
  const connection = start.node?.isRemoteNode === true ? start.node.connection : undefined;
  return connection !== undefined && newestWithTask(connection, 'start')?.isRunnable === false;
}

function createNotify(scheduler: Scheduler, resource: Primitive, node: Node, point: Action | undefined, done: Action | undefined, keys: Keys): Action | undefined {
  if (point === undefined || done === undefined || !node.isOnline || !point.isRunnable) return undefined;
  const suffix = notifySuffix(point.meta.get('notify_type')!, point.meta.get('notify_operation')!);
  const notify = requestAction(scheduler, { resource, task: point.task, suffix, node, isOptional: point.isOptional, cause: 'notify' });
  for (const [name, value] of point.meta) if (!notify.meta.has(name)) notify.meta.set(name, value);
  addKeys(notify, keys);
  addRelation(point, notify, OrderKind.order);
  addRelation(notify, done, OrderKind.order);
  return notify;
}

function createPostNotify(scheduler: Scheduler, resource: Primitive, node: Node, round: NotificationRound, keys: Keys): void {
  const notify = createNotify(scheduler, resource, node, round.post, round.postDone, keys);
  if (notify !== undefined) notify.priority = INFINITY;
  const actions = resource.actions.all;
  for (let i = actions.length - 1; i >= 0; i--) {
    const monitor = actions[i]!;
    if ((monitor.meta.get('interval') ?? '0') !== '0' && monitor.task !== 'cancel') addRelation(round.postDone, monitor, OrderKind.order);
  }
}
