// SPDX-License-Identifier: GPL-2.0-or-later
/** How many resource instances a cluster has, and how many of them are switched off or stuck. */
import { Role, type Resource, type Scheduler } from '../model/index.ts';
import { replicaParts } from './filter.ts';
import { isDisabled } from './resource-text.ts';

export interface InstanceCounts {
  readonly instances: number;
  readonly disabled: number;
  readonly blocked: number;
}

/** Every primitive counts, instance for instance, unless it is only remembered and inactive. */
export function countInstances(cluster: Scheduler): InstanceCounts {
  const counts = { instances: 0, disabled: 0, blocked: 0 };
  for (const resource of cluster.resources) countResource(resource, counts);
  return counts;
}

function countResource(resource: Resource, counts: { instances: number; disabled: number; blocked: number }): void {
  if (resource.kind === 'bundle') {
    for (const replica of resource.replicas) for (const part of replicaParts(replica)) countResource(part, counts);
    return;
  }
  if (resource.children.length > 0) {
    for (const child of resource.children) countResource(child, counts);
    return;
  }
  if (resource.kind !== 'primitive' || (resource.isRemoved && resource.role <= Role.stopped)) return;
  counts.instances += 1;
  if (isDisabled(resource)) counts.disabled += 1;
  if (resource.isBlocked) counts.blocked += 1;
}
