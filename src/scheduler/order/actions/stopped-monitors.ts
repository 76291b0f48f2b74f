// SPDX-License-Identifier: GPL-2.0-or-later
/** Recurring monitors for the role Stopped: they make sure that a resource is not running where it should not be. */
import { ActionFlag, OrderKind, Role, type Action, type Node, type Primitive, type Scheduler } from '../../model/index.ts';
import { requestCancel } from '../cancel.ts';
import { exactActions, matchingActions } from '../find.ts';
import { actionSide, addOrdering, side } from '../ordering.ts';
import { addRelation } from '../relation.ts';
import { requestAction } from '../request.ts';
import type { RecurringOperation } from './recurring.ts';

/** One on every node but the one the resource is assigned to. Anonymous instances cannot have them. */
export function createStoppedMonitors(scheduler: Scheduler, resource: Primitive, operation: RecurringOperation): void {
  if (!resource.isUnique) return;
  for (const node of scheduler.nodes) {
    if (node === resource.assignedNode) cancelBeforeStart(scheduler, resource, node, operation);
    else createStoppedMonitor(scheduler, resource, node, operation);
  }
}

function cancelBeforeStart(scheduler: Scheduler, resource: Primitive, node: Node, { name, intervalMs, suffix }: RecurringOperation): void {
  if (exactActions(resource, suffix, node).length === 0) return;
  const cancel = requestCancel(scheduler, resource, name, intervalMs, node, 'recurring');
  if (resource.nextRole !== Role.started && resource.nextRole !== Role.unpromoted) return;
  addOrdering(scheduler, actionSide(cancel), side(resource, 'start'), OrderKind.block, 'recurring');
}

function createStoppedMonitor(scheduler: Scheduler, resource: Primitive, node: Node, { name: task, intervalMs, suffix }: RecurringOperation): void {
  const isOptional = exactActions(resource, suffix, node).length > 0;
  const monitor = requestAction(scheduler, { resource, task, intervalMs, node, isOptional, cause: 'recurring' });
  monitor.meta.set('op_target_rc', '7');
  if (resource.isManaged) {
    for (const probe of matchingActions(resource, 'monitor_0', node)) addRelation(probe, monitor, OrderKind.block);
  }
  for (const stop of exactActions(resource, 'stop_0', node)) orderAfterStop(scheduler, resource, stop, monitor);
  if (!node.isOnline || node.isUnclean) monitor.clear(ActionFlag.runnable);
}

function orderAfterStop(scheduler: Scheduler, resource: Primitive, stop: Action, monitor: Action): void {
  if (stop.isRequired && monitor.isRequired && !resource.isManaged) monitor.set(ActionFlag.optional);
  if (!stop.isRunnable) monitor.clear(ActionFlag.runnable);
  if (resource.isManaged) addOrdering(scheduler, actionSide(stop), actionSide(monitor), OrderKind.implyThen | OrderKind.block, 'recurring');
}
