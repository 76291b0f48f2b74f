// SPDX-License-Identifier: GPL-2.0-or-later
/** Probes: asking nodes about resources whose state there is not known. */
import { OrderKind, ProbeMode, type Bundle, type Clone, type Node, type Primitive, type Replica, type Resource, type Scheduler } from '../../model/index.ts';
import { connectionState } from '../connection-state.ts';
import { requestFencing } from '../fence.ts';
import { newestWithSuffix } from '../find.ts';
import { guestConnection } from '../implicit/launched.ts';
import { sortByInstanceNumber } from '../instance-number.ts';
import { actionSide, addOrdering, orderTasks, side } from '../ordering.ts';
import { singleAssignedNode } from '../parts.ts';
import { probePrimitive } from './probe-primitive.ts';

/** Schedules probes, node by node. */
export function scheduleProbes(scheduler: Scheduler): void {
  if (!scheduler.options.hasStartupProbes) return;
  for (const node of scheduler.nodes) {
    if (!node.isOnline) {
      if (node.isRemoteOnly && connectionState(node, node.connection!) === 'failed') requestFencing(scheduler, node, 'the connection is unrecoverable', false);
      continue;
    }
    if (node.isUnclean || !node.canProbe) continue;
    for (const resource of scheduler.resources) probeResource(scheduler, resource, node);
  }
}

/** Probes the resource on the node; true when any probe results. */
function probeResource(scheduler: Scheduler, resource: Resource, node: Node): boolean {
  if (node.isRemoteNode && !mayBeOnRemoteNode(resource, node)) return false;
  switch (resource.kind) {
    case 'primitive':
      return probePrimitive(scheduler, resource, node);
    case 'group':
      return probeAll(scheduler, resource.children, node);
    case 'clone':
      return probeClone(scheduler, resource, node);
    case 'bundle':
      return probeBundle(scheduler, resource, node);
  }
}

/** Fence devices and connections run on cluster nodes only, and guests do not nest. */
function mayBeOnRemoteNode(resource: Resource, node: Node): boolean {
  if (resource.isFenceDevice || resource.isRemoteConnection) return false;
  return !(node.isGuest && guestConnection(resource) !== undefined);
}

function probeAll(scheduler: Scheduler, resources: readonly Resource[], node: Node): boolean {
  let isAny = false;
  for (const resource of resources) if (probeResource(scheduler, resource, node)) isAny = true;
  return isAny;
}

function probeClone(scheduler: Scheduler, clone: Clone, node: Node): boolean {
  if (clone.hasExclusiveDiscovery && clone.allowedNodes.probeMode(node) !== ProbeMode.exclusive) {
    // Later phases see that the clone cannot be on the node.
    clone.allowedNodes.remove(node);
    return false;
  }
  sortByInstanceNumber(clone);
  if (clone.isUnique) return probeAll(scheduler, clone.children, node);
  const instance = instanceToProbe(clone, node);
  return instance !== undefined && probeResource(scheduler, instance, node);
}

/** Anonymous instances are all alike: one is asked for, by preference one that belongs to the node. */
function instanceToProbe(clone: Clone, node: Node): Resource | undefined {
  const { children } = clone;
  return children.find((child) => isProbed(child, node)) ?? children.find((child) => singleAssignedNode(child) === node) ?? children[0];
}

function isProbed(resource: Resource, node: Node): boolean {
  if (resource.children.length > 0) return resource.children.some((child) => isProbed(child, node));
  return resource.probedOn.has(node);
}

function probeBundle(scheduler: Scheduler, bundle: Bundle, node: Node): boolean {
  let isAny = false;
  for (const replica of bundle.replicas) if (probeReplica(scheduler, bundle, replica, node)) isAny = true;
  return isAny;
}

function probeReplica(scheduler: Scheduler, bundle: Bundle, replica: Replica, node: Node): boolean {
  const { container, ip, remote, inner } = replica;
  let isAny = ip !== undefined && probeResource(scheduler, ip, node);
  if (inner !== undefined && node === replica.node && probeResource(scheduler, inner, node)) isAny = true;
  if (probeResource(scheduler, container, node)) {
    isAny = true;
    orderBeforeOtherContainers(scheduler, bundle, container);
  }
  if (remote !== undefined && probeResource(scheduler, remote, node)) {
    isAny = true;
    orderAfterContainer(scheduler, container, remote, node);
  }
  return isAny;
}

/** With one replica per host, a probe must not run into another container that starts on the node. */
function orderBeforeOtherContainers(scheduler: Scheduler, bundle: Bundle, container: Primitive): void {
  if (bundle.replicasPerHost !== 1) return;
  for (const other of bundle.replicas) {
    if (other.container === container) continue;
    orderTasks(scheduler, container, 'monitor', other.container, 'start', OrderKind.order | OrderKind.onSameNode, bundle.id);
  }
}

/** A connection is probed only after the container it leads into has been started. */
function orderAfterContainer(scheduler: Scheduler, container: Primitive, remote: Primitive, node: Node): void {
  const probe = newestWithSuffix(remote, 'monitor_0', node);
  if (probe !== undefined) addOrdering(scheduler, side(container, 'start'), actionSide(probe), OrderKind.nestedProbe, 'bundle');
}
