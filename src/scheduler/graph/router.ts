// SPDX-License-Identifier: GPL-2.0-or-later
/** The cluster node through which an action on a Pacemaker Remote node is executed. */
import { currentNode, type Action, type Node } from '../model/index.ts';

const BEFORE_MOVE: ReadonlySet<string> = new Set(['cancel', 'stop', 'demote', 'migrate_from', 'migrate_to']);

export function routerOf(action: Action): Node | undefined {
  const connection = action.node?.isRemoteNode === true && action.task !== 'stonith' ? action.node.connection : undefined;
  if (connection === undefined) return undefined;
  const began = currentNode(connection);
  const ended = connection.assignedNode;
  if (began === undefined || ended === undefined || began === ended) return began ?? ended;
  // The connection moves in this transition: some actions go through its old host, others through its new one.
  const task = action.task === 'notify' ? (action.meta.get('notify_operation') ?? '') : action.task;
  const continuesMigration = connection.launcher === undefined && connection.partialMigrationTarget !== undefined;
  return BEFORE_MOVE.has(task) && !continuesMigration ? began : ended;
}
