// SPDX-License-Identifier: GPL-2.0-or-later
/** Exclusive discovery: only nodes that are marked can be used. */
import { INFINITY } from '../../../cib/index.ts';
import { ProbeMode, topResource, type Node, type Resource } from '../../model/index.ts';

export function applyExclusiveDiscovery(resource: Resource, node: Node): void {
  if (!resource.hasExclusiveDiscovery && !topResource(resource).hasExclusiveDiscovery) return;
  for (const child of resource.children) applyExclusiveDiscovery(child, node);
  if (resource.allowedNodes.has(node) && resource.allowedNodes.probeMode(node) !== ProbeMode.exclusive) resource.allowedNodes.setScore(node, -INFINITY);
}
