// SPDX-License-Identifier: GPL-2.0-or-later
/** Adding to the scores a resource has for nodes. */
import { INFINITY } from '../../cib/index.ts';
import type { Node, Resource, Scheduler } from '../model/index.ts';
import { noteScore } from './note-scores.ts';

/** Adds a score for a node to a resource and all below it; a node missing from a table is taken in. */
export function addScore(scheduler: Scheduler, resource: Resource, node: Node, score: number, cause: string): void {
  for (const child of resource.children) addScore(scheduler, child, node, score, cause);
  resource.allowedNodes.add(node, score);
  noteScore(scheduler, resource, node, score, cause);
}

export function ban(scheduler: Scheduler, resource: Resource, node: Node, cause: string): void {
  addScore(scheduler, resource, node, -INFINITY, cause);
}

/** Bans a resource from every node of the cluster; a node it had been assigned is forgotten. */
export function banEverywhere(scheduler: Scheduler, resource: Resource, cause: string): void {
  for (const node of scheduler.nodes) ban(scheduler, resource, node, cause);
  resource.assignedNode = undefined;
}
