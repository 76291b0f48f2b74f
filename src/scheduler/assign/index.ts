// SPDX-License-Identifier: GPL-2.0-or-later
/** Placing all resources. */
import type { Scheduler } from '../model/index.ts';
import { assign } from './assign.ts';
import { sortResources } from './resource-order.ts';

/** Connections first: they decide which Pacemaker Remote nodes there are for the others. */
export function assignResources(scheduler: Scheduler): void {
  sortResources(scheduler);
  if (scheduler.hasRemoteNodes) {
    for (const resource of scheduler.resources) {
      if (resource.isRemoteConnection) assign(scheduler, resource, resource.partialMigrationTarget, true);
    }
  }
  for (const resource of scheduler.resources) if (!resource.isRemoteConnection) assign(scheduler, resource, undefined, true);
}

export { applyNodeCriteria, applyNodeHealth } from './criteria/index.ts';
export { reportCapacity } from './score-lines.ts';
