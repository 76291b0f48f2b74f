// SPDX-License-Identifier: GPL-2.0-or-later
/** Why an action is taken, in the words of the action summary. */
import type { Action } from '../model/index.ts';

/** The first reason stays. */
export function setReason(action: Action, reason: string): void {
  action.reason ??= reason;
}
