// SPDX-License-Identifier: GPL-2.0-or-later
/** What can be expected of the connection to a remote node in this transition. */
import { currentNode, Role, type Node, type Primitive } from '../model/index.ts';

/**
 * `resting`: up again only after it has been started elsewhere; `failed`: cannot be recovered; `stopped`: goes down cleanly;
 * `unknown`: will be known once it has been tried.
 */
export type ConnectionState = 'unknown' | 'alive' | 'resting' | 'failed' | 'stopped';

export function connectionState(node: Node, connection: Primitive): ConnectionState {
  const host = currentNode(connection);
  if (connection.nextRole === Role.stopped || connection.assignedNode === undefined) {
    if (host?.isUnclean === true) return 'failed';
    if (!connection.isFailed) return 'stopped';
    const mayReconnect = connection.nextRole === Role.stopped && connection.reconnectMs > 0 && node.wasFenced && !isShutdownRequested(node);
    return mayReconnect ? 'unknown' : 'failed';
  }
  if (host === undefined) return 'unknown';
  if (host.isUnclean || !host.isOnline) return 'resting';
  const isMigrating = connection.partialMigrationSource !== undefined && connection.partialMigrationTarget !== undefined;
  return connection.runningOn.length > 1 && isMigrating ? 'resting' : 'alive';
}

function isShutdownRequested(node: Node): boolean {
  const shutdown = node.attributes.get('shutdown');
  return shutdown !== undefined && shutdown !== '0';
}
