// SPDX-License-Identifier: GPL-2.0-or-later
/** Assigning any resource to a node; what it depends on is assigned first. */
import type { Node, Resource, Scheduler } from '../model/index.ts';
import { assignBundle } from './bundle.ts';
import { assignClone } from './clone.ts';
import { assignGroup } from './group.ts';
import { assignPrimitive } from './primitive.ts';

/** Returns the node of a resource that has just one. */
export function assign(scheduler: Scheduler, resource: Resource, prefer: Node | undefined, stopIfFails: boolean): Node | undefined {
  switch (resource.kind) {
    case 'primitive':
      return assignPrimitive(scheduler, resource, prefer, stopIfFails);
    case 'group':
      return assignGroup(scheduler, resource, prefer, stopIfFails);
    case 'clone':
      assignClone(scheduler, resource, prefer, stopIfFails);
      return undefined;
    case 'bundle':
      assignBundle(scheduler, resource, prefer, stopIfFails);
      return undefined;
    default:
      return resource satisfies never;
  }
}
