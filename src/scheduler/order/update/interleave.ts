// SPDX-License-Identifier: GPL-2.0-or-later
/** Orderings between two clones or bundles whose instances wait only for their partner on the same node. */
import { OrderKind, type Action, type Bundle, type Clone, type Node, type Resource, type Scheduler } from '../../model/index.ts';
import { assignNode } from '../../assign/assign-node.ts';
import { compatibleInstance } from '../../assign/compatible.ts';
import { newestWithTask } from '../find.ts';
import { innerResource, instancesOf } from '../parts.ts';
import { addRelation } from '../relation.ts';
import { actionFlags, originalTask } from './flags.ts';
import { applyRules, Changed, type Outcome, type RuleCall } from './rules.ts';
import type { Task, Work } from './work.ts';

const DOWN = /(?:^|_)(?:stop|demote)_0$/;
const DOWN_COMPLETED = /(?:^|_)(?:stopped|demoted)_0$/;

export function isInterleaved(first: Action, then: Action): boolean {
  if (first.resource === undefined || then.resource === undefined || first.resource === then.resource) return false;
  if (!isMultiple(first.resource) || !isMultiple(then.resource)) return false;
  return (DOWN.test(then.suffix) ? first.resource : then.resource).isInterleaved;
}

function isMultiple(resource: Resource): resource is Clone | Bundle {
  return resource.kind === 'clone' || resource.kind === 'bundle';
}

/** Orders each instance after its partner only. The relation added has the one kind that is being applied. */
export class InterleaveTask implements Task {
  readonly #rule: RuleCall;
  readonly #outcome: Outcome;
  readonly #then: Action;
  readonly #kind: number;
  readonly #byCurrent: boolean;
  readonly #firstTask: string;
  readonly #instances: readonly Resource[];
  #next = 0;

  constructor(rule: RuleCall, outcome: Outcome, then: Action, kind: number) {
    this.#rule = rule;
    this.#outcome = outcome;
    this.#then = then;
    this.#kind = kind;
    this.#byCurrent = DOWN_COMPLETED.test(rule.first.suffix);
    this.#firstTask = originalTask(rule.first, rule.first.resource!);
    this.#instances = instancesOf(then.resource!);
  }

  proceed(work: Work): boolean {
    while (this.#next < this.#instances.length) {
      if (!this.#applyTo(work, this.#instances[this.#next++]!)) return false;
    }
    return true;
  }

  /** False when what was pushed has to be done before the next instance. */
  #applyTo(work: Work, instance: Resource): boolean {
    const { first, scope } = this.#rule;
    const partner = compatibleInstance(work.scheduler, instance, first.resource!, undefined, this.#byCurrent);
    if (partner === undefined) {
      if (mustStayDown(this.#kind, this.#byCurrent) && unassign(work.scheduler, instance)) this.#outcome.changed |= Changed.then;
      return true;
    }
    const firstAction = firstInstanceAction(first, partner, this.#firstTask, scope);
    const thenAction = firstAction === undefined ? undefined : thenInstanceAction(this.#then, instance, scope);
    if (firstAction === undefined || thenAction === undefined) return true;
    if (addRelation(firstAction, thenAction, this.#kind)) this.#outcome.changed |= Changed.first | Changed.then;
    const firstFlags = actionFlags(firstAction, scope);
    return applyRules(work, { first: firstAction, firstFlags, scope }, this.#outcome, instance, thenAction, this.#kind);
  }
}

function unassign(scheduler: Scheduler, instance: Resource): boolean {
  scheduler.changeCounter.changes++;
  return assignNode(scheduler, instance, undefined, true, true);
}

/** An instance without a partner may go down, but not up when the order is mandatory. */
function mustStayDown(kind: number, byCurrent: boolean): boolean {
  return !byCurrent && (kind & (OrderKind.block | OrderKind.implyThen)) !== 0;
}

/** What others wait for is what runs in a container, unless it is the container that has to be gone. */
function firstInstanceAction(first: Action, instance: Resource, task: string, node: Node | undefined): Action | undefined {
  const inner = first.task === 'stop' || first.task === 'stopped' ? undefined : innerResource(instance);
  return inner === undefined ? newestWithTask(instance, task, node) : newestWithTask(inner, task);
}

const INNER_TASKS: ReadonlySet<string> = new Set(['promote', 'promoted', 'demote', 'demoted']);

function thenInstanceAction(then: Action, instance: Resource, node: Node | undefined): Action | undefined {
  const inner = INNER_TASKS.has(then.task) ? innerResource(instance) : undefined;
  return inner === undefined ? newestWithTask(instance, then.task, node) : newestWithTask(inner, then.task);
}
