// SPDX-License-Identifier: GPL-2.0-or-later
/** Giving a resource its node, or none, and taking it back. */
import { ActionFlag, Role, roleName, type Action, type Node, type Primitive, type Resource, type Scheduler } from '../model/index.ts';
import { isReachable } from './availability.ts';
import { consume, release } from './capacity.ts';
import { reportUtilization } from './score-lines.ts';

/** Assigns a resource (every part of a collective); whether anything changed. */
export function assignNode(scheduler: Scheduler, resource: Resource, node: Node | undefined, isForced: boolean, stopIfFails: boolean): boolean {
  if (resource.kind === 'primitive') return assignPrimitive(scheduler, resource, node, isForced, stopIfFails);
  let changed = false;
  for (const child of resource.children) if (assignNode(scheduler, child, node, isForced, stopIfFails)) changed = true;
  return changed;
}

function assignPrimitive(scheduler: Scheduler, resource: Primitive, wanted: Node | undefined, isForced: boolean, stopIfFails: boolean): boolean {
  let node = wanted;
  const score = wanted === undefined ? 0 : resource.allowedNodes.has(wanted) ? resource.allowedNodes.score(wanted) : wanted.score;
  if (!isForced && node !== undefined && (score < 0 || (!isReachable(node) && !node.isGuest))) {
    if (stopIfFails) resource.nextRole = Role.stopped;
    node = undefined;
  }
  const changed = resource.assignedNode !== node;
  unassign(resource);
  resource.isAssigned = true;
  if (node === undefined) {
    if (stopIfFails) stopForWantOfNode(scheduler, resource);
    return changed;
  }
  resource.assignedNode = node;
  resource.assignedScore = score;
  node.assignedCount++;
  consume(node, resource.utilization);
  reportUtilization(scheduler, resource, node);
  scheduler.recorder?.note({ kind: 'assign', resource: resource.id, node: node.name, score, cause: isForced ? 'forced' : 'best score' });
  return changed;
}

function stopForWantOfNode(scheduler: Scheduler, resource: Primitive): void {
  resource.nextRole = Role.stopped;
  for (const action of resource.actions.all) {
    if (action.task === 'stop') action.clear(ActionFlag.optional);
    else if (action.task === 'start' || isActiveRecurring(action)) action.clear(ActionFlag.runnable);
  }
  scheduler.recorder?.note({ kind: 'role', resource: resource.id, role: roleName(Role.stopped), cause: 'no node available' });
}

/** Monitors for the Stopped role make sense without a node. */
function isActiveRecurring(action: Action): boolean {
  const interval = action.meta.get('interval');
  return interval !== undefined && interval !== '0' && action.meta.get('op_target_rc') !== '7';
}

/** Undoes an assignment, with all it took. */
export function unassign(resource: Resource): void {
  resource.isAssigned = false;
  if (resource.kind !== 'primitive') {
    for (const child of resource.children) unassign(child);
    return;
  }
  const node = resource.assignedNode;
  if (node === undefined) return;
  resource.assignedNode = undefined;
  node.assignedCount--;
  release(node, resource.utilization);
}
