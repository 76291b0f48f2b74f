// SPDX-License-Identifier: GPL-2.0-or-later
/** What a colocation does to its dependent once the primary has its node: change scores, or the wish to be promoted. */
import { addScores, INFINITY } from '../../cib/index.ts';
import { Role, type Colocation, type Primitive, type Resource, type Scheduler } from '../model/index.ts';
import { noteChanges } from '../scores/note-scores.ts';
import { hasUsableNode } from './availability.ts';
import { colocationValue } from './colocation-attribute.ts';

export type ColocationEffect = 'nothing' | 'location' | 'role';

/** Of a bundle's container, what runs inside it has the role. */
function roleHolder(resource: Resource): Resource {
  if (resource.parent?.kind !== 'bundle') return resource;
  return resource.parent.replicas.find((replica) => replica.container === resource)?.inner ?? resource;
}

/** Which effect a colocation has now; a preview asks for the effect it would have before anything is assigned. */
export function colocationEffect(dependent: Resource, primary: Resource, colocation: Colocation, isPreview = false): ColocationEffect {
  if (!isPreview && !primary.isAssigned) return 'nothing';
  const holder = roleHolder(dependent);
  if (colocation.dependentRole >= Role.unpromoted && holder.parent?.isPromotable === true && holder.isAssigned) return 'role';
  if (!isPreview && dependent.isAssigned) return 'nothing';
  if (colocation.dependentRole !== Role.unknown && colocation.dependentRole !== holder.nextRole) return 'nothing';
  if (colocation.primaryRole !== Role.unknown && colocation.primaryRole !== roleHolder(primary).nextRole) return 'nothing';
  return 'location';
}

/** Applies a colocation with a primitive as its primary; returns what was added to the dependent's priority. */
export function applyPlain(scheduler: Scheduler, dependent: Resource, primary: Primitive, colocation: Colocation): number {
  switch (colocationEffect(dependent, primary, colocation)) {
    case 'nothing':
      return 0;
    case 'role':
      return changePriority(scheduler, dependent, primary, colocation);
    case 'location':
      changeScores(scheduler, dependent, primary, colocation);
      return 0;
  }
}

function changeScores(scheduler: Scheduler, dependent: Resource, primary: Primitive, colocation: Colocation): void {
  const { score, nodeAttribute } = colocation;
  const place = primary.assignedNode;
  if (place === undefined && score < 0) return;
  const value = place === undefined ? undefined : colocationValue(place, nodeAttribute, primary);
  const work = dependent.allowedNodes.copy();
  for (const node of work.nodes()) {
    const present = work.score(node);
    if (place === undefined) work.setScore(node, addScores(-score, present));
    else if (colocationValue(node, nodeAttribute, dependent) === value) {
      // Being in the right place is required, not rewarded.
      if (score < INFINITY) work.setScore(node, addScores(score, present));
    } else if (score >= INFINITY) work.setScore(node, -INFINITY);
  }
  if (Math.abs(score) < INFINITY && !hasUsableNode(work)) return;
  dependent.allowedNodes = work;
  noteChanges(scheduler, dependent, colocation.id);
}

/** Role effect: the place of the primary makes the dependent more or less fit for promotion. */
function changePriority(scheduler: Scheduler, dependent: Resource, primary: Primitive, colocation: Colocation): number {
  const place = primary.assignedNode;
  const own = dependent.assignedNode;
  if (own === undefined) return 0;
  if (place !== undefined && colocation.primaryRole !== Role.unknown && colocation.primaryRole !== roleHolder(primary).nextRole) return 0;
  const isTogether = place !== undefined && colocationValue(own, colocation.nodeAttribute, dependent) === colocationValue(place, colocation.nodeAttribute, primary);
  if (!isTogether) {
    if (colocation.score < INFINITY || colocation.dependentRole !== Role.promoted) return 0;
    return addPriority(scheduler, dependent, -INFINITY, colocation);
  }
  return addPriority(scheduler, dependent, colocation.dependentRole === Role.unpromoted ? -colocation.score : colocation.score, colocation);
}

export function addPriority(scheduler: Scheduler, resource: Resource, delta: number, colocation: Colocation): number {
  resource.priority = addScores(delta, resource.priority);
  const node = resource.assignedNode;
  if (node !== undefined) scheduler.recorder?.note({ kind: 'promotion', resource: resource.id, node: node.name, score: delta, cause: colocation.id });
  return delta;
}
