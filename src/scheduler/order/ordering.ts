// SPDX-License-Identifier: GPL-2.0-or-later
/** Noting orderings, each followed by what it means for live migrations. */
import { isAncestor, OrderKind, type Action, type OrderingSide, type Resource, type Scheduler } from '../model/index.ts';
import { parseSuffix, suffixOf } from './keys.ts';

/** The actions of a resource with that task (and interval 0). */
export function side(resource: Resource, task: string): OrderingSide {
  return { resource, suffix: suffixOf(task), action: undefined };
}

/** One given action. */
export function actionSide(action: Action): OrderingSide {
  return { resource: action.resource, suffix: action.resource === undefined ? undefined : action.suffix, action };
}

export function addOrdering(scheduler: Scheduler, first: OrderingSide, then: OrderingSide, kinds: number, cause: string): void {
  scheduler.orderings.push({ first, then, kinds, cause });
  scheduler.recorder?.note({ kind: 'order', first: sideName(first), then: sideName(then), cause });
  addMigrationEquivalents(scheduler, first, then, cause);
}

/** Between two tasks of resources, or of one resource. */
export function orderTasks(scheduler: Scheduler, first: Resource, firstTask: string, then: Resource, thenTask: string, kinds: number, cause: string): void {
  addOrdering(scheduler, side(first, firstTask), side(then, thenTask), kinds, cause);
}

function sideName({ resource, suffix, action }: OrderingSide): string {
  return action?.key ?? `${resource?.id ?? ''}_${suffix ?? ''}`;
}

function addMigrationEquivalents(scheduler: Scheduler, first: OrderingSide, then: OrderingSide, cause: string): void {
  const a = first.resource;
  const b = then.resource;
  if (a === undefined || b === undefined || a === b) return;
  if (!b.isMigratable && !a.isMigratable) return;
  if (isAncestor(a, b) || isAncestor(b, a) || !b.isMigratable) return;
  const between = `${taskOf(first)} ${taskOf(then)}`;
  const ifUnmigratable = OrderKind.order | (a.isMigratable ? OrderKind.ifUnmigratable : 0);
  const beforeMigration = (firstTask: string, kinds: number, partialToo: boolean): void => {
    orderTasks(scheduler, a, firstTask, b, 'migrate_to', kinds, cause);
    if (partialToo && b.partialMigrationTarget !== undefined) orderTasks(scheduler, a, firstTask, b, 'migrate_from', kinds, cause);
  };
  switch (between) {
    case 'start start':
      if (a.isMigratable) orderTasks(scheduler, a, 'migrate_from', b, 'migrate_to', OrderKind.order, cause);
      return beforeMigration('start', ifUnmigratable, false);
    case 'stop stop':
      return beforeMigration('stop', ifUnmigratable, true);
    case 'promote start':
      return beforeMigration('promote', OrderKind.order, false);
    case 'demote stop':
      return beforeMigration('demote', OrderKind.order, true);
  }
}

function taskOf({ suffix, action }: OrderingSide): string {
  return action?.task ?? (suffix === undefined ? '' : (parseSuffix(suffix)?.task ?? ''));
}
