// SPDX-License-Identifier: GPL-2.0-or-later
/** Constraints nobody configures, because they follow from what a resource is. */
import type { Resource, Scheduler } from '../../model/index.ts';
import { constrainBundle } from './bundle.ts';
import { constrainClone } from './clone.ts';
import { constrainGroup } from './group.ts';
import { constrainPrimitive } from './primitive.ts';

/** Makes them for every resource, in resource order. */
export function createImplicitConstraints(scheduler: Scheduler): void {
  for (const resource of scheduler.resources) constrainResource(scheduler, resource);
}

export function constrainResource(scheduler: Scheduler, resource: Resource): void {
  switch (resource.kind) {
    case 'primitive':
      return constrainPrimitive(scheduler, resource);
    case 'group':
      return constrainGroup(scheduler, resource);
    case 'clone':
      return constrainClone(scheduler, resource);
    case 'bundle':
      return constrainBundle(scheduler, resource);
  }
}
