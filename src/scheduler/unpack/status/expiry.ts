// SPDX-License-Identifier: GPL-2.0-or-later
/** Whether a failure in the history is so old that it does not count any more. */
import { msToSeconds } from '../../../cib/index.ts';
import { OrderKind, type Action, type Node, type Resource, type Scheduler } from '../../model/index.ts';
import { compareDigest, isHostNameNeeded } from '../../order/digests.ts';
import { fencingAction } from '../../order/fence.ts';
import { addRelation } from '../../order/relation.ts';
import { requestAction } from '../../order/request.ts';
import { failCount } from './fail-count.ts';
import { Execution, ExitCode, type HistoryEntry } from './history-entry.ts';
import type { ResourceState } from './resource-state.ts';

/** Looks at one entry; may ask for the fail count to be cleared. */
export function isExpiredFailure(state: ResourceState, entry: HistoryEntry): boolean {
  const { scheduler, resource, node } = state;
  const isLastFailure = entry.id.endsWith('_last_failure_0');
  let isExpired = false;
  let clearReason: string | undefined;
  if (resource.failureTimeoutMs > 0 && entry.status !== Execution.notInstalled && entry.lastChange !== undefined) {
    isExpired = isPastTimeout(state, entry);
    noteRecheck(state, entry);
  }
  if (isExpired) {
    const raw = failCount(scheduler, resource, node, { effective: false, entry }).count;
    if (raw > 0) {
      if (failCount(scheduler, resource, node, { effective: true, entry }).count === 0) clearReason = 'it expired';
      else isExpired = false;
    } else if (isLastFailure && resource.reconnectMs > 0) clearReason = 'reconnect interval is set';
  }
  if (!isExpired && isLastFailure && hasChanged(state, entry)) clearReason = 'resource parameters have changed';
  if (clearReason !== undefined) clearFailCount(scheduler, resource, node, clearReason);
  return isExpired && !isFinalProbe(entry);
}

/** The failure of a connection's monitor does not expire before the remote node has been fenced. */
function isPastTimeout({ scheduler, resource }: ResourceState, entry: HistoryEntry): boolean {
  if (scheduler.now < entry.lastChange! + msToSeconds(resource.failureTimeoutMs)) return false;
  if (!resource.isRemoteConnection || resource.reconnectMs === 0 || !scheduler.options.isFencingEnabled) return true;
  if (entry.intervalMs === 0 || entry.task !== 'monitor') return true;
  return scheduler.findNode(resource.id)?.wasFenced !== false;
}

function noteRecheck({ scheduler, resource, node }: ResourceState, entry: HistoryEntry): void {
  const { count, lastFailure } = failCount(scheduler, resource, node, { effective: true, entry });
  const end = lastFailure + msToSeconds(resource.failureTimeoutMs) + 1;
  if (count > 0 && scheduler.now < end) scheduler.recheckNoLaterThan(end);
}

/** Whether the resource is defined otherwise than when it last failed. */
function hasChanged({ scheduler, resource, node }: ResourceState, entry: HistoryEntry): boolean {
  if (entry.task !== 'start' && entry.task !== 'monitor') return false;
  if (isHostNameNeeded(scheduler, resource)) {
    scheduler.deferredChecks.unshift({ resource, node, entry: entry.xml, purpose: 'lastFailure' });
    return false;
  }
  const result = compareDigest(scheduler, resource, node, entry.xml, entry.task, entry.intervalMs);
  return result === 'restart' || result === 'changed';
}

/** Asks for the fail count of a resource on a node to be cleared. */
export function clearFailCount(scheduler: Scheduler, resource: Resource, node: Node, cause: string): Action {
  const clear = requestAction(scheduler, { resource, task: 'clear_failcount', node, isOptional: false, cause });
  clear.meta.set('op_no_wait', 'true');
  // The connection may be tried again only once the node behind it is known to be down.
  const remote = resource.reconnectMs > 0 && scheduler.options.isFencingEnabled ? scheduler.findNode(resource.id) : undefined;
  if (remote !== undefined) addRelation(fencingAction(scheduler, remote, { isOptional: true }), clear, OrderKind.implyThen);
  return clear;
}

/** Results of a probe that say how things are now, however old. */
function isFinalProbe(entry: HistoryEntry): boolean {
  if (entry.task !== 'monitor' || entry.intervalMs !== 0) return false;
  switch (entry.rc) {
    case ExitCode.ok:
    case ExitCode.notRunning:
    case ExitCode.promoted:
    case ExitCode.degraded:
    case ExitCode.degradedPromoted:
      return true;
    default:
      return false;
  }
}
