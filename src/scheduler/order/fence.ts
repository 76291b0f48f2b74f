// SPDX-License-Identifier: GPL-2.0-or-later
/** Requesting that a node be fenced, and the fencing actions themselves. */
import { msToSeconds } from '../../cib/index.ts';
import { ActionFlag, type Action, type Node, type Resource, type Scheduler } from '../model/index.ts';
import { canFence } from './can-fence.ts';
import { noteDeviceDigests } from './unfencing-digests.ts';
import { requestSingleton } from './request.ts';
import { setReason } from './reason.ts';

/** Notes that a node has to be fenced. The node becomes unclean (a guest: its launcher failed) at once. */
export function requestFencing(scheduler: Scheduler, node: Node, reason: string, withPriorityDelay: boolean): void {
  const connection = node.connection;
  if (node.isGuest) {
    failLauncher(node, connection!.launcher!);
  } else if (connection?.isRemovedLaunched === true) {
    failConnection(connection);
  } else if (node.isRemoteNode && connection !== undefined) {
    if (connection.isManaged) node.isResetNeeded = true;
    node.isUnclean = true;
    fencingAction(scheduler, node, { isOptional: true, reason });
  } else if (!node.isUnclean) {
    node.isUnclean = true;
    fencingAction(scheduler, node, { isOptional: true, reason, withPriorityDelay });
  }
}

/** A guest is fenced by recovering its launcher. */
function failLauncher(node: Node, launcher: Resource): void {
  if (launcher.isFailed || !launcher.isManaged) return;
  node.isResetNeeded = true;
  failConnection(launcher);
}

function failConnection(resource: Resource): void {
  resource.isFailed = true;
  resource.isStopNeeded = true;
}

export interface FencingRequest {
  /** `reboot`, `off` or `on`; the cluster's default when missing. */
  readonly kind?: string;
  readonly isOptional: boolean;
  readonly reason?: string;
  readonly withPriorityDelay?: boolean;
}

/** The fencing action of a node, made if need be. It becomes required only if the node can be fenced. */
export function fencingAction(scheduler: Scheduler, node: Node, request: FencingRequest): Action {
  const kind = request.kind ?? scheduler.options.fencingAction;
  const key = `stonith-${node.name}-${kind}`;
  const isKnown = scheduler.singletons.has(key);
  const action = requestSingleton(scheduler, key, 'stonith', node, true, request.reason ?? 'fencing');
  let isRequired = !request.isOptional;
  if (!isKnown) {
    action.meta.set('on_node', node.name);
    action.meta.set('on_node_uuid', node.id);
    action.meta.set('stonith_action', kind);
    if (scheduler.isUnfencingUsed && noteDeviceDigests(scheduler, action, node)) isRequired = true;
  }
  addPriorityDelay(scheduler, action, node, request.withPriorityDelay === true);
  if (isRequired && canFence(scheduler, node)) {
    action.clear(ActionFlag.optional);
    if (request.reason !== undefined) setReason(action, request.reason);
  } else if (request.reason !== undefined) {
    setReason(action, request.reason);
  }
  return action;
}

const PRIORITY_DELAY = 'priority-fencing-delay';

/** The delay is written even when it is 0, so that it wins over delays configured for devices. */
function addPriorityDelay(scheduler: Scheduler, action: Action, node: Node, isAsked: boolean): void {
  if (scheduler.options.priorityFencingDelayMs === 0 || (!isAsked && !action.meta.has(PRIORITY_DELAY))) return;
  action.meta.set(PRIORITY_DELAY, String(msToSeconds(priorityDelayMs(scheduler, node))));
}

/** A node of the minority side that is worth as much as any is fenced later, so that it may win. */
function priorityDelayMs(scheduler: Scheduler, node: Node): number {
  if (node.isRemoteNode || node.isOnline) return 0;
  const members = scheduler.nodes.filter((other) => !other.isRemoteNode);
  const online = members.filter((other) => other.isOnline).length;
  if (online > members.length / 2) return 0;
  let lowest = Infinity;
  let highest = -Infinity;
  for (const { priority } of members) {
    lowest = Math.min(lowest, priority);
    highest = Math.max(highest, priority);
  }
  return lowest === highest || node.priority < highest ? 0 : scheduler.options.priorityFencingDelayMs;
}
