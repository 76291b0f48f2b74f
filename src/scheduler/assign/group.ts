// SPDX-License-Identifier: GPL-2.0-or-later
/** Assigning a group: its members in order. */
import type { Group, Node, Scheduler } from '../model/index.ts';
import { assign } from './assign.ts';
import { reportScores } from './score-lines.ts';

export function assignGroup(scheduler: Scheduler, group: Group, prefer: Node | undefined, stopIfFails: boolean): Node | undefined {
  if (group.isAssigned) return group.assignedNode;
  if (group.isAssigning) return undefined;
  const first = group.children[0];
  if (first === undefined) {
    group.isAssigned = true;
    return undefined;
  }
  group.isAssigning = true;
  group.role = first.role;
  reportScores(scheduler, group, 'pcmk__group_assign');
  let place: Node | undefined;
  for (const member of group.children) {
    const node = assign(scheduler, member, prefer, stopIfFails);
    place ??= node;
  }
  group.nextRole = first.nextRole;
  group.isAssigning = false;
  group.isAssigned = true;
  return group.isColocated ? place : undefined;
}
