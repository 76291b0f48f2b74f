// SPDX-License-Identifier: GPL-2.0-or-later
/** Noting colocations: in the lists of both resources, in the order in which they are to be looked at. */
import { INFINITY } from '../../../cib/index.ts';
import { insertSorted, OrderKind, Role, type Colocation, type Resource, type Scheduler } from '../../model/index.ts';
import { orderTasks } from '../../order/ordering.ts';

export function addColocation(scheduler: Scheduler, colocation: Colocation): void {
  if (colocation.score === 0) return;
  addThisWith(colocation.dependent.thisWith, colocation);
  addWithThis(colocation.primary.withThis, colocation);
  scheduler.colocations.unshift(colocation);
  if (colocation.score > -INFINITY) return;
  const { dependent, dependentRole, primary, primaryRole } = colocation;
  orderApart(scheduler, colocation.id, { resource: dependent, role: dependentRole }, { resource: primary, role: primaryRole });
  orderApart(scheduler, colocation.id, { resource: primary, role: primaryRole }, { resource: dependent, role: dependentRole });
}

export function addThisWith(list: Colocation[], colocation: Colocation): void {
  insertSorted(list, colocation, (a, b) => compareResources(a.primary, b.primary));
}

export function addWithThis(list: Colocation[], colocation: Colocation): void {
  insertSorted(list, colocation, (a, b) => compareResources(a.dependent, b.dependent));
}

const KIND_RANK = { bundle: 0, clone: 1, group: 2, primitive: 3 } as const;

/** More important first: by priority, then the more complex kind, promotable clones before others, then the id. */
function compareResources(a: Resource, b: Resource): number {
  if (a === b) return 0;
  if (a.priority !== b.priority) return b.priority - a.priority;
  if (a.kind !== b.kind) return KIND_RANK[a.kind] - KIND_RANK[b.kind];
  if (a.kind === 'clone' && a.isPromotable !== b.isPromotable) return a.isPromotable ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

interface RoleHolder {
  readonly resource: Resource;
  readonly role: Role;
}

/** Of two resources that must not be together, one loses its role on a node before the other gains its own there. */
function orderApart(scheduler: Scheduler, cause: string, first: RoleHolder, then: RoleHolder): void {
  for (const lose of losingTasks(first.role)) {
    for (const gain of gainingTasks(then.role)) {
      orderTasks(scheduler, first.resource, lose, then.resource, gain, OrderKind.requiredOnSameNode, cause);
    }
  }
}

function losingTasks(role: Role): readonly string[] {
  if (role === Role.promoted) return ['demote'];
  return role === Role.unpromoted ? ['stop', 'promote'] : ['stop'];
}

function gainingTasks(role: Role): readonly string[] {
  if (role === Role.promoted) return ['promote'];
  return role === Role.unpromoted ? ['start', 'demote'] : ['start'];
}
