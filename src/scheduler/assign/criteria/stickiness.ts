// SPDX-License-Identifier: GPL-2.0-or-later
/** Stickiness: a resource prefers the node it is on. */
import type { Resource, Scheduler } from '../../model/index.ts';
import { addScore } from '../../scores/add-score.ts';

export function applyStickiness(scheduler: Scheduler, resource: Resource): void {
  if (resource.kind !== 'primitive') {
    for (const child of resource.children) applyStickiness(scheduler, child);
    return;
  }
  const node = resource.runningOn[0];
  if (node === undefined || resource.runningOn.length > 1 || !resource.isManaged || resource.stickiness < 1) return;
  // In an asymmetric cluster the node may have been taken off the list of those allowed.
  if (!scheduler.options.isSymmetric && !resource.allowedNodes.has(node)) return;
  addScore(scheduler, resource, node, resource.stickiness, 'resource-stickiness');
}
