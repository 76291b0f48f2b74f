// SPDX-License-Identifier: GPL-2.0-or-later
/** The best node for a primitive whose scores are settled. */
import { currentNode, type Node, type Primitive, type Scheduler } from '../model/index.ts';
import { assignNode } from './assign-node.ts';
import { isUsable } from './availability.ts';
import { sortedNodes } from './node-order.ts';
import { banInsufficientCapacity } from './utilization.ts';

export function assignBestNode(scheduler: Scheduler, resource: Primitive, prefer: Node | undefined, stopIfFails: boolean): void {
  const mostCapable = banInsufficientCapacity(scheduler, resource);
  const nodes = sortedNodes(scheduler, resource.allowedNodes, currentNode(resource));
  const best = nodes[0];
  const preferred = prefer ?? mostCapable;
  const chosen = best === undefined ? undefined : isGoodEnough(resource, preferred, best) ? preferred : stay(resource, nodes);
  assignNode(scheduler, resource, chosen, false, stopIfFails);
}

/** A preferred node wins unless the best one has a higher score. */
function isGoodEnough({ allowedNodes }: Primitive, preferred: Node | undefined, best: Node): boolean {
  if (preferred === undefined || !allowedNodes.has(preferred)) return false;
  const score = allowedNodes.score(preferred);
  return score >= allowedNodes.score(best) && isUsable(preferred, score);
}

/** Among equally good nodes the one the resource is on. Unique instances have had their chance to stay. */
function stay(resource: Primitive, nodes: readonly Node[]): Node {
  const best = nodes[0]!;
  const { allowedNodes, parent } = resource;
  const score = allowedNodes.score(best);
  const isUniqueInstance = parent?.kind === 'clone' && parent.isUnique;
  if (isUniqueInstance || score <= 0 || !best.isAvailable) return best;
  const current = currentNode(resource);
  if (current === undefined || !isUsable(current, current.score)) return best;
  for (const node of nodes) {
    if (allowedNodes.score(node) !== score) break;
    if (node === current) return node;
  }
  return best;
}
