// SPDX-License-Identifier: GPL-2.0-or-later
/** Applies the kinds of one relation, in the fixed order in which Pacemaker tries them. */
import { ActionFlag, OrderKind, type Action, type Node, type Relation } from '../../model/index.ts';
import { applyRules, Changed, type Outcome, type RuleCall } from './rules.ts';
import type { Work } from './work.ts';

/** One visit of a relation, step by step; between two steps, what the one brought about may have to be done first. */
export class RelationVisit implements RuleCall, Outcome {
  readonly relation: Relation;
  readonly first: Action;
  readonly then: Action;
  /** Marks of the two actions as seen by the ordering. */
  readonly firstFlags: number;
  readonly thenFlags: number;
  readonly scope: Node | undefined;
  changed: number = Changed.none;
  /** Kinds of the relation when the present group of steps began. */
  kinds: number;
  #step = 0;

  constructor(relation: Relation, then: Action, firstFlags: number, thenFlags: number) {
    const isSameNode = (relation.kinds & OrderKind.sameNodeImply) !== 0;
    if (isSameNode) relation.kinds = (relation.kinds & ~OrderKind.sameNodeImply) | OrderKind.implyThen;
    this.relation = relation;
    this.first = relation.action;
    this.then = then;
    this.firstFlags = firstFlags;
    this.thenFlags = thenFlags;
    this.scope = isSameNode ? relation.action.node : then.node;
    this.kinds = relation.kinds;
  }

  /** True when all steps are done, and `changed` tells the result. */
  proceed(work: Work): boolean {
    while (this.#step < STEPS.length) if (!STEPS[this.#step++]!(work, this)) return false;
    return true;
  }
}

/** A step of a visit: true when done, false when what it pushed has to be done before the next. */
type Step = (work: Work, visit: RelationVisit) => boolean;

const STEPS: readonly Step[] = [
  implyThen,
  forThen(OrderKind.restart),
  implyFirst,
  forThen(OrderKind.promotedImplyFirst),
  countMinimum,
  blockNestedProbe,
  block,
  beginThenRules,
  forThen(OrderKind.unmigratableBlocks),
  forThen(OrderKind.else),
  forThen(OrderKind.order),
  forThen(OrderKind.asymmetric),
  conclude,
];

/** Kinds that only rules of the later action's resource know. */
function forThen(kind: number): Step {
  return (work, visit) => {
    const { resource } = visit.then;
    return (visit.kinds & kind) === 0 || resource === undefined || applyRules(work, visit, visit, resource, visit.then, kind);
  };
}

function implyThen(work: Work, visit: RelationVisit): boolean {
  const { then, firstFlags } = visit;
  if ((visit.kinds & OrderKind.implyThen) === 0) return true;
  if (then.resource !== undefined) return applyRules(work, visit, visit, then.resource, then, OrderKind.implyThen);
  if ((firstFlags & ActionFlag.optional) === 0) lose(visit, then, ActionFlag.optional, Changed.then);
  return true;
}

function implyFirst(work: Work, visit: RelationVisit): boolean {
  const { first, then, firstFlags } = visit;
  if ((visit.kinds & OrderKind.implyFirst) === 0) return true;
  if (first.resource !== undefined) return applyRules(work, visit, visit, first.resource, then, OrderKind.implyFirst);
  // Pacemaker takes the runnable mark here, not the optional one.
  if ((firstFlags & ActionFlag.optional) === 0) lose(visit, first, ActionFlag.runnable, Changed.first);
  return true;
}

/** An action that needs some runnable predecessors becomes runnable with the last one it needs. */
function countMinimum(_work: Work, visit: RelationVisit): boolean {
  const { then, firstFlags, relation } = visit;
  if ((relation.kinds & OrderKind.min) === 0 || then.resource !== undefined || (firstFlags & ActionFlag.runnable) === 0) return true;
  then.runnableBefore++;
  if (then.runnableBefore < then.requiredRunnableBefore || then.isRunnable) return true;
  then.set(ActionFlag.runnable);
  visit.changed |= Changed.then;
  return true;
}

/** A connection inside a running container may be probed although the container's start cannot run. */
function blockNestedProbe(work: Work, visit: RelationVisit): boolean {
  const { first, then, firstFlags, relation } = visit;
  if ((relation.kinds & OrderKind.nestedProbe) === 0 || then.resource === undefined) return true;
  const isAllowed = (firstFlags & ActionFlag.runnable) === 0 && first.resource !== undefined && first.resource.runningOn.length > 0;
  if (!isAllowed) return applyRules(work, visit, visit, then.resource, then, OrderKind.block);
  relation.kinds = OrderKind.none;
  return true;
}

function block(work: Work, visit: RelationVisit): boolean {
  const { then, firstFlags, relation } = visit;
  if ((relation.kinds & OrderKind.block) === 0) return true;
  if (then.resource !== undefined) return applyRules(work, visit, visit, then.resource, then, OrderKind.block);
  if ((firstFlags & ActionFlag.runnable) === 0) lose(visit, then, ActionFlag.runnable, Changed.then);
  return true;
}

/** What was done so far may have dropped the relation. */
function beginThenRules(_work: Work, visit: RelationVisit): boolean {
  visit.kinds = visit.relation.kinds;
  return true;
}

function conclude(_work: Work, visit: RelationVisit): boolean {
  const { first, then, relation, firstFlags, thenFlags } = visit;
  forceIntoGraph(first, then, relation.kinds, firstFlags, thenFlags);
  blockAfterBlockedStop(visit, relation.kinds);
  return true;
}

/** Forcing into the graph is no change: nothing is updated again because of it. */
function forceIntoGraph(first: Action, then: Action, kinds: number, firstFlags: number, thenFlags: number): void {
  if ((kinds & OrderKind.graphThen) !== 0 && first.isRunnable && (firstFlags & ActionFlag.optional) === 0) then.set(ActionFlag.alwaysInGraph);
  if ((kinds & OrderKind.graphFirst) !== 0 && (thenFlags & ActionFlag.optional) === 0) first.set(ActionFlag.alwaysInGraph);
}

const IMPLICATIONS = OrderKind.implyThen | OrderKind.implyFirst | OrderKind.restart;

/** What follows the stop of a resource that is blocked cannot run. */
function blockAfterBlockedStop(visit: RelationVisit, kinds: number): void {
  const { first, then } = visit;
  if ((kinds & IMPLICATIONS) === 0 || first.resource === undefined || first.task !== 'stop' || first.isRunnable) return;
  if (first.resource.isManaged || !first.resource.isBlocked) return;
  lose(visit, then, ActionFlag.runnable, Changed.then);
}

function lose(visit: RelationVisit, action: Action, flag: number, change: number): void {
  if (!action.has(flag)) return;
  action.clear(flag);
  visit.changed |= change;
}
