// SPDX-License-Identifier: GPL-2.0-or-later
/** Which predecessors of an action become its inputs in the graph. */
import { ActionFlag, OrderKind, type Action, type Relation } from '../model/index.ts';

/** The predecessors that are listed, by ascending number, each once. */
export function inputsOf(action: Action): Action[] {
  const inputs: Action[] = [];
  for (const relation of mergedRelations(action)) if (isListed(action, relation)) inputs.push(relation.action);
  return inputs;
}

/** Relations by ascending number of the predecessor; several of one pair are united. */
function mergedRelations(action: Action): Relation[] {
  const sorted = action.before.toReversed().sort((a, b) => a.action.id - b.action.id);
  const merged: Relation[] = [];
  for (const relation of sorted) {
    const last = merged[merged.length - 1];
    if (last?.action === relation.action) last.kinds |= relation.kinds;
    else merged.push(relation);
  }
  return merged;
}

const ORDER_ONLY = OrderKind.order | OrderKind.graphFirst | OrderKind.graphThen;

/** The rules in the order in which the first that matches decides. A relation that does not hold here is dropped for good. */
export function isListed(action: Action, relation: Relation): boolean {
  const { action: first, kinds } = relation;
  if (kinds === OrderKind.none) return false;
  if (!first.isRunnable && !countsUnrunnable(kinds)) return false;
  if (first.isMigratable && (kinds & OrderKind.ifUnmigratable) !== 0) return false;
  if (first.isMigratable && kinds === OrderKind.order && first.key.endsWith('_stop_0')) return false;
  if (kinds === OrderKind.sameNodeOrTarget) return keepIf(relation, makesRoomFor(action, first));
  if (kinds === OrderKind.requiredOnSameNode) {
    const isApart = action.node !== undefined && first.node !== undefined && action.node !== first.node;
    return keepIf(relation, !isApart && first.isRequired);
  }
  if (isStopOfStuckResource(action, first)) return false;
  return first.isRequired || first.has(ActionFlag.alwaysInGraph | ActionFlag.inGraph);
}

function keepIf(relation: Relation, holds: boolean): boolean {
  if (!holds) relation.kinds = OrderKind.none;
  return holds;
}

/** Whether a predecessor that cannot run is waited for all the same. */
function countsUnrunnable(kinds: number): boolean {
  if ((kinds & ~ORDER_ONLY) === 0) return false;
  return (kinds & (OrderKind.min | OrderKind.unmigratableBlocks)) === 0;
}

function makesRoomFor(action: Action, first: Action): boolean {
  if (action.resource !== undefined && action.task === 'migrate_to') return first.node !== undefined && first.node === action.resource.assignedNode;
  return first.node !== undefined && first.node === action.node && first.isRequired;
}

/** A clone does not wait for the stop of another resource that is failed and unmanaged: it will not come. */
function isStopOfStuckResource(action: Action, first: Action): boolean {
  const resource = first.resource;
  if (resource === undefined || action.resource?.kind !== 'clone' || resource === action.resource) return false;
  return resource.isFailed && !resource.isManaged && first.key.endsWith('_stop_0');
}
