// SPDX-License-Identifier: GPL-2.0-or-later
/** Actions of a primitive: what has to happen between its current and its next role and node. */
import { ActionFlag, activeNodes, Role, type ActiveNodes, type MultipleActivePolicy, type Node, type Primitive, type Scheduler } from '../../model/index.ts';
import { requestAction } from '../request.ts';
import { createMigrationActions, mayMigrate } from './migration.ts';
import { createRecurringActions } from './recurring.ts';
import { scheduleRestart, scheduleRoleChange } from './role-steps.ts';

export function createPrimitiveActions(scheduler: Scheduler, resource: Primitive): void {
  if (resource.nextRole === Role.unknown) resource.nextRole = resource.assignedNode === undefined ? Role.stopped : Role.started;
  const active = activeNodes(resource);
  const { current } = active;
  for (const source of resource.danglingMigrations) abortMigration(scheduler, resource, source);
  const isMoving = current !== undefined && resource.assignedNode !== undefined && current !== resource.assignedNode && resource.nextRole >= Role.started;
  let canMigrate = isMoving && mayMigrate(resource, current);
  let needsStop = isMoving;
  if (resource.partialMigrationSource !== undefined || resource.partialMigrationTarget !== undefined) {
    if (!continuesMigration(resource, active, canMigrate)) {
      needsStop = true;
      canMigrate = false;
      resource.partialMigrationSource = undefined;
      resource.partialMigrationTarget = undefined;
    }
  } else {
    if (isStoppedForBeingMultiplyActive(resource, active)) needsStop = true;
    complainOfMultipleActivity(scheduler, resource, active);
  }
  if (resource.isStartPending) requestStart(scheduler, resource).set(ActionFlag.alwaysInGraph);
  let needsPromote = false;
  if (!isMoving) {
    needsStop ||= needsStopInPlace(scheduler, resource, current);
    needsPromote = resource.isFailed && !resource.isStopNeeded && resource.nextRole === Role.promoted;
  }
  scheduleRestart(scheduler, resource, current, needsStop, needsPromote);
  scheduleRoleChange(scheduler, resource);
  createRecurringActions(scheduler, resource);
  if (canMigrate) createMigrationActions(scheduler, resource, current!);
}

function requestStart(scheduler: Scheduler, resource: Primitive): ReturnType<typeof requestAction> {
  return requestAction(scheduler, { resource, task: 'start', node: resource.assignedNode, isOptional: true, cause: 'role' });
}

function abortMigration(scheduler: Scheduler, resource: Primitive, source: Node): void {
  const stop = requestAction(scheduler, { resource, task: 'stop', node: source, isOptional: false, cause: 'dangling migration' });
  stop.set(ActionFlag.migrationAbort);
}

/** A migration under way goes on only to the same target and with the resource active nowhere else. */
function continuesMigration(resource: Primitive, { current, all }: ActiveNodes, canMigrate: boolean): boolean {
  const { partialMigrationSource: source, partialMigrationTarget: target } = resource;
  return canMigrate && all === 2 && source !== undefined && target !== undefined && current === source && resource.assignedNode === target;
}

function isStoppedForBeingMultiplyActive(resource: Primitive, { all, clean }: ActiveNodes): boolean {
  const count = resource.needsFencing ? all : clean;
  resource.isRestartingUnexpected = count > 1 && resource.multipleActive === 'stop_unexpected';
  return count > 1 && (resource.multipleActive === 'stop_start' || resource.multipleActive === 'stop_unexpected');
}

const RECOVERIES: Readonly<Record<MultipleActivePolicy, string>> = {
  stop_start: 'attempting recovery',
  stop_only: 'shutting it down',
  block: 'waiting for an administrator',
  stop_unexpected: 'stopping unexpected instances',
};

function complainOfMultipleActivity(scheduler: Scheduler, resource: Primitive, { all, clean }: ActiveNodes): void {
  const count = resource.needsFencing ? all : clean;
  if (count < 2) return;
  scheduler.messages.push({
    severity: 'error',
    text: `${resource.class} resource ${resource.id} might be active on ${count} nodes (${RECOVERIES[resource.multipleActive]})`,
    step: 'pcmk__primitive_create_actions',
  });
}

function needsStopInPlace(scheduler: Scheduler, resource: Primitive, current: Node | undefined): boolean {
  if (resource.isFailed) return resource.isStopNeeded;
  if (resource.isBlocked) return true;
  if (resource.role <= Role.started || current === undefined || resource.assignedNode === undefined) return false;
  // A start that is required already (by a changed definition) makes this a restart.
  return requestStart(scheduler, resource).isRequired;
}
