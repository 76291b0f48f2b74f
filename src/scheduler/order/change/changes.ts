// SPDX-License-Identifier: GPL-2.0-or-later
/** What has to be done because the configuration is not what the history ran with. */
import { isAnonymousClone, leaves, OrderKind, topResource, type Node, type Primitive, type Scheduler } from '../../model/index.ts';
import type { XmlElement } from '../../../cib/index.ts';
import { clearFailCount } from '../../unpack/status/expiry.ts';
import { failCount } from '../../unpack/status/fail-count.ts';
import { activeRange, sortedEntries } from '../../unpack/status/history-order.ts';
import type { HistoryEntry } from '../../unpack/status/history-entry.ts';
import { requestCancel } from '../cancel.ts';
import { compareDigest, isHostNameNeeded } from '../digests.ts';
import { actionSide, addOrdering, side } from '../ordering.ts';

import { requestAction } from '../request.ts';
import { triggerUnfencing } from '../unfencing.ts';
import { checkOperation } from './operation.ts';

/** Compares the histories of all nodes that can run actions, or are in maintenance, with the configuration. */
export function handleConfigurationChanges(scheduler: Scheduler): void {
  const byName = primitivesByHistory(scheduler);
  for (const node of scheduler.nodes) {
    if (!node.isInMaintenance && !node.isAvailable) continue;
    for (const entry of node.history.values()) {
      if (entry.children.length === 0) continue;
      const matches = byName.get(entry.id ?? '') ?? [];
      for (let i = matches.length - 1; i >= 0; i--) checkHistory(scheduler, matches[i]!, node, entry);
    }
  }
}

/** Primitives by id and by history name, in the order in which they stand in the tree. */
function primitivesByHistory(scheduler: Scheduler): ReadonlyMap<string, readonly Primitive[]> {
  const byName = new Map<string, Primitive[]>();
  const add = (name: string, resource: Primitive): void => {
    const list = byName.get(name);
    if (list === undefined) byName.set(name, [resource]);
    else list.push(resource);
  };
  for (const top of scheduler.resources) {
    for (const resource of leaves(top)) {
      add(resource.id, resource);
      if (resource.historyName !== undefined && resource.historyName !== resource.id) add(resource.historyName, resource);
    }
  }
  return byName;
}

function checkHistory(scheduler: Scheduler, resource: Primitive, node: Node, entry: XmlElement): void {
  if (resource.isRemoved) {
    if (!isAnonymousClone(topResource(resource))) cleanUp(scheduler, resource, node);
    return;
  }
  if (!resource.runningOn.includes(node)) {
    if (isAgentChanged(scheduler, resource, node, entry, false)) cleanUp(scheduler, resource, node);
    return;
  }
  if (isAgentChanged(scheduler, resource, node, entry, true)) cleanUp(scheduler, resource, node);
  const operations = sortedEntries(entry);
  const { start, stop } = activeRange(operations);
  if (start < stop) return;
  for (let i = Math.max(start, 0); i < operations.length; i++) checkEntry(scheduler, resource, node, operations[i]!);
}

const CHECKED_ONCE: ReadonlySet<string> = new Set(['monitor', 'start', 'promote', 'migrate_from']);

function checkEntry(scheduler: Scheduler, resource: Primitive, node: Node, entry: HistoryEntry): void {
  if (entry.intervalMs > 0 && (resource.isInMaintenance || node.isInMaintenance)) {
    cancelRecorded(scheduler, resource, node, entry, 'maintenance mode');
  } else if (entry.intervalMs > 0 || CHECKED_ONCE.has(entry.task)) {
    if (isHostNameNeeded(scheduler, resource)) scheduler.deferredChecks.unshift({ resource, node, entry: entry.xml, purpose: 'active' });
    else checkActive(scheduler, resource, node, entry);
  }
}

/** What failed as it was defined before may be tried again. */
export function checkActive(scheduler: Scheduler, resource: Primitive, node: Node, entry: HistoryEntry): void {
  if (!checkOperation(scheduler, resource, node, entry)) return;
  if (failCount(scheduler, resource, node, { effective: true }).count !== 0) clearFailCount(scheduler, resource, node, 'action definition changed');
}

/** A failure is forgotten when the operation is defined otherwise by now. */
export function checkLastFailure(scheduler: Scheduler, resource: Primitive, node: Node, entry: HistoryEntry): void {
  const result = compareDigest(scheduler, resource, node, entry.xml, entry.task, entry.intervalMs);
  if (result === 'restart' || result === 'changed') clearFailCount(scheduler, resource, node, 'resource parameters have changed');
}

const AGENT_ATTRIBUTES = ['type', 'class', 'provider'] as const;

function isAgentChanged(scheduler: Scheduler, resource: Primitive, node: Node, entry: XmlElement, isActive: boolean): boolean {
  let isChanged = false;
  for (const name of AGENT_ATTRIBUTES) {
    if (resource.xml.get(name) === entry.get(name)) continue;
    isChanged = true;
    triggerUnfencing(scheduler, resource, node, 'Device definition changed');
  }
  if (isChanged && isActive) {
    requestAction(scheduler, { resource, task: 'stop', node, isOptional: false, cause: 'agent changed' });
    resource.isStartPending = true;
  }
  return isChanged;
}

/** Removes a history once the resource is stopped, and before it is started. */
function cleanUp(scheduler: Scheduler, resource: Primitive, node: Node): void {
  if (resource.isFailed || node.isUnclean || !node.isOnline) return;
  requestAction(scheduler, { resource, task: 'delete', node, isOptional: false, cause: 'clean-up' });
  addOrdering(scheduler, side(resource, 'stop'), side(resource, 'delete'), OrderKind.order, 'clean-up');
  addOrdering(scheduler, side(resource, 'delete'), side(resource, 'start'), OrderKind.order, 'clean-up');
}

/** Cancels a recurring action the history knows by its call id. */
export function cancelRecorded(scheduler: Scheduler, resource: Primitive, node: Node, entry: HistoryEntry, cause: string): void {
  const cancel = requestCancel(scheduler, resource, entry.task, entry.intervalMs, node, cause);
  const callId = entry.xml.get('call-id');
  if (callId !== undefined) cancel.meta.set('call-id', callId);
  addOrdering(scheduler, side(resource, 'stop'), actionSide(cancel), OrderKind.order, cause);
}
