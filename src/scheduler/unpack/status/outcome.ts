// SPDX-License-Identifier: GPL-2.0-or-later
/** What follows from the whole history of a resource on a node. */
import { ActionFlag, Role, type Node, type Primitive, type Resource } from '../../model/index.ts';
import { requestFencing } from '../../order/fence.ts';
import { matchingActions } from '../../order/find.ts';
import { OnFail } from '../../order/on-fail.ts';
import { requestAction } from '../../order/request.ts';
import { ban } from '../../scores/add-score.ts';
import { setHistoryName } from '../resources/index.ts';
import { addRunning } from './active-on.ts';
import type { ResourceState } from './resource-state.ts';

export function applyOutcome(state: ResourceState): void {
  const { scheduler, resource, node } = state;
  notePresence(resource, node);
  if (resource.role > Role.stopped && !node.isOnline && !node.isInMaintenance && resource.isManaged) fenceForActive(state);
  const hadFailure = state.onFail !== OnFail.ignore;
  // A node that will be fenced needs no further recovery, and resources may start again after it.
  if (node.isUnclean) state.onFail = OnFail.ignore;
  recover(state);
  if (resource.isFailed && resource.isRemoteConnection) {
    const remote = scheduler.findNode(resource.id);
    if (remote?.isRemoteNode === true && remote.isUnclean) remote.isUnseen = false;
  }
  if (resource.role > Role.stopped) takeActive(state, hadFailure);
  else takeInactive(state);
  const isMigrating = resource.partialMigrationSource === node && resource.partialMigrationTarget !== undefined;
  if (resource.role === Role.stopped && resource.runningOn.length > 0 && isMigrating) resource.role = Role.started;
}

/** The history tells whether the resource is active here, so no probe is needed; upwards as far as instances are alike. */
function notePresence(resource: Primitive, node: Node): void {
  if (resource.role === Role.unknown) return;
  for (let here: Resource | undefined = resource; here !== undefined; here = here.parent) {
    here.probedOn.add(node);
    if (here.isUnique) break;
  }
}

function fenceForActive({ scheduler, resource, node }: ResourceState): void {
  let reason = `${resource.id} is thought to be active there`;
  if (node.isGuest) {
    markFailed(resource);
  } else {
    if (!scheduler.options.isFencingEnabled) return;
    if (node.isRemoteNode && node.connection !== undefined && !node.connection.isFailed) {
      // Unseen: the node need not be fenced if its connection can be established from elsewhere.
      node.isUnseen = true;
      reason = `${resource.id} is active there (fencing will be revoked if remote connection can be re-established elsewhere)`;
    }
  }
  requestFencing(scheduler, node, reason, false);
}

function recover(state: ResourceState): void {
  const { scheduler, resource, node } = state;
  const isActive = resource.role > Role.stopped;
  switch (state.onFail) {
    case OnFail.ignore:
      return;
    case OnFail.demote:
      resource.isFailed = true;
      require(state, resource, 'demote');
      return;
    case OnFail.fence:
      requestFencing(scheduler, node, `${resource.id} failed there`, false);
      return;
    case OnFail.standby:
      node.isStandby = true;
      node.isStandbyOnFail = true;
      return;
    case OnFail.block:
      resource.isManaged = false;
      resource.isBlocked = true;
      return;
    case OnFail.ban:
      ban(scheduler, resource, node, 'on-fail=migrate');
      return;
    case OnFail.stop:
      resource.nextRole = Role.stopped;
      return;
    case OnFail.restart:
      if (!isActive) return;
      markFailed(resource);
      require(state, resource, 'stop');
      return;
    case OnFail.restartContainer:
      restartContainer(state, isActive);
      return;
    case OnFail.resetRemote:
      resetRemote(state, isActive);
      return;
    default:
      state.onFail satisfies never;
  }
}

function require({ scheduler, node }: ResourceState, resource: Resource, task: string): void {
  requestAction(scheduler, { resource, task, node, isOptional: false, cause: 'on-fail' });
}

function markFailed(resource: Resource): void {
  resource.isFailed = true;
  resource.isStopNeeded = true;
}

function restartContainer(state: ResourceState, isActive: boolean): void {
  const { scheduler, resource } = state;
  const { launcher } = resource;
  markFailed(resource);
  // A bundle's container may be on another node than the connection, and may not have been found by now.
  if (launcher !== undefined && resource.isInBundle) scheduler.containersToStop.unshift(launcher);
  else if (launcher !== undefined) require(state, launcher, 'stop');
  else if (isActive) require(state, resource, 'stop');
}

function resetRemote(state: ResourceState, isActive: boolean): void {
  const { scheduler, resource } = state;
  markFailed(resource);
  const remote = scheduler.options.isFencingEnabled && resource.isRemoteConnection ? scheduler.findNode(resource.id) : undefined;
  if (remote?.isRemoteNode === true && !remote.isGuest && !remote.wasFenced) {
    requestFencing(scheduler, remote, 'remote connection is unrecoverable', false);
  }
  if (isActive) require(state, resource, 'stop');
  // Until the interval is over the connection stays down.
  if (resource.reconnectMs > 0) resource.nextRole = Role.stopped;
}

function takeActive({ scheduler, resource, node, onFail }: ResourceState, hadFailure: boolean): void {
  addRunning(scheduler, resource, node, hadFailure);
  if (onFail === OnFail.ignore) return;
  resource.isFailed = true;
  if (onFail !== OnFail.demote && onFail !== OnFail.block) resource.isStopNeeded = true;
}

function takeInactive({ scheduler, resource, node }: ResourceState): void {
  if (resource.historyName?.includes(':') === true) {
    // Very old histories had instance numbers; keeping such a name would make stopped instances look removed.
    setHistoryName(scheduler, resource, undefined);
    return;
  }
  for (const stop of matchingActions(resource, 'stop_0', node)) stop.set(ActionFlag.optional);
}
