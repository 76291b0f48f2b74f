// SPDX-License-Identifier: GPL-2.0-or-later
/** Distributing the instances of a clone, or the containers of a bundle, over the nodes. */
import { INFINITY } from '../../cib/index.ts';
import { currentNode, withDescendants, type Clone, type Bundle, type Node, type NodeTable, type Resource, type Scheduler } from '../model/index.ts';
import { banEverywhere } from '../scores/add-score.ts';
import { noteChanges } from '../scores/note-scores.ts';
import { assign } from './assign.ts';
import { unassign } from './assign-node.ts';
import { isUsable } from './availability.ts';

/** First those that can stay where they are, then the rest. */
export function distribute(scheduler: Scheduler, collective: Clone | Bundle, instances: readonly Resource[], total: number, perNode: number): void {
  const table = collective.allowedNodes;
  table.resetCounts();
  const available = table.nodes().filter((node) => node.isAvailable).length;
  const optimum = Math.max(1, available === 0 ? 0 : Math.floor(total / available));
  let assigned = 0;
  for (const instance of instances) {
    if (assigned >= total) break;
    const node = instance.isAssigned ? undefined : preferredNode(collective, instance, optimum);
    if (node !== undefined && assignEarly(scheduler, collective, instance, node, { perNode, available: total - assigned })) assigned++;
  }
  for (const instance of instances) {
    if (instance.isAssigned) continue;
    if (assigned >= total) banEverywhere(scheduler, instance, `limit of ${collective.id}`);
    else if (assignInstance(scheduler, collective, instance, undefined, perNode) !== undefined) assigned++;
  }
}

/** The current node of a healthy instance, if it may have more instances. */
function preferredNode(collective: Clone | Bundle, instance: Resource, optimum: number): Node | undefined {
  const isHealthy = instance.runningOn.length > 0 && !instance.isFailed;
  const node = isHealthy ? currentNode(instance) : undefined;
  if (node === undefined || !isUsable(node, node.score)) return undefined;
  return collective.allowedNodes.has(node) && collective.allowedNodes.count(node) >= optimum ? undefined : node;
}

interface Limits {
  readonly perNode: number;
  /** Instances that may still be assigned. */
  readonly available: number;
}

/**
 * Tries to keep an instance on its node. If another node would be chosen, that node is counted as taken, and the
 * instance tries again: so each node gets as many instances as it deserves, preferably those it has.
 */
function assignEarly(scheduler: Scheduler, collective: Clone | Bundle, instance: Resource, current: Node, limits: Limits): boolean {
  if (!isUsable(current, instance.allowedNodes.has(current) ? instance.allowedNodes.score(current) : -INFINITY)) return false;
  const parent: Resource = collective;
  const original = parent.allowedNodes;
  const backup = backUp(instance);
  parent.allowedNodes = original.copy();
  let chosen: Node | undefined;
  for (let reserved = 0; reserved < limits.available; reserved++) {
    chosen = assignInstance(scheduler, collective, instance, current, limits.perNode);
    if (chosen === current) break;
    restore(scheduler, backup);
    if (chosen === undefined) {
      // Members of a cloned group that got no node are not asked again, as in the reference.
      instance.isAssigned = false;
      break;
    }
    unassign(instance);
  }
  parent.allowedNodes = original;
  if (chosen !== current) return false;
  original.setCount(current, original.count(current) + 1);
  return true;
}

type Backup = readonly (readonly [Resource, NodeTable])[];

function backUp(instance: Resource): Backup {
  return [...withDescendants(instance)].map((part) => [part, part.allowedNodes.copy()] as const);
}

function restore(scheduler: Scheduler, backup: Backup): void {
  for (const [part, table] of backup) {
    part.allowedNodes = table.copy();
    noteChanges(scheduler, part, 'attempt undone');
  }
}

/** Assigns one instance; with a preference the attempt can be undone. */
function assignInstance(scheduler: Scheduler, collective: Clone | Bundle, instance: Resource, prefer: Node | undefined, perNode: number): Node | undefined {
  banUnusableNodes(scheduler, collective, instance, perNode);
  const chosen = assign(scheduler, instance, prefer, prefer === undefined);
  if (chosen !== undefined) collective.allowedNodes.setCount(chosen, collective.allowedNodes.count(chosen) + 1);
  return chosen;
}

function banUnusableNodes(scheduler: Scheduler, collective: Clone | Bundle, instance: Resource, perNode: number): void {
  for (const node of instance.allowedNodes.nodes()) {
    if (canRunInstance(collective, instance, node, perNode)) continue;
    instance.allowedNodes.setScore(node, -INFINITY);
    for (const child of instance.children) child.allowedNodes.setScore(node, -INFINITY);
  }
  const cause = `limit of ${collective.id}`;
  noteChanges(scheduler, instance, cause);
  for (const child of instance.children) noteChanges(scheduler, child, cause);
}

function canRunInstance(collective: Clone | Bundle, instance: Resource, node: Node, perNode: number): boolean {
  if (instance.isRemoved || !node.isAvailable) return false;
  const table = collective.allowedNodes;
  return table.has(node) && table.score(node) >= 0 && table.count(node) < perNode;
}
