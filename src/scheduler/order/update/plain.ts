// SPDX-License-Identifier: GPL-2.0-or-later
/** The rules of relations between two plain actions. Marks are only ever taken away, and their loss is explained. */
import { ActionFlag, currentRole, OrderKind, Role, type Action, type Node, type Resource } from '../../model/index.ts';
import { setReason } from '../reason.ts';
import { Changed, type Outcome, type RuleCall } from './rules.ts';
import { UpdateTask } from './update.ts';
import type { Task, Work } from './work.ts';

/** True when done; false when the update of a changed part has to be done first. */
export function applyPlainRules(work: Work, { first, firstFlags }: RuleCall, outcome: Outcome, then: Action, kind: number): boolean {
  const firstBefore = first.flags;
  const thenBefore = then.flags;
  applyRule(first, then, kind, firstFlags);
  if (then.flags !== thenBefore) {
    outcome.changed |= Changed.then;
    if (then.resource?.parent !== undefined) {
      work.push(new ChangeOfFirst(first, firstBefore, outcome));
      work.push(new UpdateTask(then));
      return false;
    }
  }
  if (first.flags !== firstBefore) outcome.changed |= Changed.first;
  return true;
}

/** Notes whether the first action has changed, by the rule or by the update that followed it. */
class ChangeOfFirst implements Task {
  readonly #first: Action;
  readonly #before: number;
  readonly #outcome: Outcome;

  constructor(first: Action, before: number, outcome: Outcome) {
    this.#first = first;
    this.#before = before;
    this.#outcome = outcome;
  }

  proceed(): boolean {
    if (this.#first.flags !== this.#before) this.#outcome.changed |= Changed.first;
    return true;
  }
}

function applyRule(first: Action, then: Action, kind: number, firstFlags: number): void {
  switch (kind) {
    case OrderKind.asymmetric:
      return blockAsymmetric(first, then);
    case OrderKind.implyFirst:
      return requireFirst(first, then, firstFlags);
    case OrderKind.promotedImplyFirst:
      return requireFirstOfPromoted(first, then);
    case OrderKind.unmigratableBlocks:
      if (!then.isMigratable || !then.isRunnable) takeFlag(first, ActionFlag.runnable, then);
      if (then.isRequired) takeFlag(first, ActionFlag.optional, then);
      return;
    case OrderKind.else:
      if (first.isRunnable) return;
      takeFlag(then, ActionFlag.migratable, first);
      then.clear(ActionFlag.pseudo);
      return;
    case OrderKind.block:
      if (!then.isRunnable || (firstFlags & ActionFlag.runnable) !== 0) return;
      takeFlag(then, ActionFlag.runnable, first);
      takeFlag(then, ActionFlag.migratable, first);
      return;
    case OrderKind.implyThen:
      if ((firstFlags & ActionFlag.optional) === 0 && !first.isMigratable) takeFlag(then, ActionFlag.optional, first);
      return;
    case OrderKind.restart:
      return restart(first, then);
  }
}

/** Without the inverse order, what comes after something that cannot run cannot run either, but must be shown. */
function blockAsymmetric(first: Action, then: Action): void {
  if (then.resource === undefined || first.isRunnable) return;
  if (then.isOptional) {
    const role = currentRole(then.resource);
    if (role === Role.stopped && then.task === 'stop') return;
    if (role >= Role.started && then.task === 'start' && isActiveOnlyOn(then.resource, then.node)) return;
  }
  takeFlag(then, ActionFlag.optional, first);
  takeFlag(then, ActionFlag.runnable, first);
}

function isActiveOnlyOn(resource: Resource, node: Node | undefined): boolean {
  return resource.runningOn.length === 1 && resource.runningOn[0] === node;
}

function requireFirst(first: Action, then: Action, firstFlags: number): void {
  if (then.isOptional) return;
  if ((firstFlags & ActionFlag.optional) === 0) takeFlag(first, ActionFlag.optional, then);
  if ((firstFlags & ActionFlag.migratable) !== 0 && !then.isMigratable) takeFlag(first, ActionFlag.migratable, then);
}

function requireFirstOfPromoted(first: Action, then: Action): void {
  if (then.resource?.role !== Role.promoted || then.isOptional) return;
  takeFlag(first, ActionFlag.optional, then);
  if (!then.isMigratable) takeFlag(first, ActionFlag.migratable, then);
}

/** The stop of a restart follows its start: both or neither; and what cannot start again is still stopped. */
function restart(first: Action, then: Action): void {
  const mustStop = !then.isRunnable && then.resource!.isManaged && first.resource === then.resource;
  if (then.isOptional && !mustStop) return;
  if (first.isRunnable || then.isRequired) takeFlag(first, ActionFlag.optional, then);
  if (!then.isMigratable) takeFlag(first, ActionFlag.migratable, then);
  if (first.isRequired && !first.isRunnable) takeFlag(then, ActionFlag.runnable, first);
}

const LOSS: ReadonlyMap<number, string> = new Map([
  [ActionFlag.optional, 'required'],
  [ActionFlag.runnable, 'unrunnable'],
  [ActionFlag.migratable, 'unmigrateable'],
]);

/** Takes a mark away; an action of another resource that caused it is named as the reason. */
function takeFlag(action: Action, flag: number, because: Action): void {
  if (!action.has(flag)) return;
  action.clear(flag);
  if (action.resource === because.resource) return;
  const resourceId = because.resource === undefined ? '' : ` ${because.resource.id}`;
  setReason(action, `${LOSS.get(flag)}${resourceId} ${because.task}`);
}
