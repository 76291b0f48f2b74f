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
  // The node may be one that the configuration takes for a cluster node, with the name of a guest.
  return then.resource.launched.length > 0 && first.node?.connection?.launcher === then.resource;
}

function closesMigrationCircle(relation: Relation, then: Action): boolean {
  if (relation.kinds !== OrderKind.sameNodeOrTarget || then.resource === undefined || then.task !== 'migrate_to') return false;
  return leadsBack(then, relation);
}

/** Whether `start` comes before the action of its listed relation. */
function leadsBack(start: Action, relation: Relation): boolean {
  if (!isListed(start, relation)) return false;
  const visited = new Set<Action>();
  // Actions on the way back, each with the relation to look at next.
  const path = [relation.action].map(departFrom);
  for (let here = path.at(-1); here !== undefined; here = path.at(-1)) {
    const { action } = here;
    if (action === start) return true;
    visited.add(action);
    const earlier = action.before[here.next--];
    if (earlier === undefined) path.pop();
    else if (!visited.has(earlier.action) && isListed(action, earlier)) path.push(departFrom(earlier.action));
  }
  return false;
}

function departFrom(action: Action): { readonly action: Action; next: number } {
  return { action, next: action.before.length - 1 };
}
