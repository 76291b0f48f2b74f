// SPDX-License-Identifier: GPL-2.0-or-later
/** Implicit constraints between a resource and the one that launches it. */
import { INFINITY } from '../../../cib/index.ts';
import { OrderKind, Role, type Primitive, type Resource, type Scheduler } from '../../model/index.ts';
import { noteChanges } from '../../scores/note-scores.ts';
import { addColocation } from '../../unpack/constraints/add-colocation.ts';
import { orderTasks } from '../ordering.ts';
import { avoidRemoteNodes } from './primitive.ts';

/** Highly preferred, not essential: a bundle's connection may run elsewhere than its container. */
const NESTED_SCORE = 10000;
const CAUSE = 'launcher';

export function constrainLaunched(scheduler: Scheduler, resource: Primitive, launcher: Resource): void {
  if (resource.isRemoteConnection) {
    if (!resource.allowsRemoteRemotes && launcher.kind === 'primitive') avoidRemoteNodes(scheduler, launcher);
    // A probe that finds the launcher running spares its connection a needless recovery.
    orderTasks(scheduler, launcher, 'monitor', resource, 'stop', OrderKind.order, CAUSE);
  } else {
    const connection = connectionInto(launcher);
    if (connection !== undefined) return forceOnto(scheduler, resource, connection);
  }
  orderTasks(scheduler, launcher, 'start', resource, 'start', OrderKind.implyThen | OrderKind.block, CAUSE);
  orderTasks(scheduler, resource, 'stop', launcher, 'stop', OrderKind.implyFirst, CAUSE);
  addColocation(scheduler, {
    id: '#resource-with-container',
    dependent: resource,
    primary: launcher,
    dependentRole: Role.unknown,
    primaryRole: Role.unknown,
    score: resource.allowsRemoteRemotes ? NESTED_SCORE : INFINITY,
    nodeAttribute: '#uname',
    hasInfluence: true,
    isExplicit: false,
  });
}

/** The connection of the node a launcher stands for, if it is a remote connection or has launched a guest. */
function connectionInto(launcher: Resource): Resource | undefined {
  return launcher.isRemoteConnection ? launcher : guestConnection(launcher);
}

/** The connection of the guest node that runs in a resource. */
export function guestConnection(resource: Resource): Resource | undefined {
  return resource.launched.find((launched) => launched.isRemoteConnection);
}

function forceOnto(scheduler: Scheduler, resource: Primitive, connection: Resource): void {
  for (const node of resource.allowedNodes.nodes()) {
    if (node.connection !== connection) resource.allowedNodes.setScore(node, -INFINITY);
  }
  noteChanges(scheduler, resource, connection.id);
}
