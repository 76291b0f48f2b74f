// SPDX-License-Identifier: GPL-2.0-or-later
/** Implicit constraints of a primitive: restart, roles, unfencing, room on nodes, and its launcher. */
import { INFINITY } from '../../../cib/index.ts';
import { ActionFlag, compareNaturally, OrderKind, Role, topResource, type Action, type Node, type Primitive, type Scheduler } from '../../model/index.ts';
import { noteChanges } from '../../scores/note-scores.ts';
import { fencingAction } from '../fence.ts';
import { actionSide, addOrdering, orderTasks, side } from '../ordering.ts';
import { requestPseudo } from '../request.ts';
import { constrainLaunched } from './launched.ts';

export function constrainPrimitive(scheduler: Scheduler, resource: Primitive): void {
  if (!resource.isManaged) return;
  const own = (first: string, then: string, kinds: number): void =>
    orderTasks(scheduler, resource, first, resource, then, kinds, 'restart');
  own('stop', 'start', OrderKind.order | OrderKind.implyThen | OrderKind.restart);
  if (topResource(resource).isPromotable || resource.role > Role.unpromoted) {
    own('demote', 'stop', OrderKind.promotedImplyFirst);
    own('start', 'promote', OrderKind.block);
  }
  own('lrm_delete', 'monitor', OrderKind.onSameNode | OrderKind.cancel);
  if (scheduler.isUnfencingUsed && resource.needsUnfencing && !resource.isFenceDevice) orderUnfencing(scheduler, resource);
  if (scheduler.options.placementStrategy !== 'default' && resource.utilization.size > 0) orderRoom(scheduler, resource);
  if (resource.launcher !== undefined) constrainLaunched(scheduler, resource, resource.launcher);
  if (resource.isRemoteConnection || resource.isFenceDevice) avoidRemoteNodes(scheduler, resource);
}

/** Allowed nodes in natural order of their names. */
function sortedNodes(resource: Primitive): Node[] {
  return resource.allowedNodes.nodes().sort((a, b) => compareNaturally(a.name, b.name));
}

/** Stopped before a node is unfenced again, started after it. */
function orderUnfencing(scheduler: Scheduler, resource: Primitive): void {
  for (const node of sortedNodes(resource)) {
    const unfencing = actionSide(fencingAction(scheduler, node, { kind: 'on', isOptional: true }));
    addOrdering(scheduler, side(resource, 'stop'), unfencing, OrderKind.order | OrderKind.onSameNode, 'unfencing');
    addOrdering(scheduler, unfencing, side(resource, 'start'), OrderKind.sameNodeImply | OrderKind.onSameNode, 'unfencing');
  }
}

/** What leaves a node makes room before anything comes. */
function orderRoom(scheduler: Scheduler, resource: Primitive): void {
  for (const node of resource.runningOn) {
    addOrdering(scheduler, side(resource, 'stop'), actionSide(loadStopped(scheduler, node)), OrderKind.sameNodeOrTarget, 'utilization');
  }
  for (const node of sortedNodes(resource)) {
    const stopped = actionSide(loadStopped(scheduler, node));
    addOrdering(scheduler, stopped, side(resource, 'start'), OrderKind.sameNodeOrTarget, 'utilization');
    addOrdering(scheduler, stopped, side(resource, 'migrate_to'), OrderKind.sameNodeOrTarget, 'utilization');
  }
}

function loadStopped(scheduler: Scheduler, node: Node): Action {
  const action = requestPseudo(scheduler, `load_stopped_${node.name}`, 'utilization');
  if (action.node === undefined) {
    action.node = node;
    action.clear(ActionFlag.optional);
  }
  return action;
}

/** Connections and fence devices run on cluster nodes only. */
export function avoidRemoteNodes(scheduler: Scheduler, resource: Primitive): void {
  for (const node of resource.allowedNodes.nodes()) if (node.connection !== undefined) resource.allowedNodes.setScore(node, -INFINITY);
  noteChanges(scheduler, resource, 'cluster nodes only');
}
