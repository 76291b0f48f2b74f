// SPDX-License-Identifier: GPL-2.0-or-later
/** Steps from role to role: stop, start, promote, demote. */
import { ActionFlag, OrderKind, Role, type Node, type Primitive, type Scheduler } from '../../model/index.ts';
import { fencingAction } from '../fence.ts';
import { exactActions } from '../find.ts';
import { addRelation } from '../relation.ts';
import { requestAction } from '../request.ts';
import { orderAfterUnfencing } from '../unfencing.ts';

type Step = (scheduler: Scheduler, resource: Primitive, node: Node | undefined, isOptional: boolean) => void;

/** Down to Stopped and up again to the same role; optional unless a stop (or promotion) is needed. */
export function scheduleRestart(scheduler: Scheduler, resource: Primitive, current: Node | undefined, needsStop: boolean, needsPromote: boolean): void {
  resource.isRestarting = true;
  let role = resource.role;
  while (role !== Role.stopped) {
    const next = nextStep(role, Role.stopped);
    const step = stepBetween(role, next);
    if (step === undefined) break;
    step(scheduler, resource, current, !needsStop);
    role = next;
  }
  while (resource.role <= resource.nextRole && role !== resource.role && !resource.isBlocked) {
    const next = nextStep(role, resource.role);
    const step = stepBetween(role, next);
    if (step === undefined) break;
    step(scheduler, resource, resource.assignedNode, !(needsStop || (next === Role.promoted && needsPromote)));
    role = next;
  }
  resource.isRestarting = false;
}

/** From the current to the next role. */
export function scheduleRoleChange(scheduler: Scheduler, resource: Primitive): void {
  let role = resource.role;
  while (role !== resource.nextRole) {
    const next = nextStep(role, resource.nextRole);
    const step = stepBetween(role, next);
    if (step === undefined) break;
    step(scheduler, resource, resource.assignedNode, false);
    role = next;
  }
}

/** The role to go to first on the way to another one. */
function nextStep(from: Role, to: Role): Role {
  switch (from) {
    case Role.unknown:
      return to === Role.unknown ? Role.unknown : Role.stopped;
    case Role.stopped:
      if (to === Role.started) return Role.started;
      return to > Role.started ? Role.unpromoted : Role.stopped;
    case Role.started:
      return to >= Role.started ? to : Role.stopped;
    case Role.unpromoted:
      return to >= Role.unpromoted ? to : Role.stopped;
    case Role.promoted:
      return to === Role.promoted ? Role.promoted : Role.unpromoted;
  }
}

function stepBetween(from: Role, to: Role): Step | undefined {
  if (from === Role.promoted) return to === Role.promoted ? undefined : demote;
  if (to === Role.promoted) return promote;
  if (from === Role.stopped) return to === Role.stopped ? undefined : start;
  return to === Role.stopped ? stop : undefined;
}

/** The node a multiply active resource may stay on while it is stopped on the others. */
function isExpectedNode(resource: Primitive, node: Node | undefined): boolean {
  return resource.isRestartingUnexpected && resource.isRestarting && resource.nextRole > Role.stopped && resource.assignedNode === node;
}

function stop(scheduler: Scheduler, resource: Primitive, _node: Node | undefined, isOptional: boolean): void {
  let isStillOptional = isOptional;
  for (const node of resource.runningOn) {
    if (isExpectedNode(resource, node)) continue;
    if (resource.partialMigrationTarget !== undefined) {
      if (node === resource.partialMigrationTarget && node === resource.assignedNode) continue;
      isStillOptional = false;
    }
    stopOn(scheduler, resource, node, isStillOptional);
  }
}

function stopOn(scheduler: Scheduler, resource: Primitive, node: Node, isOptional: boolean): void {
  const action = requestAction(scheduler, { resource, task: 'stop', node, isOptional, cause: 'role' });
  if (resource.assignedNode === undefined) action.reason = 'node availability';
  else if (resource.isRestarting && resource.isRestartingUnexpected) action.reason = 'being multiply active';
  if (!resource.isManaged) action.clear(ActionFlag.runnable);
  if (resource.needsUnfencing) addRelation(action, fencingAction(scheduler, node, { kind: 'on', isOptional: true }), OrderKind.implyFirst);
}

function start(scheduler: Scheduler, resource: Primitive, node: Node | undefined, isOptional: boolean): void {
  const action = requestAction(scheduler, { resource, task: 'start', node, isOptional: true, cause: 'role' });
  if (node !== undefined) orderAfterUnfencing(scheduler, resource, node, action, OrderKind.implyThen);
  if (action.isRunnable && !isOptional) action.clear(ActionFlag.optional);
  if (isExpectedNode(resource, node)) action.set(ActionFlag.pseudo);
}

function promote(scheduler: Scheduler, resource: Primitive, node: Node | undefined, isOptional: boolean): void {
  const starts = node === undefined ? [] : exactActions(resource, 'start_0', node);
  if (starts.every((action) => action.isRunnable)) {
    const action = requestAction(scheduler, { resource, task: 'promote', node, isOptional, cause: 'role' });
    if (isExpectedNode(resource, node)) action.set(ActionFlag.pseudo);
  } else {
    for (const action of exactActions(resource, 'promote_0', node!)) action.clear(ActionFlag.runnable);
  }
}

function demote(scheduler: Scheduler, resource: Primitive, _node: Node | undefined, isOptional: boolean): void {
  for (const node of resource.runningOn) {
    if (!isExpectedNode(resource, node)) requestAction(scheduler, { resource, task: 'demote', node, isOptional, cause: 'role' });
  }
}
