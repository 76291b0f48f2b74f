// SPDX-License-Identifier: GPL-2.0-or-later
/** The one node a resource is, or will be, on. */
import type { Node, Resource } from '../model/index.ts';

/** The only node of a resource and all its parts, current or assigned; undefined when there is none or more than one. */
export function placeOf(resource: Resource, isCurrent: boolean): Node | undefined {
  if (resource.kind === 'primitive') return isCurrent ? (resource.runningOn.length === 1 ? resource.runningOn[0] : undefined) : resource.assignedNode;
  const nodes = new Set<Node>();
  collect(resource, isCurrent, nodes);
  return nodes.size === 1 ? [...nodes][0] : undefined;
}

function collect(resource: Resource, isCurrent: boolean, nodes: Set<Node>): void {
  if (resource.children.length > 0) {
    for (const child of resource.children) collect(child, isCurrent, nodes);
  } else if (isCurrent) {
    for (const node of resource.runningOn) nodes.add(node);
  } else if (resource.assignedNode !== undefined) {
    nodes.add(resource.assignedNode);
  }
}
