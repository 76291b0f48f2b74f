// SPDX-License-Identifier: GPL-2.0-or-later
/** Actions on Pacemaker Remote nodes happen while the connection to the node is up. */
import { OrderKind, Role, type Action, type Node, type Primitive, type Resource, type Scheduler } from '../model/index.ts';
import { requestFencing } from './fence.ts';
import { actionSide, addOrdering, side } from './ordering.ts';
import { connectionState } from './connection-state.ts';

const { order, block, implyThen, implyFirst, guestOk, none } = OrderKind;
const CAUSE = 'connection';

/** Newest action first. */
export function orderRemoteActions(scheduler: Scheduler): void {
  if (!scheduler.hasRemoteNodes) return;
  for (let i = scheduler.actions.length - 1; i >= 0; i--) {
    const action = scheduler.actions[i]!;
    if (action.resource !== undefined) orderRemoteAction(scheduler, action, action.resource);
  }
}

function orderRemoteAction(scheduler: Scheduler, action: Action, resource: Resource): void {
  if (resource.isRemoteConnection && action.task === 'clear_failcount') {
    addOrdering(scheduler, actionSide(action), side(resource, 'start'), order, CAUSE);
    return;
  }
  const { node } = action;
  const connection = node?.connection;
  if (node === undefined || !node.isRemoteNode || action.isPseudo || connection === undefined) return;
  if (action.task === 'start') keepUntilConnected(scheduler, resource, node, connection);
  if (connection.launcher !== undefined) orderOnGuest(scheduler, action, connection, connection.launcher);
  else orderOnRemote(scheduler, action, node, connection);
}

/** A resource that moves to the node is stopped elsewhere only once the connection has been started. */
function keepUntilConnected(scheduler: Scheduler, resource: Resource, node: Node, connection: Primitive): void {
  const stops = resource.actions.withTask('stop');
  for (let i = stops.length - 1; i >= 0; i--) {
    if (stops[i]!.node !== node) addOrdering(scheduler, side(connection, 'start'), actionSide(stops[i]!), order, CAUSE);
  }
}

function afterStart(scheduler: Scheduler, first: Resource, action: Action, kinds: number): void {
  addOrdering(scheduler, side(first, 'start'), actionSide(action), guestOk | block | kinds, CAUSE);
}

function beforeStop(scheduler: Scheduler, action: Action, connection: Resource, kinds: number): void {
  addOrdering(scheduler, actionSide(action), side(connection, 'stop'), guestOk | kinds, CAUSE);
}

function hasInterval(action: Action): boolean {
  return Number(action.meta.get('interval') ?? '0') > 0;
}

const KNOWN_TASKS: ReadonlySet<string> = new Set(
  'monitor stop stopped start running notify notified promote promoted demote demoted do_shutdown stonith'.split(' '),
);

function orderOnGuest(scheduler: Scheduler, action: Action, connection: Primitive, launcher: Resource): void {
  switch (action.task) {
    case 'start':
    case 'promote':
      afterStart(scheduler, launcher, action, implyThen);
      return afterStart(scheduler, connection, action, none);
    case 'stop':
    case 'demote':
    case 'migrate_to':
    case 'migrate_from':
      // When the launcher fails, its recovery implies that everything inside is stopped.
      if (!launcher.isFailed) beforeStop(scheduler, action, connection, none);
      return;
    default:
      if (!hasInterval(action)) return afterStart(scheduler, connection, action, none);
      // A cancellation has an interval, too, but needs nobody to be started.
      if (KNOWN_TASKS.has(action.task)) afterStart(scheduler, connection, action, implyThen);
  }
}

function orderOnRemote(scheduler: Scheduler, action: Action, node: Node, connection: Primitive): void {
  const state = connectionState(node, connection);
  switch (action.task) {
    case 'start':
    case 'promote':
      return afterStart(scheduler, connection, action, state === 'failed' ? implyThen : none);
    case 'stop':
    case 'migrate_to':
    case 'migrate_from':
      if (state === 'alive') return beforeStop(scheduler, action, connection, implyFirst);
      if (state === 'failed') return requestFencing(scheduler, node, 'resources are active but connection is unrecoverable', false);
      if (connection.nextRole === Role.stopped) return beforeStop(scheduler, action, connection, implyFirst);
      return afterStart(scheduler, connection, action, none);
    case 'demote':
      if (state === 'resting' || state === 'unknown') afterStart(scheduler, connection, action, none);
      return;
    default:
      if (hasInterval(action) && action.task !== 'cancel') return afterStart(scheduler, connection, action, implyThen);
      if (action.task === 'monitor' && state === 'failed') {
        requestFencing(scheduler, node, 'resources are in unknown state and connection is unrecoverable', false);
      }
      if (connection.runningOn.length > 0 && state === 'stopped') return beforeStop(scheduler, action, connection, block);
      return afterStart(scheduler, connection, action, none);
  }
}
