// SPDX-License-Identifier: GPL-2.0-or-later
/** Unfencing: turning a node on for devices that need it, before anything is probed or started there. */
import { OrderKind, type Action, type Node, type Resource, type Scheduler } from '../model/index.ts';
import { fencingAction } from './fence.ts';
import { addRelation } from './relation.ts';

/** Orders an action of a resource that depends on unfencing after it; a node never unfenced must be. */
export function orderAfterUnfencing(scheduler: Scheduler, resource: Resource, node: Node, action: Action, kinds: number): void {
  if (!resource.needsUnfencing && !(resource.isFenceDevice && scheduler.isUnfencingUsed)) return;
  // Optional at first: requiring it would unfence a node, and stop all its resources, with every new resource.
  addRelation(fencingAction(scheduler, node, { kind: 'on', isOptional: true }), action, kinds);
  if (!wasUnfenced(node)) triggerUnfencing(scheduler, undefined, node, `required by ${resource.id} ${action.task}`);
}

function wasUnfenced(node: Node): boolean {
  const unfenced = node.attributes.get('#node-unfenced');
  return unfenced !== undefined && unfenced !== '0';
}

/** Requires unfencing of the node, or, if that cannot be, of every node the device may use. */
export function triggerUnfencing(scheduler: Scheduler, device: Resource | undefined, node: Node | undefined, reason: string, before?: Action): void {
  if (!scheduler.isUnfencingUsed || (device !== undefined && !device.isFenceDevice)) return;
  if (node !== undefined && canUnfence(node)) {
    const action = fencingAction(scheduler, node, { kind: 'on', isOptional: false, reason });
    addRelation(action, before, OrderKind.order);
    return;
  }
  for (const other of device?.allowedNodes.hashOrder() ?? []) {
    if (canUnfence(other)) triggerUnfencing(scheduler, device, other, reason, before);
  }
}

function canUnfence(node: Node): boolean {
  return node.isOnline && !node.isUnclean && !node.isShuttingDown;
}
