// SPDX-License-Identifier: GPL-2.0-or-later
/** Live migration: the two actions that replace a stop and start on two nodes when nothing stands against it. */
import { ActionFlag, OrderKind, type Action, type Node, type Primitive, type Scheduler } from '../../model/index.ts';
import { orderTasks } from '../ordering.ts';
import { requestAction } from '../request.ts';

export function mayMigrate(resource: Primitive, current: Node): boolean {
  if (!resource.isMigratable || !resource.isManaged || resource.isFailed || resource.isStartPending) return false;
  return !current.isUnclean && resource.assignedNode !== undefined && !resource.assignedNode.isUnclean;
}

export function createMigrationActions(scheduler: Scheduler, resource: Primitive, current: Node): void {
  const target = resource.assignedNode!;
  const request = (task: string, node: Node): Action => requestAction(scheduler, { resource, task, node, isOptional: true, cause: 'migration' });
  const start = request('start', target);
  const stop = request('stop', current);
  const to = resource.partialMigrationTarget === undefined ? request('migrate_to', current) : undefined;
  const from = request('migrate_from', target);
  start.set(ActionFlag.migratable | ActionFlag.pseudo);
  stop.set(ActionFlag.migratable);
  from.set(ActionFlag.migratable);
  const order = (first: string, then: string, kinds: number): void => orderTasks(scheduler, resource, first, resource, then, kinds, 'migration');
  if (to !== undefined) {
    to.set(ActionFlag.migratable);
    to.need = start.need;
    order('monitor', 'migrate_to', OrderKind.order);
    order('migrate_to', 'migrate_from', OrderKind.order | OrderKind.unmigratableBlocks);
  } else {
    from.need = start.need;
    order('monitor', 'migrate_from', OrderKind.order);
  }
  order('migrate_from', 'stop', OrderKind.order | OrderKind.unmigratableBlocks);
  order('migrate_from', 'start', OrderKind.order | OrderKind.unmigratableBlocks | OrderKind.else);
  for (const action of to === undefined ? [from] : [to, from]) {
    action.meta.set('migrate_source', current.name);
    action.meta.set('migrate_target', target.name);
  }
  // A migration to another node touches that node too, so it must be known while it is still running.
  if (to !== undefined && !resource.isRemoteConnection) to.meta.set('record-pending', 'true');
}
