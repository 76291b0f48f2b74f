// SPDX-License-Identifier: GPL-2.0-or-later
/** The instance of a clone or bundle that goes with a resource: the one on the same node. */
import { currentRole, nextRole, type Node, type Resource, type Role, type Scheduler } from '../model/index.ts';
import { sortedNodes } from './node-order.ts';
import { placeOf } from './place.ts';

export function compatibleInstance(scheduler: Scheduler, resource: Resource, collective: Resource, role: Role | undefined, isCurrent: boolean): Resource | undefined {
  const place = placeOf(resource, isCurrent);
  if (place !== undefined) return instanceOn(collective, place, role, isCurrent);
  for (const node of sortedNodes(scheduler, resource.allowedNodes)) {
    const instance = instanceOn(collective, node, role, isCurrent);
    if (instance !== undefined) return instance;
  }
  return undefined;
}

function instanceOn(collective: Resource, node: Node, role: Role | undefined, isCurrent: boolean): Resource | undefined {
  return instancesOf(collective).find((instance) => matches(instance, node, role, isCurrent));
}

/** What can be chosen from: containers of a bundle, instances of a clone. */
export function instancesOf(collective: Resource): readonly Resource[] {
  return collective.kind === 'bundle' ? collective.replicas.map((replica) => replica.container) : collective.children;
}

function matches(instance: Resource, node: Node, role: Role | undefined, isCurrent: boolean): boolean {
  if (placeOf(instance, isCurrent) !== node || hasBlockedPart(instance)) return false;
  return role === undefined || role === 0 || role === (isCurrent ? currentRole(instance) : nextRole(instance));
}

export function hasBlockedPart(resource: Resource): boolean {
  return resource.isBlocked || resource.children.some(hasBlockedPart);
}
