// SPDX-License-Identifier: GPL-2.0-or-later
/** Fail counts of resources that are not configured any more are cleared before the resources are stopped. */
import { OrderKind, type Scheduler } from '../model/index.ts';
import { clearFailCount } from '../unpack/status/expiry.ts';
import { failCount } from '../unpack/status/fail-count.ts';
import { actionSide, addOrdering, side } from './ordering.ts';

export function clearFailCountsOfRemoved(scheduler: Scheduler): void {
  if (!scheduler.options.stopRemovedResources) return;
  for (const resource of scheduler.resources) {
    if (!resource.isRemoved) continue;
    for (const node of scheduler.nodes) {
      if (!node.isOnline || failCount(scheduler, resource, node, { effective: true }).count === 0) continue;
      const clear = clearFailCount(scheduler, resource, node, 'it is orphaned');
      addOrdering(scheduler, actionSide(clear), side(resource, 'stop'), OrderKind.order, 'removed');
    }
  }
}
