// SPDX-License-Identifier: GPL-2.0-or-later
/** Relations that turn out to be impossible once all marks are settled. */
import { OrderKind, type Action, type Relation, type Scheduler } from '../../model/index.ts';
import { isListed } from '../../graph/inputs.ts';

/** Drops relations that would make a guest wait for itself, and room-making that would close a circle of migrations. */
export function dropInvalidRelations(scheduler: Scheduler): void {
  for (let i = scheduler.actions.length - 1; i >= 0; i--) {
    const action = scheduler.actions[i]!;
    for (let at = action.before.length - 1; at >= 0; at--) {
      const relation = action.before[at]!;
      if (isBeforeOwnLauncher(relation, action) || closesMigrationCircle(relation, action)) relation.kinds = OrderKind.none;
    }
  }
}

function isBeforeOwnLauncher({ action: first, kinds }: Relation, then: Action): boolean {
  if ((kinds & OrderKind.guestOk) !== 0 || first.resource === undefined || then.resource === undefined) return false;
  if (then.resource.launched.length === 0 || first.node?.isGuest !== true) return false;
  return first.node.connection?.launcher === then.resource;
}

function closesMigrationCircle(relation: Relation, then: Action): boolean {
  if (relation.kinds !== OrderKind.sameNodeOrTarget || then.resource === undefined || then.task !== 'migrate_to') return false;
  return leadsBack(then, then, relation, new Set());
}

/** Whether `start` comes before the action of a listed relation of `action`. */
function leadsBack(start: Action, action: Action, relation: Relation, visited: Set<Action>): boolean {
  const first = relation.action;
  if (visited.has(first) || !isListed(action, relation)) return false;
  if (first === start) return true;
  visited.add(first);
  const { before } = first;
  let leads = false;
  for (let i = before.length - 1; i >= 0 && !leads; i--) leads = leadsBack(start, first, before[i]!, visited);
  visited.delete(first);
  return leads;
}
