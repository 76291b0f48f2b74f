// SPDX-License-Identifier: GPL-2.0-or-later
/** The nodes a resource may use before any constraint is looked at. */
import { ProbeMode, type Node, type Resource, type Scheduler } from '../../model/index.ts';

/** In a symmetric cluster: every node known at this moment, for the resource and all below it. */
export function allowSymmetric(scheduler: Scheduler, resource: Resource): void {
  for (const node of scheduler.nodes) if (node.probeMode !== ProbeMode.never) allow(resource, node);
}

function allow(resource: Resource, node: Node): void {
  if (resource.hasExclusiveDiscovery) return;
  for (const child of resource.children) allow(child, node);
  resource.allowedNodes.add(node, 0);
}

/** A guest's connection may run wherever its container may, also in an asymmetric cluster. */
export function allowForGuest(scheduler: Scheduler, resource: Resource): void {
  for (const node of scheduler.nodes) resource.allowedNodes.add(node, 0);
}
