// SPDX-License-Identifier: GPL-2.0-or-later
/** The actions that take a resource from its current to its next state, by the type of the resource. */
import type { Resource, Scheduler } from '../../model/index.ts';
import { createBundleActions } from './bundle.ts';
import { createCloneActions } from './clone.ts';
import { createGroupActions } from './group.ts';
import { createPrimitiveActions } from './primitive.ts';

export function createResourceActions(scheduler: Scheduler, resource: Resource): void {
  switch (resource.kind) {
    case 'primitive':
      return createPrimitiveActions(scheduler, resource);
    case 'group':
      return createGroupActions(scheduler, resource);
    case 'clone':
      return createCloneActions(scheduler, resource);
    case 'bundle':
      return createBundleActions(scheduler, resource);
  }
}
