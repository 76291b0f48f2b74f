// SPDX-License-Identifier: GPL-2.0-or-later
/** What cannot start (or be promoted) keeps the resources down that must be with it. */
import { ActionFlag, isCollective, Role, topResource, type Action, type Colocation, type Resource, type Scheduler } from '../../model/index.ts';
import { withThisColocations } from '../../assign/colocation-lists.ts';
import { INFINITY } from '../../../cib/index.ts';
import { newestWithTask } from '../find.ts';
import { setReason } from '../reason.ts';
import { UpdateTask } from './update.ts';
import { Work, type Task } from './work.ts';

/** Makes the starts and promotions of mandatorily colocated dependents of an unrunnable action unrunnable, too. */
export function blockColocatedDependents(scheduler: Scheduler, action: Action): void {
  if (!keepsDown(action)) return;
  const work = new Work(scheduler);
  work.push(new DependentsTask(action));
  work.finish();
}

function keepsDown(action: Action): boolean {
  return !action.isRunnable && (action.task === 'start' || action.task === 'promote');
}

/** Goes on from an action that cannot run to those that must be with its resource. */
export class DependentsTask implements Task {
  readonly #action: Action;

  constructor(action: Action) {
    this.#action = action;
  }

  proceed(work: Work): boolean {
    const { task, resource } = this.#action;
    if (resource === undefined || !keepsDown(this.#action)) return true;
    // Dependents of a bundle's inner resources are those of the bundle.
    const top = topResource(resource, true);
    if (top.children.length > 0 && !isUnrunnableEverywhere(top, task)) return true;
    const role = task === 'promote' ? Role.promoted : Role.unknown;
    const colocations = withThisColocations(top).filter(({ score, primaryRole }) => score === INFINITY && (role === Role.unknown || primaryRole === role));
    // The last one pushed is done first.
    for (const colocation of colocations.toReversed()) work.push(new DependentTask(colocation, colocation.dependent, resource));
    return true;
  }
}

/** Whether every child has the action and none can run it. */
function isUnrunnableEverywhere(top: Resource, task: string): boolean {
  return top.children.every((child) => newestWithTask(child, task)?.isRunnable === false);
}

/** One dependent with its parts: its own actions first, the newest before all others. */
class DependentTask implements Task {
  readonly #colocation: Colocation;
  readonly #dependent: Resource;
  readonly #reason: Resource;

  constructor(colocation: Colocation, dependent: Resource, reason: Resource) {
    this.#colocation = colocation;
    this.#dependent = dependent;
    this.#reason = reason;
  }

  proceed(work: Work): boolean {
    const dependent = this.#dependent;
    if (isCollective(dependent)) for (const child of dependent.children.toReversed()) work.push(new DependentTask(this.#colocation, child, this.#reason));
    const task = this.#colocation.dependentRole === Role.promoted ? 'promote' : 'start';
    for (const action of dependent.actions.withTask(task)) work.push(new LossTask(action, this.#reason));
    return true;
  }
}

class LossTask implements Task {
  readonly #action: Action;
  readonly #reason: Resource;

  constructor(action: Action, reason: Resource) {
    this.#action = action;
    this.#reason = reason;
  }

  proceed(work: Work): boolean {
    const action = this.#action;
    if (!action.isRunnable) return true;
    action.clear(ActionFlag.runnable);
    setReason(action, `colocation with ${this.#reason.id}`);
    work.push(new UpdateTask(action));
    work.push(new DependentsTask(action));
    return true;
  }
}
