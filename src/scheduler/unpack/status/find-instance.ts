// SPDX-License-Identifier: GPL-2.0-or-later
/** Which resource a history entry belongs to: by name, and for interchangeable instances by where they are active. */
import { isAnonymousClone, leaves, topResource, withoutInstance, type Clone, type Node, type Primitive, type Resource, type Scheduler } from '../../model/index.ts';
import { addInstance, findResource, setHistoryName } from '../resources/index.ts';

/** The primitive an entry of that name on that node is about. */
export function findForHistory(scheduler: Scheduler, node: Node, name: string): Primitive | undefined {
  const found = findResource(scheduler, name) ?? findFirstInstance(scheduler, name);
  if (found?.kind !== 'primitive') return undefined;
  const top = topResource(found);
  const resource = top.kind === 'clone' && isAnonymousClone(top) ? findInstance(scheduler, top, node, withoutInstance(name)) : found;
  if (resource !== undefined && resource.id !== name && resource.historyName !== name) setHistoryName(scheduler, resource, name);
  return resource;
}

/** A clone always has an instance 0, by which its entries are recognised even when there should be none. */
function findFirstInstance(scheduler: Scheduler, name: string): Resource | undefined {
  const first = findResource(scheduler, `${withoutInstance(name)}:0`);
  return first !== undefined && !first.isUnique ? first : undefined;
}

function findInstance(scheduler: Scheduler, clone: Clone, node: Node, name: string): Primitive | undefined {
  const { parent } = clone;
  if (parent?.kind === 'bundle') return parent.replicas.find((replica) => replica.node === node)?.inner;
  const known = chooseInstance(scheduler, clone, node, name);
  return known ?? createSurplus(scheduler, clone, name);
}

function chooseInstance(scheduler: Scheduler, clone: Clone, node: Node, name: string): Primitive | undefined {
  let inactive: Primitive | undefined;
  let skipInactive = false;
  let chosen: Primitive | undefined;
  for (const instance of clone.children) {
    const first = firstLocation(instance);
    if (first === undefined) {
      if (skipInactive || inactive !== undefined || isBlocked(instance)) continue;
      const candidate = partNamed(instance, name);
      if (candidate?.pendingNode === undefined || candidate.pendingNode === node) inactive = candidate;
      continue;
    }
    if (first !== node) continue;
    const part = partNamed(instance, name);
    if (part === undefined) continue;
    if (part.runningOn.length === 0) {
      chosen = part;
      break;
    }
    // A second entry for the same clone on this node can only be surplus.
    skipInactive = true;
  }
  chosen ??= skipInactive ? undefined : inactive;
  return chosen !== undefined && isWasted(scheduler, clone, node, chosen) ? undefined : chosen;
}

/** Numbers are scarce: a node that is gone, and need not be fenced for this resource, shall not use one up. */
function isWasted(scheduler: Scheduler, clone: Clone, node: Node, chosen: Primitive): boolean {
  if (chosen.needsFencing || (node.isOnline && !node.isUnclean) || node.isGuest) return false;
  return clone.children.length !== scheduler.nodes.length;
}

/** First node any part of an instance is active or pending on. */
function firstLocation(instance: Resource): Node | undefined {
  for (const leaf of leaves(instance)) {
    const node = leaf.runningOn[0] ?? leaf.pendingNode;
    if (node !== undefined) return node;
  }
  return undefined;
}

export function isBlocked(resource: Resource): boolean {
  return resource.isBlocked || resource.children.some(isBlocked);
}

function partNamed(instance: Resource, name: string): Primitive | undefined {
  for (const leaf of leaves(instance)) if (leaf.id === name || leaf.xml.id === name) return leaf;
  return undefined;
}

function createSurplus(scheduler: Scheduler, clone: Clone, name: string): Primitive | undefined {
  const instance = addInstance(scheduler, clone);
  return instance === undefined ? undefined : partNamed(instance, name);
}
