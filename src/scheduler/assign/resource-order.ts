// SPDX-License-Identifier: GPL-2.0-or-later
/** The order of placement when capacity matters: what is wanted most somewhere goes first. */
import { INFINITY } from '../../cib/index.ts';
import { currentNode, sortList, type NodeTable, type Resource, type Scheduler } from '../model/index.ts';
import { setResourceOrder } from '../unpack/resources/index.ts';
import { withColocatedScores } from './colocated-scores.ts';
import { sortNodes } from './node-order.ts';

export function sortResources(scheduler: Scheduler): void {
  if (scheduler.options.placementStrategy === 'default') return;
  const nodes = sortNodes(scheduler, scheduler.nodes, (node) => node.score);
  const tables = new Map(scheduler.resources.map((resource) => [resource, wishes(scheduler, resource)] as const));
  const compare = (a: Resource, b: Resource): number => {
    if (a.priority !== b.priority) return b.priority - a.priority;
    const [tableA, tableB] = [tables.get(a)!, tables.get(b)!];
    const current = currentScore(b, tableB) - currentScore(a, tableA);
    if (current !== 0) return current;
    for (const node of nodes) {
      const [left, right] = [Math.max(-INFINITY, tableA.score(node)), Math.max(-INFINITY, tableB.score(node))];
      if (left !== right) return right - left;
    }
    return 0;
  };
  setResourceOrder(scheduler, sortList(scheduler.resources, compare));
}

/** The resource's scores with those of what it has to be with. */
function wishes(scheduler: Scheduler, resource: Resource): NodeTable {
  const mode = { active: false, nonNegative: false, thisWith: true };
  const request = { source: resource, target: undefined, colocation: undefined, factor: 1, mode };
  return withColocatedScores(scheduler, undefined, request) ?? resource.allowedNodes;
}

function currentScore(resource: Resource, table: NodeTable): number {
  const node = currentNode(resource);
  return node === undefined ? -INFINITY : Math.max(-INFINITY, table.score(node));
}
