// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The marks of an action as an ordering sees them. Those of a collective follow from its parts, and some of what is
 * found is stored on the collective's own action.
 */
import { ActionFlag, type Action, type Bundle, type Collective, type Node, type Resource } from '../../model/index.ts';
import { newestWithTask } from '../find.ts';
import { containersOf } from '../parts.ts';
import { parseSuffix } from '../keys.ts';

const UNTOUCHED = ActionFlag.optional | ActionFlag.runnable | ActionFlag.pseudo;

const PLAIN_TASK: ReadonlyMap<string, string> = new Map([
  ['running', 'start'],
  ['stopped', 'stop'],
  ['promoted', 'promote'],
  ['demoted', 'demote'],
  ['notified', 'notify'],
]);

/** Marks in an ordering: the node matters to clones only, and a clone that can run anywhere counts as runnable. */
export function flagsForOrdering(action: Action, node: Node | undefined): number {
  if (action.resource === undefined) return action.flags;
  const anywhere = actionFlags(action, undefined);
  if (node === undefined || action.resource.kind !== 'clone') return anywhere;
  return actionFlags(action, node) | (anywhere & ActionFlag.runnable);
}

/** Marks by the type of the action's resource, on the node if one is given. */
export function actionFlags(action: Action, node: Node | undefined): number {
  const resource = action.resource;
  if (resource === undefined || resource.kind === 'primitive') return action.flags;
  // Looking at all parts for every relation of a large group would cost the square of its size.
  const known = node === undefined ? action.derivedAnywhere : action.derivedOnNode;
  if (known !== undefined && known.node === node && known.changes === action.counter.changes) return known.flags;
  const flags = derivedFlags(action, resource, node);
  const derived = { changes: action.counter.changes, node, flags };
  if (node === undefined) action.derivedAnywhere = derived;
  else action.derivedOnNode = derived;
  return flags;
}

function derivedFlags(action: Action, resource: Collective, node: Node | undefined): number {
  switch (resource.kind) {
    case 'group':
      return groupFlags(action, resource, node);
    case 'clone':
      return collectiveFlags(action, resource, resource.children, node);
    case 'bundle':
      return collectiveFlags(action, resource, bundleInstances(action, resource), node);
  }
}

/** A group does what any member has to do, and only if every member can. */
function groupFlags(action: Action, group: Resource, node: Node | undefined): number {
  let flags = UNTOUCHED;
  for (const member of group.children) {
    const task = taskOf(member, action.task);
    const memberAction = newestWithTask(member, task, node);
    if (memberAction === undefined) {
      if (task !== 'stop' && task !== 'demote') flags &= ~ActionFlag.runnable;
      continue;
    }
    const memberFlags = actionFlags(memberAction, node);
    if ((memberFlags & ActionFlag.optional) === 0) {
      flags &= ~ActionFlag.optional;
      action.clear(ActionFlag.optional);
    }
    if (task !== action.task && (flags & ActionFlag.runnable) !== 0 && (memberFlags & ActionFlag.runnable) === 0) {
      flags &= ~ActionFlag.runnable;
      action.clear(ActionFlag.runnable);
    }
  }
  return flags;
}

/** A clone or bundle does what any instance has to do, if any instance can. */
function collectiveFlags(action: Action, resource: Resource, instances: readonly Resource[], node: Node | undefined): number {
  const task = originalTask(action, resource);
  let flags = UNTOUCHED;
  let isAnyRunnable = false;
  for (const instance of instances) {
    const instanceAction = newestWithTask(instance, task, instance.kind === 'primitive' ? node : undefined);
    if (instanceAction === undefined) continue;
    const instanceFlags = actionFlags(instanceAction, node);
    if ((instanceFlags & ActionFlag.optional) === 0) {
      flags &= ~ActionFlag.optional;
      action.clear(ActionFlag.optional);
    }
    if ((instanceFlags & ActionFlag.runnable) !== 0) isAnyRunnable = true;
  }
  if (!isAnyRunnable) {
    flags &= ~ActionFlag.runnable;
    if (node === undefined) action.clear(ActionFlag.runnable);
  }
  return flags;
}

const INNER_TASKS: ReadonlySet<string> = new Set(['notify', 'notified', 'promote', 'promoted', 'demote', 'demoted']);

function bundleInstances(action: Action, bundle: Bundle): readonly Resource[] {
  const inner = bundle.clone;
  return inner !== undefined && INNER_TASKS.has(action.task) ? inner.children : containersOf(bundle);
}

/** The task that instances of the action's resource have for it. */
export function originalTask(action: Action, resource: Resource): string {
  const instance = resource.children[0];
  if (action.task !== 'notify' && action.task !== 'notified') return taskOf(instance, action.task);
  const notified = parseSuffix(action.suffix)?.task.split('_notify_')[1];
  return taskOf(instance, notified ?? action.task);
}

/** Primitives have no completed actions: there `running` means `start`. */
function taskOf(part: Resource | undefined, task: string): string {
  return part?.kind === 'primitive' ? (PLAIN_TASK.get(task) ?? task) : task;
}
