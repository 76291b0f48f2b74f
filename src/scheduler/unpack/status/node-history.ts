// SPDX-License-Identifier: GPL-2.0-or-later
/** The history of one node: for each resource its operations in order, then what follows from them. */
import { msToSeconds, parseInteger, type XmlElement } from '../../../cib/index.ts';
import { Role, type Node, type Primitive, type Scheduler } from '../../model/index.ts';
import { OnFail } from '../../order/on-fail.ts';
import { requestAction } from '../../order/request.ts';
import { targetRole } from '../resources/flags.ts';
import { findForHistory } from './find-instance.ts';
import { Execution, type HistoryEntry } from './history-entry.ts';
import { activeEntries, sortedEntries } from './history-order.ts';
import { interpretOperation } from './operation.ts';
import { applyOutcome } from './outcome.ts';
import { createRemoved, linkRemovedLaunched } from './removed.ts';
import type { ResourceState } from './resource-state.ts';

export function unpackNodeHistory(scheduler: Scheduler, node: Node, state: XmlElement): void {
  const entries = state.at('lrm', 'lrm_resources')?.elements('lrm_resource') ?? [];
  for (const entry of entries) if (entry.id !== undefined) node.history.set(entry.id, entry);
  let hasRemovedLaunched = false;
  for (const entry of entries) {
    if (unpackEntry(scheduler, node, entry)?.isRemovedLaunched === true) hasRemovedLaunched = true;
  }
  if (hasRemovedLaunched) linkRemovedLaunched(scheduler, entries);
}

function unpackEntry(scheduler: Scheduler, node: Node, entry: XmlElement): Primitive | undefined {
  const name = entry.id;
  if (name === undefined) return undefined;
  const operations = sortedEntries(entry);
  if (operations.length === 0 && !scheduler.options.hasShutdownLock) return undefined;
  const resource = findForHistory(scheduler, node, name) ?? (operations.length === 0 ? undefined : createRemoved(scheduler, entry));
  if (resource === undefined) return undefined;
  if (scheduler.options.hasShutdownLock) takeShutdownLock(scheduler, resource, node, entry);
  const before = resource.role;
  resource.role = Role.unknown;
  const state: ResourceState = { scheduler, resource, node, onFail: OnFail.ignore, lastFailure: undefined, rescheduled: new Set() };
  for (const operation of operations) interpretOperation(state, operation);
  if (state.rescheduled.size > 0) node.history.set(name, withoutMatchingDigest(entry, state.rescheduled));
  noteRecurring(state, operations);
  applyOutcome(state);
  limitNextRole(resource);
  if (before > resource.role) resource.role = before;
  return resource;
}

/** A lock keeps a resource on a node that was shut down, until the limit is over. */
function takeShutdownLock(scheduler: Scheduler, resource: Primitive, node: Node, entry: XmlElement): void {
  const time = parseInteger(entry.get('shutdown-lock') ?? '');
  if (time === undefined || time === 0) return;
  const limitMs = scheduler.options.shutdownLockLimitMs;
  if (limitMs > 0 && scheduler.now > time + msToSeconds(limitMs)) {
    requestAction(scheduler, { resource, task: 'lrm_delete', node, isOptional: false, cause: 'shutdown-lock-limit' });
    return;
  }
  resource.lockNode = node;
  resource.lockTime = time;
}

/** A digest that no configuration has, so that the operation is scheduled anew. */
const IMPOSSIBLE_DIGEST = 'calculated-failure-timeout';

function withoutMatchingDigest(entry: XmlElement, rescheduled: ReadonlySet<HistoryEntry>): XmlElement {
  const changed = new Set([...rescheduled].map((one) => one.xml));
  return entry.withChildren(
    entry.children.map((child) => (child.kind === 'element' && changed.has(child) ? child.with('op-restart-digest', IMPOSSIBLE_DIGEST) : child)),
  );
}

/** Says which recurring operations are active: an optional action stands for each. */
function noteRecurring({ scheduler, resource, node }: ResourceState, operations: readonly HistoryEntry[]): void {
  if (!node.isOnline) return;
  for (const { task, intervalMs, status } of activeEntries(operations)) {
    if (intervalMs === 0 || status === Execution.pending) continue;
    requestAction(scheduler, { resource, task, node, intervalMs, isOptional: true, cause: 'history' });
  }
}

function limitNextRole(resource: Primitive): void {
  const wanted = targetRole(resource);
  if (wanted === undefined) return;
  if (resource.nextRole === Role.unknown || wanted < resource.nextRole) resource.nextRole = wanted;
}
