// SPDX-License-Identifier: GPL-2.0-or-later
/** Recurring monitors: starting those of the coming role, cancelling those of the past one. */
import { ActionFlag, OrderKind, parseRole, Role, type Action, type Node, type Primitive, type Scheduler } from '../../model/index.ts';
import { requestCancel } from '../cancel.ts';
import { exactActions } from '../find.ts';
import { suffixOf } from '../keys.ts';
import { operationsOf, type ConfiguredOperation } from '../operations.ts';
import { actionSide, addOrdering, side } from '../ordering.ts';
import { requestAction } from '../request.ts';
import { createStoppedMonitors } from './stopped-monitors.ts';

const CANNOT_RECUR: ReadonlySet<string> = new Set(['stop', 'start', 'demote', 'promote', 'reload-agent', 'migrate_to', 'migrate_from']);

/** A configured operation that may be scheduled at its interval. */
export interface RecurringOperation {
  readonly name: string;
  readonly intervalMs: number;
  readonly suffix: string;
  /** Unknown when no role is configured. */
  readonly role: Role;
}

export function createRecurringActions(scheduler: Scheduler, resource: Primitive): void {
  if (resource.isBlocked || resource.isInMaintenance) return;
  const node = resource.assignedNode;
  const isWanted = node !== undefined && !node.isInMaintenance && (resource.nextRole !== Role.stopped || !resource.isManaged);
  const start = isWanted ? requestAction(scheduler, { resource, task: 'start', node, isOptional: true, cause: 'recurring' }) : undefined;
  const operations = operationsOf(resource);
  for (const configured of operations) {
    const operation = recurringOperation(configured, operations);
    if (operation === undefined) continue;
    if (operation.role === Role.stopped) createStoppedMonitors(scheduler, resource, operation);
    else if (start !== undefined) createActiveMonitor(scheduler, resource, start, node!, operation);
  }
}

function recurringOperation(op: ConfiguredOperation, all: readonly ConfiguredOperation[]): RecurringOperation | undefined {
  if (op.intervalMs === 0 || !op.isEnabled || CANNOT_RECUR.has(op.name)) return undefined;
  // The same name and interval twice leaves open what is meant, so none of them is scheduled.
  if (all.some((other) => other !== op && other.name === op.name && other.intervalMs === op.intervalMs)) return undefined;
  const role = op.role === undefined ? Role.unknown : parseRole(op.role);
  if (role === undefined || (op.role !== undefined && role === Role.unknown)) return undefined;
  return { name: op.name, intervalMs: op.intervalMs, suffix: suffixOf(op.name, op.intervalMs), role };
}

function createActiveMonitor(scheduler: Scheduler, resource: Primitive, start: Action, node: Node, operation: RecurringOperation): void {
  const isOptional = isRunningUnchanged(resource, start, node, operation.suffix);
  const isMatch = operation.role === Role.unknown ? resource.nextRole !== Role.promoted : resource.nextRole === operation.role;
  if (!isMatch) {
    if (isOptional) cancelForRoleChange(scheduler, resource, node, operation);
    return;
  }
  const { name: task, intervalMs } = operation;
  const monitor = requestAction(scheduler, { resource, task, intervalMs, node, isOptional, cause: 'recurring' });
  if (!start.isRunnable || !node.isOnline || node.isUnclean) monitor.clear(ActionFlag.runnable);
  if (resource.nextRole === Role.promoted) monitor.meta.set('op_target_rc', '8');
  if (resource.isManaged) orderMonitor(scheduler, resource, monitor);
}

function isRunningUnchanged(resource: Primitive, start: Action, node: Node, suffix: string): boolean {
  if (start.isRequired) return false;
  const known = exactActions(resource, suffix, node);
  return known.length > 0 && !known.some((action) => action.has(ActionFlag.reschedule));
}

function orderMonitor(scheduler: Scheduler, resource: Primitive, monitor: Action): void {
  const implied = OrderKind.implyThen | OrderKind.block;
  const then = actionSide(monitor);
  addOrdering(scheduler, side(resource, 'start'), then, implied, 'recurring');
  addOrdering(scheduler, side(resource, 'reload-agent'), then, implied, 'recurring');
  const roleTask = resource.nextRole === Role.promoted ? 'promote' : resource.role === Role.promoted ? 'demote' : undefined;
  if (roleTask !== undefined) addOrdering(scheduler, side(resource, roleTask), then, OrderKind.order | OrderKind.block, 'recurring');
}

/** The monitor of the role the resource leaves is cancelled before it leaves it. */
function cancelForRoleChange(scheduler: Scheduler, resource: Primitive, node: Node, operation: RecurringOperation): void {
  const cancel = requestCancel(scheduler, resource, operation.name, operation.intervalMs, node, 'recurring');
  const task = leavingTask(resource);
  if (task !== undefined) addOrdering(scheduler, actionSide(cancel), side(resource, task), OrderKind.block, 'recurring');
}

function leavingTask(resource: Primitive): string | undefined {
  if (resource.role === Role.promoted) return 'demote';
  if (resource.role !== Role.started && resource.role !== Role.unpromoted) return undefined;
  if (resource.nextRole === Role.promoted) return 'promote';
  return resource.nextRole === Role.stopped ? 'stop' : undefined;
}
