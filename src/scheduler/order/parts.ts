// SPDX-License-Identifier: GPL-2.0-or-later
/** The parts of collective resources that orderings treat one by one, and where a collective goes as a whole. */
import type { Bundle, Node, Primitive, Replica, Resource, Scheduler } from '../model/index.ts';

/** Containers of a bundle, in order of the replicas. */
export function containersOf(bundle: Bundle): readonly Primitive[] {
  return bundle.replicas.map((replica) => replica.container);
}

/** The replica a container belongs to. */
function replicaOfContainer(resource: Resource): Replica | undefined {
  return resource.parent?.kind === 'bundle' ? resource.parent.replicas.find((replica) => replica.container === resource) : undefined;
}

/** What runs inside a bundle's container. */
export function innerResource(container: Resource): Primitive | undefined {
  return replicaOfContainer(container)?.inner;
}

/** The parts others are ordered against: containers of a bundle, children of everything else. */
export function instancesOf(resource: Resource): readonly Resource[] {
  return resource.kind === 'bundle' ? containersOf(resource) : resource.children;
}

const assignedNodes = new WeakMap<Resource, { readonly changes: number; readonly node: Node | undefined }>();

/** The same, remembered as long as nothing has changed: asked for every relation of a group's start. */
export function singleAssignedNodeNow(scheduler: Scheduler, resource: Resource): Node | undefined {
  const known = assignedNodes.get(resource);
  const { changes } = scheduler.changeCounter;
  if (known?.changes === changes) return known.node;
  const node = singleAssignedNode(resource);
  assignedNodes.set(resource, { changes, node });
  return node;
}

/** The node all parts of the resource are assigned to; undefined when there is none, or more than one. */
export function singleAssignedNode(resource: Resource): Node | undefined {
  const nodes = new Set<Node>();
  collectAssigned(resource, nodes);
  const [node] = nodes;
  return nodes.size === 1 ? node : undefined;
}

function collectAssigned(resource: Resource, nodes: Set<Node>): void {
  if (resource.children.length > 0) for (const child of resource.children) collectAssigned(child, nodes);
  else if (resource.assignedNode !== undefined) nodes.add(resource.assignedNode);
}
