// SPDX-License-Identifier: GPL-2.0-or-later
/** What speaks for and against nodes before any resource is placed. */
import type { Resource, Scheduler } from '../../model/index.ts';
import { hasFailures } from '../../unpack/status/fail-count.ts';
import { applyExclusiveDiscovery } from './discovery.ts';
import { applyLocations } from './locations.ts';
import { applyShutdownLock } from './shutdown-lock.ts';
import { applyStickiness } from './stickiness.ts';
import { applyThreshold } from './threshold.ts';

export function applyNodeCriteria(scheduler: Scheduler): void {
  if (scheduler.options.hasShutdownLock) for (const resource of scheduler.resources) applyShutdownLock(scheduler, resource);
  applyLocations(scheduler);
  for (const resource of scheduler.resources) applyStickiness(scheduler, resource);
  const exclusive = scheduler.resources.filter(isExclusive);
  for (const node of scheduler.nodes) {
    if (hasFailures(node)) for (const resource of scheduler.resources) applyThreshold(scheduler, resource, node);
    for (const resource of exclusive) applyExclusiveDiscovery(scheduler, resource, node);
  }
}

function isExclusive(resource: Resource): boolean {
  return resource.hasExclusiveDiscovery || resource.children.some(isExclusive);
}

export { applyNodeHealth } from './health.ts';
