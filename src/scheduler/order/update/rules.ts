// SPDX-License-Identifier: GPL-2.0-or-later
/** What one kind of relation does to the marks of two actions, through the type of the resource it is asked for. */
import { ActionFlag, type Action, type Node, type Resource } from '../../model/index.ts';
import { newestWithTask } from '../find.ts';
import { instancesOf } from '../parts.ts';
import { actionFlags } from './flags.ts';
import { InterleaveTask, isInterleaved } from './interleave.ts';
import { applyPlainRules } from './plain.ts';
import { SuccessorsTask } from './update.ts';
import type { Task, Work } from './work.ts';

/** Which of two actions a rule changed; combinable bits. */
export const Changed = { none: 0, first: 1, then: 2 } as const;

/** What stays the same while a rule descends into the parts of a collective. */
export interface RuleCall {
  readonly first: Action;
  /** Marks of the first action as seen by the ordering. */
  readonly firstFlags: number;
  /** The node on which parts are looked for. */
  readonly scope: Node | undefined;
}

/** Where a rule notes what it changed. */
export interface Outcome {
  changed: number;
}

/**
 * Applies one kind by the type of `resource`, which is that of the later action for all kinds but `implyFirst`. True
 * when done; false when what was pushed has to be done first, with nothing left to do after it.
 */
export function applyRules(work: Work, rule: RuleCall, outcome: Outcome, resource: Resource, then: Action, kind: number): boolean {
  switch (resource.kind) {
    case 'primitive':
      return applyPlainRules(work, rule, outcome, then, kind);
    case 'group':
      if (hasMembersToo(then)) work.push(new MembersTask(rule, outcome, then, kind));
      break;
    case 'clone':
    case 'bundle':
      if (then.resource === undefined) return true;
      if (isInterleaved(rule.first, then)) {
        work.push(new InterleaveTask(rule, outcome, then, kind));
        return false;
      }
      work.push(new InstancesTask(rule, outcome, then, kind));
  }
  applyPlainRules(work, rule, outcome, then, kind);
  return false;
}

/** Primitives have no such actions, so that looking for them in each would be in vain. */
const COMPLETED: ReadonlySet<string> = new Set(['running', 'stopped', 'promoted', 'demoted']);

function hasMembersToo({ task, resource }: Action): boolean {
  return !(COMPLETED.has(task) && resource?.kind === 'group');
}

/** Applies a kind to each member of a group. */
class MembersTask implements Task {
  readonly #rule: RuleCall;
  readonly #outcome: Outcome;
  readonly #then: Action;
  readonly #kind: number;
  readonly #members: readonly Resource[];
  #next = 0;

  constructor(rule: RuleCall, outcome: Outcome, then: Action, kind: number) {
    this.#rule = rule;
    this.#outcome = outcome;
    this.#then = then;
    this.#kind = kind;
    this.#members = then.resource?.children ?? [];
  }

  proceed(work: Work): boolean {
    while (this.#next < this.#members.length) {
      const member = this.#members[this.#next++]!;
      const action = newestWithTask(member, this.#then.task, this.#rule.scope);
      if (action !== undefined && !applyRules(work, this.#rule, this.#outcome, member, action, this.#kind)) return false;
    }
    return true;
  }
}

/** Applies a kind to each instance of a clone, and updates what is ordered after those that change. */
class InstancesTask implements Task, Outcome {
  changed: number = Changed.none;
  readonly #rule: RuleCall;
  readonly #outcome: Outcome;
  readonly #then: Action;
  readonly #kind: number;
  readonly #instances: readonly Resource[];
  #next = 0;
  #current: Action | undefined;

  constructor(rule: RuleCall, outcome: Outcome, then: Action, kind: number) {
    this.#rule = rule;
    this.#outcome = outcome;
    this.#then = then;
    this.#kind = kind;
    const instances = instancesOf(then.resource!);
    this.#instances = COMPLETED.has(then.task) && instances[0]?.kind === 'primitive' ? [] : instances;
  }

  proceed(work: Work): boolean {
    for (;;) {
      if (this.#current !== undefined && this.#conclude(work, this.#current)) return false;
      const instance = this.#instances[this.#next++];
      if (instance === undefined) return true;
      const action = newestWithTask(instance, this.#then.task, this.#rule.scope);
      if (action === undefined || (actionFlags(action, this.#rule.scope) & ActionFlag.runnable) === 0) continue;
      this.#current = action;
      if (!applyRules(work, this.#rule, this, instance, action, this.#kind)) return false;
    }
  }

  /** True when the instance's action changed, so that there is more to do before the next instance. */
  #conclude(work: Work, action: Action): boolean {
    const { changed } = this;
    this.#current = undefined;
    this.changed = Changed.none;
    this.#outcome.changed |= changed;
    if ((changed & Changed.then) === 0) return false;
    work.push(new SuccessorsTask(action));
    return true;
  }
}
