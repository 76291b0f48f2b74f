// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The update pass: lets every relation act on the marks of its two actions until nothing changes any more. It is a plain
 * recursion in exactly this order, because some effects do not count as changes (forcing into the graph, dropping a
 * relation) and so depend on what the pass meets first; its levels are tasks (see `work.ts`).
 */
import { ActionFlag, isAncestor, OrderKind, type Action, type Relation, type Scheduler } from '../../model/index.ts';
import { DependentsTask } from './block.ts';
import { flagsForOrdering } from './flags.ts';
import { RelationVisit } from './kinds.ts';
import { singleAssignedNodeNow } from '../parts.ts';
import { addRelation } from '../relation.ts';
import { completedAction } from './completed.ts';
import { Changed } from './rules.ts';
import { Work, type Task } from './work.ts';

/** Updates every action, newest first. */
export function updateActions(scheduler: Scheduler): void {
  const work = new Work(scheduler);
  for (let i = scheduler.actions.length - 1; i >= 0; i--) {
    work.push(new UpdateTask(scheduler.actions[i]!));
    work.finish();
  }
}

const NOT_BEGUN = -2;

/** Lets the relations that lead to an action act; when it changes, again, and then those that lead on from it. */
export class UpdateTask implements Task {
  readonly #then: Action;
  #flagsBefore = 0;
  /** The relation to look at next; relations added meanwhile are not visited. */
  #next = NOT_BEGUN;
  #isChanged = false;
  #visit: RelationVisit | undefined;

  constructor(then: Action) {
    this.#then = then;
  }

  proceed(work: Work): boolean {
    if (this.#next === NOT_BEGUN) this.#begin();
    for (;;) {
      if (this.#visit !== undefined) {
        if (!this.#visit.proceed(work)) return false;
        if (this.#conclude(work, this.#visit)) return false;
      }
      if (this.#next < 0) break;
      this.#startVisit(work.scheduler, this.#then.before[this.#next--]!);
    }
    this.#end(work);
    return true;
  }

  #begin(): void {
    const then = this.#then;
    this.#flagsBefore = then.flags;
    this.#next = then.before.length - 1;
    if (then.requiredRunnableBefore > 0) {
      then.runnableBefore = 0;
      then.clear(ActionFlag.runnable);
    }
  }

  #end(work: Work): void {
    const then = this.#then;
    if (then.requiredRunnableBefore > 0) this.#isChanged = then.flags !== this.#flagsBefore;
    if (!this.#isChanged) return;
    work.push(new SuccessorsTask(then));
    work.push(new UpdateTask(then));
    if ((this.#flagsBefore & ActionFlag.runnable) !== 0 && !then.isRunnable) work.push(new DependentsTask(then));
  }

  /** True when the first action changed, so that there is more to do before the next relation. */
  #conclude(work: Work, { relation, changed }: RelationVisit): boolean {
    this.#visit = undefined;
    if ((changed & Changed.then) !== 0) this.#isChanged = true;
    if ((changed & Changed.first) === 0) return false;
    work.push(new UpdateTask(relation.action));
    work.push(new SuccessorsTask(relation.action));
    return true;
  }

  #startVisit(scheduler: Scheduler, relation: Relation): void {
    const then = this.#then;
    const first = relation.action;
    const firstNode = isGroupStart(first) ? singleAssignedNodeNow(scheduler, first.resource!) : first.node;
    const thenNode = isGroupStart(then) ? singleAssignedNodeNow(scheduler, then.resource!) : then.node;
    if ((relation.kinds & OrderKind.onSameNode) !== 0 && firstNode !== undefined && thenNode !== undefined && firstNode !== thenNode) {
      relation.kinds = OrderKind.none;
      return;
    }
    if ((relation.kinds & OrderKind.cancel) !== 0 && first.resource !== undefined && then.isRequired) cancelFirst(first);
    const acting = actingFirst(first, then);
    if (acting === first) {
      const firstFlags = flagsForOrdering(first, thenNode);
      this.#visit = new RelationVisit(relation, then, firstFlags, flagsForOrdering(then, firstNode));
    } else if (addRelation(acting, then, relation.kinds)) {
      // The completed action stands for the collective's; its relation takes the place of this one.
      relation.kinds = OrderKind.none;
      this.#isChanged = true;
    }
  }
}

/** Updates what is ordered after an action; relations added meanwhile are not visited. */
export class SuccessorsTask implements Task {
  readonly #action: Action;
  #next = NOT_BEGUN;

  constructor(action: Action) {
    this.#action = action;
  }

  proceed(work: Work): boolean {
    if (this.#next === NOT_BEGUN) this.#next = this.#action.after.length - 1;
    if (this.#next < 0) return true;
    work.push(new UpdateTask(this.#action.after[this.#next--]!.action));
    return this.#next < 0;
  }
}

function isGroupStart(action: Action): boolean {
  return action.resource?.kind === 'group' && action.task === 'start';
}

/** A required later action makes the first unnecessary: a stop makes a reload so. */
function cancelFirst(first: Action): void {
  first.set(ActionFlag.optional);
  if (first.task === 'reload-agent') first.resource!.isReloading = false;
}

function actingFirst(first: Action, then: Action): Action {
  if (first.resource === undefined || then.resource === undefined || first.resource === then.resource) return first;
  return isAncestor(first.resource, then.resource) ? first : completedAction(first);
}
