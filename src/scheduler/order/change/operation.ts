// SPDX-License-Identifier: GPL-2.0-or-later
/** What follows when a recorded operation is not configured any more, or would run with other parameters. */
import { readableInterval } from '../../../cib/index.ts';
import { ActionFlag, OrderKind, type Node, type Primitive, type Resource, type Scheduler } from '../../model/index.ts';
import type { HistoryEntry } from '../../unpack/status/history-entry.ts';
import { compareDigest, isOnlyPrivateDifferent } from '../digests.ts';
import { operationFor } from '../operations.ts';
import { actionSide, addOrdering, side } from '../ordering.ts';
import { setReason } from '../reason.ts';
import { requestAction } from '../request.ts';
import { triggerUnfencing } from '../unfencing.ts';
import { cancelRecorded } from './changes.ts';

const REASON = 'resource definition change';
/** Operations after which the resource is active as it was started. */
const STARTED_BY: ReadonlySet<string> = new Set(['monitor', 'migrate_from', 'promote']);

/** True when anything has changed. */
export function checkOperation(scheduler: Scheduler, resource: Primitive, node: Node, entry: HistoryEntry): boolean {
  const { task, intervalMs } = entry;
  if (intervalMs > 0 && operationFor(resource, task, intervalMs, false) === undefined) {
    if (scheduler.options.cancelRemovedActions) cancelRecorded(scheduler, resource, node, entry, 'orphan');
    return true;
  }
  const digest = compareDigest(scheduler, resource, node, entry.xml, task, intervalMs);
  if (digest === 'same') return false;
  if (isOnlyPrivateDifferent(scheduler, resource, node, entry.xml, task, intervalMs)) {
    const magic = entry.xml.get('transition-magic') ?? '';
    scheduler.remarks.push(`Only 'private' parameters to ${readableInterval(intervalMs)}-interval ${task} for ${resource.id} on ${node.name} changed: ${magic}`);
    return false;
  }
  if (digest === 'restart') restart(scheduler, resource, node, entry);
  else if (intervalMs > 0) reschedule(scheduler, resource, node, entry);
  else if (entry.xml.has('op-restart-digest')) {
    triggerUnfencing(scheduler, resource, node, 'Device parameters changed (reload)');
    reload(scheduler, resource, node);
  } else restart(scheduler, resource, node, entry);
  return true;
}

/** The action is not bound to a node: it is adopted by the start that is made where the resource goes. */
function restart(scheduler: Scheduler, resource: Primitive, node: Node, { task: recorded, intervalMs }: HistoryEntry): void {
  const task = intervalMs === 0 && STARTED_BY.has(recorded) ? 'start' : recorded;
  const action = requestAction(scheduler, { resource, task, intervalMs, isOptional: false, cause: REASON });
  action.reason = REASON;
  triggerUnfencing(scheduler, resource, node, 'Device parameters changed');
}

/** Scheduled again, so that its next run uses the new parameters; the executor replaces the old one. */
function reschedule(scheduler: Scheduler, resource: Primitive, node: Node, { task, intervalMs }: HistoryEntry): void {
  triggerUnfencing(scheduler, resource, node, 'Device parameters changed (reschedule)');
  requestAction(scheduler, { resource, task, intervalMs, node, isOptional: true, cause: REASON }).set(ActionFlag.reschedule);
}

/** The agent is told to take up its new parameters, unless the resource stops or is demoted anyway. */
export function reload(scheduler: Scheduler, resource: Resource, node: Node): void {
  if (resource.kind !== 'primitive') {
    for (const child of resource.children) reload(scheduler, child, node);
    return;
  }
  if (!resource.isManaged || resource.isFailed) return;
  if (resource.isStartPending) {
    requestAction(scheduler, { resource, task: 'stop', node, isOptional: false, cause: REASON });
    return;
  }
  resource.isReloading = true;
  const action = requestAction(scheduler, { resource, task: 'reload-agent', node, isOptional: false, cause: REASON });
  setReason(action, REASON);
  addOrdering(scheduler, actionSide(action), side(resource, 'stop'), OrderKind.order | OrderKind.cancel, 'reload');
  addOrdering(scheduler, actionSide(action), side(resource, 'demote'), OrderKind.order | OrderKind.cancel, 'reload');
}
