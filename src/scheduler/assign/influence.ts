// SPDX-License-Identifier: GPL-2.0-or-later
/** Whether a dependent's wishes may move the primary. */
import type { Colocation, Resource } from '../model/index.ts';

export function hasInfluence(colocation: Colocation, primary: Resource = colocation.primary): boolean {
  // A connection is cheap to move and a healthy container is not, so the connection's wishes do not count for it.
  if (colocation.dependent.allowsRemoteRemotes && !primary.isFailed && primary.runningOn.length === 1) return false;
  return colocation.hasInfluence || primary.runningOn.length === 0;
}
