// SPDX-License-Identifier: GPL-2.0-or-later
/** Applies the kinds of one relation, in the fixed order in which Pacemaker tries them. */
import { ActionFlag, OrderKind, type Action, type Relation, type Scheduler } from '../../model/index.ts';
import { applyRules, Changed, type RuleCall } from './rules.ts';

/** Lets each kind act on the two actions, whose marks as seen by an ordering are given; returns what changed. */
export function applyKinds(scheduler: Scheduler, relation: Relation, then: Action, firstFlags: number, thenFlags: number): number {
  const first = relation.action;
  let scope = then.node;
  if ((relation.kinds & OrderKind.sameNodeImply) !== 0) {
    relation.kinds = (relation.kinds & ~OrderKind.sameNodeImply) | OrderKind.implyThen;
    scope = first.node;
  }
  const rule: RuleCall = { scheduler, first, firstFlags, scope };
  let changed = applyImplications(rule, then, relation.kinds);
  changed |= applyMinimum(then, relation.kinds, firstFlags);
  changed |= applyBlocks(rule, then, relation);
  changed |= applyThenRules(rule, then, relation.kinds);
  forceIntoGraph(first, then, relation.kinds, firstFlags, thenFlags);
  return changed | applyBlockedStop(first, then, relation.kinds);
}

/** Kinds by which one side being required makes the other required. */
function applyImplications(rule: RuleCall, then: Action, kinds: number): number {
  const { first, firstFlags } = rule;
  let changed = Changed.none;
  if ((kinds & OrderKind.implyThen) !== 0) {
    if (then.resource !== undefined) changed |= applyRules(rule, then.resource, then, OrderKind.implyThen);
    else if ((firstFlags & ActionFlag.optional) === 0 && then.isOptional) changed |= lose(then, ActionFlag.optional, Changed.then);
  }
  if ((kinds & OrderKind.restart) !== 0 && then.resource !== undefined) {
    changed |= applyRules(rule, then.resource, then, OrderKind.restart);
  }
  if ((kinds & OrderKind.implyFirst) !== 0) {
    if (first.resource !== undefined) changed |= applyRules(rule, first.resource, then, OrderKind.implyFirst);
    // Pacemaker takes the runnable mark here, not the optional one.
    else if ((firstFlags & ActionFlag.optional) === 0 && first.isRunnable) changed |= lose(first, ActionFlag.runnable, Changed.first);
  }
  if ((kinds & OrderKind.promotedImplyFirst) !== 0 && then.resource !== undefined) {
    changed |= applyRules(rule, then.resource, then, OrderKind.promotedImplyFirst);
  }
  return changed;
}

/** An action that needs some runnable predecessors becomes runnable with the last one it needs. */
function applyMinimum(then: Action, kinds: number, firstFlags: number): number {
  if ((kinds & OrderKind.min) === 0 || then.resource !== undefined || (firstFlags & ActionFlag.runnable) === 0) return Changed.none;
  then.runnableBefore++;
  if (then.runnableBefore < then.requiredRunnableBefore || then.isRunnable) return Changed.none;
  then.set(ActionFlag.runnable);
  return Changed.then;
}

function applyBlocks(rule: RuleCall, then: Action, relation: Relation): number {
  const { first, firstFlags } = rule;
  let changed = Changed.none;
  if ((relation.kinds & OrderKind.nestedProbe) !== 0 && then.resource !== undefined) {
    // A connection inside a running container may be probed although the container's start cannot run.
    if ((firstFlags & ActionFlag.runnable) === 0 && first.resource !== undefined && first.resource.runningOn.length > 0) {
      relation.kinds = OrderKind.none;
    } else {
      changed |= applyRules(rule, then.resource, then, OrderKind.block);
    }
  }
  if ((relation.kinds & OrderKind.block) === 0) return changed;
  if (then.resource !== undefined) return changed | applyRules(rule, then.resource, then, OrderKind.block);
  if ((firstFlags & ActionFlag.runnable) === 0 && then.isRunnable) changed |= lose(then, ActionFlag.runnable, Changed.then);
  return changed;
}

const THEN_RULES = [OrderKind.unmigratableBlocks, OrderKind.else, OrderKind.order, OrderKind.asymmetric] as const;

function applyThenRules(rule: RuleCall, then: Action, kinds: number): number {
  let changed = Changed.none;
  if (then.resource === undefined) return changed;
  for (const kind of THEN_RULES) if ((kinds & kind) !== 0) changed |= applyRules(rule, then.resource, then, kind);
  return changed;
}

/** Forcing into the graph is no change: nothing is updated again because of it. */
function forceIntoGraph(first: Action, then: Action, kinds: number, firstFlags: number, thenFlags: number): void {
  if ((kinds & OrderKind.graphThen) !== 0 && first.isRunnable && (firstFlags & ActionFlag.optional) === 0) then.set(ActionFlag.alwaysInGraph);
  if ((kinds & OrderKind.graphFirst) !== 0 && (thenFlags & ActionFlag.optional) === 0) first.set(ActionFlag.alwaysInGraph);
}

const IMPLICATIONS = OrderKind.implyThen | OrderKind.implyFirst | OrderKind.restart;

/** What follows the stop of a resource that is blocked cannot run. */
function applyBlockedStop(first: Action, then: Action, kinds: number): number {
  if ((kinds & IMPLICATIONS) === 0 || first.resource === undefined || first.task !== 'stop' || first.isRunnable) return Changed.none;
  if (first.resource.isManaged || !first.resource.isBlocked || !then.isRunnable) return Changed.none;
  return lose(then, ActionFlag.runnable, Changed.then);
}

function lose(action: Action, flag: number, change: number): number {
  action.clear(flag);
  return change;
}

