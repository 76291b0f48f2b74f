// SPDX-License-Identifier: GPL-2.0-or-later
/** `migration-threshold`: after so many failures a resource leaves a node. */
import { topResource, type Node, type Resource, type Scheduler } from '../../model/index.ts';
import { exactActions } from '../../order/find.ts';
import { ban } from '../../scores/add-score.ts';
import { failCount } from '../../unpack/status/fail-count.ts';

export function applyThreshold(scheduler: Scheduler, resource: Resource, node: Node): void {
  if (resource.kind !== 'primitive') {
    for (const child of resource.children) applyThreshold(scheduler, child, node);
    return;
  }
  if (!isThresholdReached(scheduler, resource, node)) return;
  // A count that is about to be cleared does not drive the resource away.
  if (exactActions(resource, 'clear_failcount_0', node).length > 0) return;
  ban(scheduler, resource.isUnique ? resource : topResource(resource), node, 'migration-threshold');
}

export function isThresholdReached(scheduler: Scheduler, resource: Resource, node: Node): boolean {
  if (resource.migrationThreshold === 0 || resource.isFailureIgnored) return false;
  const { count } = failCount(scheduler, resource, node, { effective: true, launched: true });
  return count > 0 && count >= resource.migrationThreshold;
}
