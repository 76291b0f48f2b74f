// SPDX-License-Identifier: GPL-2.0-or-later
/** Promotion scores: how much each node wants to have the promoted instance, as its agent says. */
import { addScores } from '../../cib/index.ts';
import { leaves, nodeAttribute, topResource, withoutInstance, type Clone, type Node, type Primitive, type Resource, type Scheduler } from '../model/index.ts';
import { noteScore } from '../scores/note-scores.ts';
import { readScore } from '../unpack/scores.ts';

/** Adds them to the scores of the instances; a clone that is looked at again keeps what it has. */
export function addPromotionScores(scheduler: Scheduler, clone: Clone): void {
  if (clone.hasPromotionScores) return;
  clone.hasPromotionScores = true;
  for (const instance of clone.children) {
    const table = instance.allowedNodes;
    for (const node of table.nodes()) {
      if (!node.isAvailable) continue;
      const score = promotionScore(scheduler, instance, node) ?? 0;
      if (score > 0) {
        table.setScore(node, addScores(table.score(node), score));
        noteScore(scheduler, instance, node, score, 'promotion score');
      }
      if (score > instance.priority) instance.priority = score;
    }
  }
}

/** Undefined when there is none; of an instance of a cloned group the sum over its members. */
export function promotionScore(scheduler: Scheduler, resource: Resource, node: Node): number | undefined {
  if (resource.kind === 'primitive') return primitiveScore(scheduler, resource, node);
  let sum: number | undefined;
  for (const child of resource.children) {
    const score = promotionScore(scheduler, child, node);
    if (score !== undefined) sum = (sum ?? 0) + score;
  }
  return sum;
}

function primitiveScore(scheduler: Scheduler, resource: Primitive, node: Node): number | undefined {
  if (!applies(resource, node)) return undefined;
  const name = resource.historyName ?? resource.id;
  let value = promotionAttribute(resource, node, name);
  // Without a history the name with an instance number is not one an agent could have used.
  if (value === undefined && !resource.isUnique) value = promotionAttribute(resource, node, withoutInstance(resource.id));
  return value === undefined ? undefined : (readScore(scheduler, value) ?? 0);
}

function promotionAttribute(resource: Primitive, node: Node, name: string): string | undefined {
  return nodeAttribute(node, `master-${name}`, resource, resource.isAssigned ? 'assigned' : 'current');
}

/** Whether a node's score means this instance: interchangeable ones share the attribute. */
function applies(resource: Primitive, node: Node): boolean {
  const { allowedNodes } = resource;
  if (!allowedNodes.has(node) || allowedNodes.score(node) < 0) return false;
  if (!resource.isUnique) {
    const presence = presenceOf(resource);
    const active = presence.active.get(node);
    if (active === resource || (active === undefined && presence.probed.has(node))) return true;
  }
  if (resource.runningOn.length === 0 && resource.probedOn.size === 0) return true;
  return resource.probedOn.has(node) || resource.runningOn.includes(node);
}

/** Where the instances of one configured primitive are active, and where any of them has been probed. */
interface Presence {
  readonly active: ReadonlyMap<Node, Primitive>;
  readonly probed: ReadonlySet<Node>;
}

const presences = new WeakMap<Resource, Map<string, Presence>>();

function presenceOf(resource: Primitive): Presence {
  const top = topResource(resource);
  let byName = presences.get(top);
  if (byName === undefined) presences.set(top, (byName = new Map()));
  const name = resource.xml.id ?? resource.id;
  let presence = byName.get(name);
  if (presence === undefined) byName.set(name, (presence = findPresence(top, name)));
  return presence;
}

function findPresence(clone: Resource, name: string): Presence {
  const active = new Map<Node, Primitive>();
  const probed = new Set<Node>();
  for (const leaf of leaves(clone)) {
    if (leaf.xml.id !== name) continue;
    for (const node of leaf.runningOn) if (!active.has(node)) active.set(node, leaf);
    for (const node of leaf.probedOn) probed.add(node);
  }
  return { active, probed };
}
