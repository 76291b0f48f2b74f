// SPDX-License-Identifier: GPL-2.0-or-later
/** The wishes of dependents, taken into account while their primary is placed. */
import type { Colocation, Resource, Scheduler } from '../model/index.ts';
import { noteChanges } from '../scores/note-scores.ts';
import { colocationFactor, withColocatedScores } from './colocated-scores.ts';
import { hasInfluence } from './influence.ts';

export function addDependentScores(scheduler: Scheduler, target: Resource, colocation: Colocation): void {
  if (!hasInfluence(colocation)) return;
  const mode = { active: true, nonNegative: target.kind === 'clone', thisWith: false };
  const request = { source: colocation.dependent, target, colocation, factor: colocationFactor(colocation), mode };
  target.allowedNodes = withColocatedScores(scheduler, target.allowedNodes, request) ?? target.allowedNodes;
  noteChanges(scheduler, target, colocation.id);
}
