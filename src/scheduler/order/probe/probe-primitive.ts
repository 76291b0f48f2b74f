// SPDX-License-Identifier: GPL-2.0-or-later
/** Probing one primitive on one node. */
import { ActionFlag, currentRole, OrderKind, ProbeMode, Role, topResource, type Action, type Node, type Primitive, type Resource, type Scheduler } from '../../model/index.ts';
import { actionSide, addOrdering, orderTasks, side } from '../ordering.ts';
import { requestAction } from '../request.ts';
import { orderAfterUnfencing } from '../unfencing.ts';

/** True when a probe results. */
export function probePrimitive(scheduler: Scheduler, resource: Primitive, node: Node): boolean {
  if (!isUnknownOn(resource, node)) return false;
  const top = topResource(resource);
  if (node.isGuest && node.connection!.launcher !== undefined && !mayProbeOnGuest(scheduler, top, node)) return false;
  const isActiveHere = resource.runningOn.includes(node);
  const probe = requestAction(scheduler, { resource, task: 'monitor', node, isOptional: false, cause: 'probe' });
  probe.clear(ActionFlag.optional);
  orderAfterUnfencing(scheduler, resource, node, probe, OrderKind.order);
  if (!isActiveHere) probe.meta.set('op_target_rc', '7');
  else if (resource.role === Role.promoted) probe.meta.set('op_target_rc', '8');
  orderProbe(scheduler, resource, probe, top.kind === 'clone' ? top : resource);
  return true;
}

/** Whether nothing tells what the resource does on the node, and asking makes sense. */
function isUnknownOn(resource: Primitive, node: Node): boolean {
  // What another resource launches is known when that one is.
  if (resource.launcher !== undefined && !resource.isRemoteConnection) return false;
  if (resource.isRemoved || resource.probedOn.has(node)) return false;
  const isKnown = resource.allowedNodes.has(node);
  const mode = isKnown ? resource.allowedNodes.probeMode(node) : node.probeMode;
  const isExclusive = resource.hasExclusiveDiscovery || topResource(resource).hasExclusiveDiscovery;
  if (isExclusive && (!isKnown || mode !== ProbeMode.exclusive)) return false;
  return mode !== ProbeMode.never;
}

/** A guest that is down or goes down is not asked; what would start there waits for its launcher instead. */
function mayProbeOnGuest(scheduler: Scheduler, top: Resource, guest: Node): boolean {
  const launcher = guest.connection!.launcher!;
  if (currentRole(launcher) === Role.stopped) {
    const host = launcher.assignedNode;
    if (host !== undefined && !launcher.probedOn.has(host)) {
      orderTasks(scheduler, launcher, 'monitor', top, 'start', OrderKind.order, 'guest');
    }
    return false;
  }
  const isLeaving = guest.isResetNeeded || guest.isUnclean || launcher.isFailed || launcher.nextRole === Role.stopped || isMoving(launcher);
  if (isLeaving) orderTasks(scheduler, launcher, 'stop', top, 'start', OrderKind.order, 'guest');
  return !isLeaving;
}

function isMoving(launcher: Resource): boolean {
  const { role, assignedNode, runningOn } = launcher;
  return role > Role.stopped && assignedNode !== undefined && !runningOn.includes(assignedNode);
}

function orderProbe(scheduler: Scheduler, resource: Primitive, probe: Action, target: Resource): void {
  const blocks = !probe.isRunnable && target.runningOn.length === 0;
  addOrdering(scheduler, actionSide(probe), side(target, 'start'), OrderKind.order | (blocks ? OrderKind.block : 0), 'probe');
  if (target === resource) addOrdering(scheduler, actionSide(probe), side(resource, 'reload-agent'), OrderKind.order, 'probe');
}
