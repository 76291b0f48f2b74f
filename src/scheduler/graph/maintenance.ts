// SPDX-License-Identifier: GPL-2.0-or-later
/** Pacemaker Remote nodes whose maintenance state differs from what their status records. */
import type { Scheduler } from '../model/index.ts';

export interface MaintenanceChange {
  readonly nodeId: string;
  readonly inMaintenance: boolean;
}

export function maintenanceChanges(scheduler: Scheduler): MaintenanceChange[] {
  return scheduler.nodes
    .filter((node) => node.isRemoteNode && node.isInMaintenance !== node.recordedMaintenance)
    .map((node) => ({ nodeId: node.id, inMaintenance: node.isInMaintenance }));
}
