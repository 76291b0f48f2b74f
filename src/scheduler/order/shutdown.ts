// SPDX-License-Identifier: GPL-2.0-or-later
/** Shutting a node down once what runs on it has been stopped. */
import { ActionFlag, OrderKind, type Action, type Node, type Scheduler } from '../model/index.ts';
import { actionSide, addOrdering } from './ordering.ts';
import { requestSingleton } from './request.ts';

export function scheduleShutdown(scheduler: Scheduler, node: Node): Action {
  const shutdown = requestSingleton(scheduler, `do_shutdown-${node.name}`, 'do_shutdown', node, false, 'shutdown');
  if (!node.isInMaintenance) orderStopsBefore(scheduler, shutdown, node);
  shutdown.meta.set('op_no_wait', 'true');
  return shutdown;
}

/** Newest stop first. What is unmanaged without being blocked stays as it is, so that it does not block the shutdown. */
function orderStopsBefore(scheduler: Scheduler, shutdown: Action, node: Node): void {
  for (const stop of stopsOn(scheduler, node)) {
    const resource = stop.resource!;
    if (resource.isInMaintenance || (!resource.isManaged && !resource.isBlocked)) continue;
    stop.clear(ActionFlag.optional);
    addOrdering(scheduler, actionSide(stop), actionSide(shutdown), OrderKind.order | OrderKind.block, 'shutdown');
  }
}

function stopsOn(scheduler: Scheduler, node: Node): Action[] {
  const stops: Action[] = [];
  for (let i = scheduler.actions.length - 1; i >= 0; i--) {
    const action = scheduler.actions[i]!;
    if (action.node === node && action.task === 'stop' && action.resource !== undefined) stops.push(action);
  }
  return stops;
}
