// SPDX-License-Identifier: GPL-2.0-or-later
/** Whether nodes can take a resource. */
import type { Node, NodeTable } from '../model/index.ts';

/** Whether a node can be used and the table does not forbid it. */
export function isUsable(node: Node, score: number): boolean {
  return score >= 0 && node.isAvailable;
}

/** A guest can be used only if its container is going to run somewhere. */
export function isReachable(node: Node): boolean {
  return node.isAvailable && (!node.isGuest || node.connection?.launcher?.assignedNode !== undefined);
}

export function hasUsableNode(table: NodeTable): boolean {
  for (const node of table.nodes()) if (isUsable(node, table.score(node))) return true;
  return false;
}
