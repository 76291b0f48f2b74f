// SPDX-License-Identifier: GPL-2.0-or-later
/** One round of clone notifications: the points in the order between which the instances are told. */
import type { Action } from './action.ts';

export type NotifiedTask = 'start' | 'stop' | 'promote' | 'demote';

export interface NotificationRound {
  readonly task: NotifiedTask;
  readonly pre: Action | undefined;
  readonly preDone: Action | undefined;
  readonly post: Action;
  readonly postDone: Action;
}
