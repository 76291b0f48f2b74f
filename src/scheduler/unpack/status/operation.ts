// SPDX-License-Identifier: GPL-2.0-or-later
/** Interpreting one recorded operation: what it says about the resource, and what follows if it failed. */
import { Role } from '../../model/index.ts';
import { OnFail } from '../../order/on-fail.ts';
import { requestAction } from '../../order/request.ts';
import { ban, banEverywhere } from '../../scores/add-score.ts';
import { isExpiredFailure } from './expiry.ts';
import { failureHandling, takeFailure } from './failure.ts';
import { Execution, isProbe, type HistoryEntry } from './history-entry.ts';
import { reportBan } from './failure-text.ts';
import { remap } from './remap.ts';
import { becomeActive, failureScope, recordFailure, type Interpretation, type ResourceState } from './resource-state.ts';
import { isMaskableProbeFailure, takeSuccess } from './success.ts';

const TASKS: ReadonlySet<string> = new Set(['monitor', 'start', 'stop', 'promote', 'demote', 'migrate_to', 'migrate_from', 'asyncmon']);

export function interpretOperation(state: ResourceState, entry: HistoryEntry): void {
  if (!isUsable(entry)) return;
  const isExpired = isExpiredFailure(state, entry);
  const one = remap(state, entry, isExpired);
  if (isExpired && isOutdated(state, one)) return;
  if (isMasked(state, entry)) takeMasked(state, entry);
  else takeResult(state, one);
}

function isUsable(entry: HistoryEntry): boolean {
  if (!TASKS.has(entry.task) || entry.rc === undefined || entry.rc < 0) return false;
  return entry.status !== undefined && entry.status >= Execution.pending && entry.status <= Execution.noSecrets && entry.status !== Execution.cancelled;
}

/** Deals with a failure that has expired; whether that is all there is to do. */
function isOutdated(state: ResourceState, one: Interpretation): boolean {
  const { resource, node } = state;
  const { entry } = one;
  if (isMasked(state, entry) && entry.rc !== entry.targetRc) {
    if (resource.role <= Role.stopped) resource.role = Role.unknown;
    return true;
  }
  if (one.rc === entry.targetRc) return false;
  if (entry.intervalMs === 0) return true;
  if (!node.isOnline || node.isUnclean) return false;
  state.rescheduled.add(entry);
  return true;
}

function isMasked({ resource }: ResourceState, entry: HistoryEntry): boolean {
  return !resource.isInBundle && isMaskableProbeFailure(entry);
}

/** A probe that could not look says that the resource cannot run there. */
function takeMasked(state: ResourceState, entry: HistoryEntry): void {
  takeSuccess(state, entry, entry.targetRc);
  recordFailure(state, entry);
  ban(state.scheduler, failureScope(state.resource), state.node, entry.id);
}

function takeResult(state: ResourceState, one: Interpretation): void {
  const { scheduler, resource, node } = state;
  switch (one.status) {
    case Execution.pending:
      takePending(state, one.entry);
      return;
    case Execution.done:
      takeSuccess(state, one.entry, one.rc);
      return;
    case Execution.notInstalled: {
      const handling = failureHandling(state, one);
      if (handling.strategy === OnFail.ignore) state.onFail = OnFail.ban;
      ban(scheduler, failureScope(resource), node, one.entry.id);
      takeFailure(state, one, handling);
      return;
    }
    case Execution.notConnected: {
      const connection = node.isRemoteNode ? node.connection : undefined;
      if (connection?.isManaged === true) {
        connection.isFailed = true;
        connection.isStopNeeded = true;
      }
      break;
    }
    default:
      break;
  }
  takeError(state, one);
}

function takeError(state: ResourceState, one: Interpretation): void {
  const { scheduler, resource, node } = state;
  const { entry } = one;
  const handling = failureHandling(state, one);
  const isContainerStop = handling.strategy === OnFail.restartContainer && entry.task === 'stop';
  if (handling.strategy === OnFail.ignore || isContainerStop) {
    takeSuccess(state, entry, entry.targetRc);
    resource.isFailureIgnored = true;
    recordFailure(state, entry);
    if (isContainerStop && state.onFail <= OnFail.restart) state.onFail = handling.strategy;
    return;
  }
  takeFailure(state, one, handling);
  if (one.status === Execution.hardError || one.status === Execution.fatalError) reportBan(state, one);
  if (one.status === Execution.hardError) ban(scheduler, failureScope(resource), node, entry.id);
  else if (one.status === Execution.fatalError) banEverywhere(scheduler, failureScope(resource), entry.id);
}

function takePending(state: ResourceState, entry: HistoryEntry): void {
  const { scheduler, resource, node } = state;
  if (isFailureNewer(state, entry)) return;
  if (entry.task === 'start') {
    resource.isStartPending = true;
    becomeActive(resource);
  } else if (entry.task === 'promote') {
    resource.role = Role.promoted;
  } else if (entry.task === 'migrate_to' && node.isUnclean) {
    const target = scheduler.findNode(entry.xml.get('migrate_target'));
    if (target !== undefined) requestAction(scheduler, { resource, task: 'stop', node: target, isOptional: false, cause: entry.id });
  }
  if (resource.pendingTask !== undefined || isProbe(entry)) return;
  resource.pendingTask = entry.task;
  resource.pendingNode = node;
}

/** A recurring operation that has failed since is not pending any more. */
function isFailureNewer({ lastFailure }: ResourceState, entry: HistoryEntry): boolean {
  if (lastFailure === undefined || lastFailure.task !== entry.task || lastFailure.intervalMs !== entry.intervalMs) return false;
  return lastFailure.lastChange !== undefined && entry.lastChange !== undefined && lastFailure.lastChange >= entry.lastChange;
}
