// SPDX-License-Identifier: GPL-2.0-or-later
/** Exclusive discovery: only nodes that are marked can be used. */
import { INFINITY } from '../../../cib/index.ts';
import { ProbeMode, topResource, type Node, type Resource, type Scheduler } from '../../model/index.ts';
import { noteScore } from '../../scores/note-scores.ts';

export function applyExclusiveDiscovery(scheduler: Scheduler, resource: Resource, node: Node): void {
  if (!resource.hasExclusiveDiscovery && !topResource(resource).hasExclusiveDiscovery) return;
  for (const child of resource.children) applyExclusiveDiscovery(scheduler, child, node);
  if (!resource.allowedNodes.has(node) || resource.allowedNodes.probeMode(node) === ProbeMode.exclusive) return;
  resource.allowedNodes.setScore(node, -INFINITY);
  noteScore(scheduler, resource, node, -INFINITY, 'resource-discovery=exclusive');
}
