// SPDX-License-Identifier: GPL-2.0-or-later
/** Actions of a group: its members', and the points at which the group as a whole begins and ends something. */
import { isTrue } from '../../../cib/index.ts';
import type { Group, Scheduler } from '../../model/index.ts';
import { createResourceActions } from './create.ts';
import { requestPoint } from './point.ts';

const TASKS = ['start', 'running', 'stop', 'stopped'];
const ROLE_TASKS = ['demote', 'demoted', 'promote', 'promoted'];

export function createGroupActions(scheduler: Scheduler, group: Group): void {
  for (const member of group.children) createResourceActions(scheduler, member);
  const tasks = isTrue(group.meta.get('promotable')) ? [...TASKS, ...ROLE_TASKS] : TASKS;
  for (const task of tasks) requestPoint(scheduler, group, task, true, true);
}
