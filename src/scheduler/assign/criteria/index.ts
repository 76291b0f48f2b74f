// SPDX-License-Identifier: GPL-2.0-or-later
/** What speaks for and against nodes before any resource is placed. */
import type { Scheduler } from '../../model/index.ts';
import { applyExclusiveDiscovery } from './discovery.ts';
import { applyLocations } from './locations.ts';
import { applyShutdownLock } from './shutdown-lock.ts';
import { applyStickiness } from './stickiness.ts';
import { applyThreshold } from './threshold.ts';

export function applyNodeCriteria(scheduler: Scheduler): void {
  if (scheduler.options.hasShutdownLock) for (const resource of scheduler.resources) applyShutdownLock(scheduler, resource);
  applyLocations(scheduler);
  for (const resource of scheduler.resources) applyStickiness(scheduler, resource);
  for (const node of scheduler.nodes) {
    for (const resource of scheduler.resources) {
      applyThreshold(scheduler, resource, node);
      applyExclusiveDiscovery(resource, node);
    }
  }
}

export { applyNodeHealth } from './health.ts';
