// SPDX-License-Identifier: GPL-2.0-or-later
/** Comparisons that had to wait for the assignment, because a connection's address is its container's host. */
import type { Scheduler } from '../../model/index.ts';
import { readEntry } from '../../unpack/status/history-entry.ts';
import { checkActive, checkLastFailure } from './changes.ts';

/** Last noted first. */
export function runDeferredChecks(scheduler: Scheduler): void {
  for (const { resource, node, entry, purpose } of scheduler.deferredChecks) {
    if (purpose === 'active') checkActive(scheduler, resource, node, readEntry(entry));
    else checkLastFailure(scheduler, resource, node, readEntry(entry));
  }
}
