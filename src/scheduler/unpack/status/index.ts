// SPDX-License-Identifier: GPL-2.0-or-later
/** The `status` section: node states first, then the histories in the order in which they can be understood. */
import type { XmlElement } from '../../../cib/index.ts';
import { currentNode, Role, type Node, type Scheduler } from '../../model/index.ts';
import { requestAction } from '../../order/request.ts';
import { unpackNodeHistory } from './node-history.ts';
import { nodeOfState, unpackNodeState } from './node-state.ts';
import { determineRemoteOnline, takeRemoteState } from './remote-online.ts';
import { unpackTicketStates } from './tickets.ts';

export function unpackStatus(scheduler: Scheduler): void {
  const status = scheduler.cib.first('status');
  for (const child of status?.elements() ?? []) {
    if (child.name === 'tickets') unpackTicketStates(scheduler, child);
    else if (child.name === 'node_state') unpackNodeState(scheduler, child);
  }
  const states = status?.elements('node_state') ?? [];
  // A guest's history means something only once its connection is known to be up, so passes go on while one helps.
  while (unpackHistories(scheduler, states, false));
  unpackHistories(scheduler, states, scheduler.options.isFencingEnabled);
  stopFailedContainers(scheduler);
  for (const node of scheduler.nodes) settleRemoteNode(node);
}

/** One pass over all states; whether any history was taken. */
function unpackHistories(scheduler: Scheduler, states: readonly XmlElement[], takeAll: boolean): boolean {
  let progress = false;
  for (const state of states) {
    const node = nodeOfState(scheduler, state);
    if (node === undefined || node.isHistoryUnpacked) continue;
    if (!takeAll && !isReadable(scheduler, node)) continue;
    if (node.isRemoteNode) {
      determineRemoteOnline(node);
      takeRemoteState(scheduler, node, state);
    }
    node.isHistoryUnpacked = true;
    unpackNodeHistory(scheduler, node, state);
    progress = true;
  }
  return progress;
}

function isReadable(scheduler: Scheduler, node: Node): boolean {
  const { isFencingEnabled, hasShutdownLock } = scheduler.options;
  if (node.isGuest) return node.connection?.role === Role.started && node.connection.launcher?.role === Role.started;
  if (node.isRemoteNode) return node.connection !== undefined && (hasShutdownLock || node.connection.role === Role.started);
  return isFencingEnabled || hasShutdownLock || node.isOnline;
}

/** Containers whose connection failed are stopped where they are. */
function stopFailedContainers(scheduler: Scheduler): void {
  for (const container of scheduler.containersToStop) {
    const node = currentNode(container);
    if (node !== undefined) requestAction(scheduler, { resource: container, task: 'stop', node, isOptional: false, cause: 'on-fail=restart-container' });
  }
}

function settleRemoteNode(node: Node): void {
  const connection = node.connection;
  if (!node.isRemoteNode) return;
  if (node.isShuttingDown && connection !== undefined) connection.nextRole = Role.stopped;
  if (!node.isHistoryUnpacked) determineRemoteOnline(node);
}
