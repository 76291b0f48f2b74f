// SPDX-License-Identifier: GPL-2.0-or-later
/** What one kind of relation does to the marks of two actions, through the type of the resource it is asked for. */
import { ActionFlag, type Action, type Node, type Resource, type Scheduler } from '../../model/index.ts';
import { newestWithTask } from '../find.ts';
import { instancesOf } from '../parts.ts';
import { actionFlags } from './flags.ts';
import { applyInterleaved, isInterleaved } from './interleave.ts';
import { applyPlainRules } from './plain.ts';
import { updateSuccessors } from './update.ts';

/** Which of two actions a rule changed; combinable bits. */
export const Changed = { none: 0, first: 1, then: 2 } as const;

/** What stays the same while a rule descends into the parts of a collective. */
export interface RuleCall {
  readonly scheduler: Scheduler;
  readonly first: Action;
  /** Marks of the first action as seen by the ordering. */
  readonly firstFlags: number;
  /** The node on which parts are looked for. */
  readonly scope: Node | undefined;
}

/** Applies one kind by the type of `resource`, which is that of the later action for all kinds but `implyFirst`. */
export function applyRules(rule: RuleCall, resource: Resource, then: Action, kind: number): number {
  switch (resource.kind) {
    case 'primitive':
      return applyPlainRules(rule, then, kind);
    case 'group':
      return applyPlainRules(rule, then, kind) | applyToMembers(rule, then, kind);
    case 'clone':
    case 'bundle':
      if (then.resource === undefined) return 0;
      if (isInterleaved(rule.first, then)) return applyInterleaved(rule, then, kind);
      return applyPlainRules(rule, then, kind) | applyToInstances(rule, then, kind);
  }
}

/** Primitives have no such actions, so that looking for them in each would be in vain. */
const COMPLETED: ReadonlySet<string> = new Set(['running', 'stopped', 'promoted', 'demoted']);

function applyToMembers(rule: RuleCall, then: Action, kind: number): number {
  let changed = 0;
  if (COMPLETED.has(then.task) && then.resource?.kind === 'group') return changed;
  for (const member of then.resource?.children ?? []) {
    const memberAction = newestWithTask(member, then.task, rule.scope);
    if (memberAction !== undefined) changed |= applyRules(rule, member, memberAction, kind);
  }
  return changed;
}

function applyToInstances(rule: RuleCall, then: Action, kind: number): number {
  let changed = 0;
  const instances = instancesOf(then.resource!);
  if (COMPLETED.has(then.task) && instances[0]?.kind === 'primitive') return changed;
  for (const instance of instances) {
    const instanceAction = newestWithTask(instance, then.task, rule.scope);
    if (instanceAction === undefined || (actionFlags(instanceAction, rule.scope) & ActionFlag.runnable) === 0) continue;
    const instanceChanged = applyRules(rule, instance, instanceAction, kind);
    if ((instanceChanged & Changed.then) !== 0) updateSuccessors(rule.scheduler, instanceAction);
    changed |= instanceChanged;
  }
  return changed;
}

