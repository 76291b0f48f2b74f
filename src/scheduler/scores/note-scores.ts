// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The record of scores. Each note tells what was added to a score and what it came to, so that the notes of a resource on a node,
 * taken in order, add up to its last score. What is tried and undone is noted both times.
 */
import { addScores, INFINITY } from '../../cib/index.ts';
import type { Node, Recorder, Resource, Scheduler } from '../model/index.ts';

/** Score that the notes on a resource have come to, by node. */
const totals = new WeakMap<Resource, Map<Node, number>>();

/** Notes something that was added to the score for a node, also when it changed nothing, as for a node that is banned. */
export function noteScore(scheduler: Scheduler, resource: Resource, node: Node, score: number, cause: string): void {
  const { recorder } = scheduler;
  if (recorder === undefined) return;
  const { known, total, before } = compare(resource, node);
  if (addScores(before, score) !== total) {
    noteChange(recorder, resource, node, cause);
    return;
  }
  if (score === 0) return;
  known.set(node, total);
  recorder.note({ kind: 'score', resource: resource.id, node: node.name, score, total, isReplaced: false, cause });
}

/** Notes how all scores of a resource differ from what has been noted of them. */
export function noteChanges(scheduler: Scheduler, resource: Resource, cause: string): void {
  const { recorder } = scheduler;
  if (recorder === undefined) return;
  for (const node of resource.allowedNodes.nodes()) noteChange(recorder, resource, node, cause);
}

function noteChange(recorder: Recorder, resource: Resource, node: Node, cause: string): void {
  const { known, total, before } = compare(resource, node);
  if (total === before) return;
  known.set(node, total);
  const added = Math.abs(total) >= INFINITY ? total : total - before;
  const isReplaced = addScores(before, added) !== total;
  recorder.note({ kind: 'score', resource: resource.id, node: node.name, score: isReplaced ? total : added, total, isReplaced, cause });
}

function compare(resource: Resource, node: Node): { readonly known: Map<Node, number>; readonly total: number; readonly before: number } {
  let known = totals.get(resource);
  if (known === undefined) totals.set(resource, (known = new Map()));
  return { known, total: resource.allowedNodes.score(node), before: known.get(node) ?? 0 };
}
