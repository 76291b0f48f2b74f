// SPDX-License-Identifier: GPL-2.0-or-later
/** Assigning a clone: scores are gathered, instances sorted and distributed, roles chosen. */
import type { Clone, Node, Scheduler } from '../model/index.ts';
import { assign } from './assign.ts';
import { thisWithColocations, withThisColocations } from './colocation-lists.ts';
import { addDependentScores } from './dependent-scores.ts';
import { distribute } from './distribute.ts';
import { sortInstances } from './instance-order.ts';
import { addPromotionScores } from './promotion-scores.ts';
import { chooseRoles } from './promotion.ts';
import { reportScores } from './score-lines.ts';

export function assignClone(scheduler: Scheduler, clone: Clone, prefer: Node | undefined, stopIfFails: boolean): void {
  if (clone.isAssigned || clone.isAssigning) return;
  clone.isAssigning = true;
  if (clone.isPromotable) addPromotionScores(scheduler, clone);
  for (const { primary } of thisWithColocations(clone)) assign(scheduler, primary, prefer, stopIfFails);
  for (const colocation of withThisColocations(clone)) addDependentScores(scheduler, clone, colocation);
  reportScores(scheduler, clone, 'pcmk__clone_assign');
  sortInstances(scheduler, clone.children);
  distribute(scheduler, clone, clone.children, clone.cloneMax, clone.cloneNodeMax);
  if (clone.isPromotable) chooseRoles(scheduler, clone);
  clone.isAssigned = true;
  clone.isAssigning = false;
}
