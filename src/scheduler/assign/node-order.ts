// SPDX-License-Identifier: GPL-2.0-or-later
/** Which node is better for a resource. */
import { INFINITY } from '../../cib/index.ts';
import { sortList, type Node, type NodeTable, type Scheduler } from '../model/index.ts';
import { compareCapacities } from './capacity.ts';

/** Nodes of a table, best first; among equals the node the resource is on goes first. */
export function sortedNodes(scheduler: Scheduler, table: NodeTable, active?: Node): Node[] {
  // Only capacities make an order in which it matters where the sort begins: at the end of the hash table.
  const isPartial = scheduler.options.placementStrategy === 'balanced';
  const nodes = isPartial ? table.hashOrder().toReversed() : table.nodes();
  return sortNodes(scheduler, nodes, (node) => table.score(node), active);
}

export function sortNodes(scheduler: Scheduler, nodes: readonly Node[], scoreOf: (node: Node) => number, active?: Node): Node[] {
  const strategy = scheduler.options.placementStrategy;
  return sortList(nodes, (a, b) => {
    const scores = effective(b, scoreOf(b)) - effective(a, scoreOf(a));
    if (scores !== 0) return scores;
    if (strategy !== 'minimal') {
      const capacity = strategy === 'balanced' ? compareCapacities(a, b) : 0;
      if (capacity !== 0) return capacity;
      if (a.assignedCount !== b.assignedCount) return a.assignedCount - b.assignedCount;
      if (a === active || b === active) return a === b ? 0 : a === active ? -1 : 1;
    }
    return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
  });
}

function effective(node: Node, score: number): number {
  return node.isAvailable ? score : -INFINITY;
}
