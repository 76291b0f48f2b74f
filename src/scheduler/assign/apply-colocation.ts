// SPDX-License-Identifier: GPL-2.0-or-later
/** Applying a colocation to a dependent, through whatever kind of resource the primary is. */
import { addScores, INFINITY } from '../../cib/index.ts';
import { nextRole, Role, type Bundle, type Clone, type Colocation, type Group, type Node, type Resource, type Scheduler } from '../model/index.ts';
import { noteChanges } from '../scores/note-scores.ts';
import { assignNode } from './assign-node.ts';
import { colocationValue } from './colocation-attribute.ts';
import { addPriority, applyPlain } from './colocation-effect.ts';
import { compatibleInstance, hasBlockedPart, instancesOf } from './compatible.ts';
import { sortedNodes } from './node-order.ts';
import { placeOf } from './place.ts';

/** On behalf of the dependent; returns what was added to its priority. */
export function applyColocation(scheduler: Scheduler, dependent: Resource, colocation: Colocation): number {
  if (dependent.kind !== 'group') return applyThrough(scheduler, dependent, colocation.primary, colocation);
  if (dependent.isColocated) {
    const first = dependent.children[0];
    return first === undefined ? 0 : addToGroup(dependent, applyColocation(scheduler, first, colocation));
  }
  // Members that need not be together cannot all be required to be somewhere.
  if (colocation.score >= INFINITY) return 0;
  let total = 0;
  for (const member of dependent.children) total = addScores(total, applyColocation(scheduler, member, colocation));
  return addToGroup(dependent, total);
}

function addToGroup(group: Group, delta: number): number {
  if (delta !== 0) group.priority = addScores(delta, group.priority);
  return delta;
}

/** The primary decides how its place, or its places, count. */
function applyThrough(scheduler: Scheduler, dependent: Resource, primary: Resource, colocation: Colocation): number {
  switch (primary.kind) {
    case 'primitive':
      return applyPlain(scheduler, dependent, primary, colocation);
    case 'group':
      return primary.isAssigned ? applyGroup(scheduler, dependent, primary, colocation) : 0;
    case 'clone':
      return primary.isAssigned ? applyClone(scheduler, dependent, primary, colocation) : 0;
    case 'bundle':
      return primary.isAssigned ? applyBundle(scheduler, dependent, primary, colocation) : 0;
    default:
      return primary satisfies never;
  }
}

function applyGroup(scheduler: Scheduler, dependent: Resource, group: Group, colocation: Colocation): number {
  const isMandatory = colocation.score >= INFINITY;
  if (group.isColocated) {
    // All of the group has to be up when that is required; otherwise its beginning will do.
    const member = isMandatory ? group.children[group.children.length - 1] : group.children[0];
    return member === undefined ? 0 : applyThrough(scheduler, dependent, member, colocation);
  }
  return isMandatory ? 0 : applyEach(scheduler, dependent, group.children, colocation);
}

function applyEach(scheduler: Scheduler, dependent: Resource, primaries: readonly Resource[], colocation: Colocation): number {
  let total = 0;
  for (const primary of primaries) total = addScores(total, applyThrough(scheduler, dependent, primary, colocation));
  return total;
}

function applyClone(scheduler: Scheduler, dependent: Resource, clone: Clone, colocation: Colocation): number {
  if (clone.isPromotable && colocation.primaryRole !== Role.unknown) {
    if (!dependent.isAssigned) {
      placeByRole(dependent, clone, colocation);
      noteChanges(scheduler, dependent, colocation.id);
    }
    return colocation.dependentRole === Role.promoted ? prioritizeByRole(scheduler, dependent, clone, colocation) : 0;
  }
  if (isInterleaved(colocation.dependent, clone)) {
    const instance = compatibleInstance(scheduler, dependent, clone, undefined, false);
    if (instance !== undefined) return applyThrough(scheduler, dependent, instance, colocation);
    if (colocation.score >= INFINITY) assignNode(scheduler, dependent, undefined, true, true);
    return 0;
  }
  if (colocation.score < INFINITY) return applyEach(scheduler, dependent, clone.children, colocation);
  const places = clone.children.filter((instance) => !hasBlockedPart(instance)).map((instance) => placeOf(instance, false));
  keepOnly(dependent, new Set(places));
  noteChanges(scheduler, dependent, colocation.id);
  return 0;
}

/** Instances are matched one to one if the dependent says so and both have as many on each node. */
function isInterleaved(dependent: Resource, clone: Clone): boolean {
  if (dependent.kind !== 'clone' && dependent.kind !== 'bundle') return false;
  const perNode = dependent.kind === 'clone' ? dependent.cloneNodeMax : dependent.replicasPerHost;
  return dependent.isInterleaved && perNode === clone.cloneNodeMax;
}

function keepOnly(dependent: Resource, places: ReadonlySet<Node | undefined>): void {
  for (const node of dependent.allowedNodes.nodes()) if (!places.has(node)) dependent.allowedNodes.setScore(node, -INFINITY);
}

/** Places a dependent by where instances with a role will be. */
function placeByRole(dependent: Resource, clone: Clone, colocation: Colocation): void {
  const table = dependent.allowedNodes;
  const scores = new Map<Node, number>();
  for (const instance of clone.children) {
    const place = placeOf(instance, false);
    if (place === undefined || nextRole(instance) !== colocation.primaryRole) continue;
    scores.set(place, assignedScore(instance));
    if (colocation.score >= INFINITY) continue;
    const value = colocationValue(place, colocation.nodeAttribute, instance);
    for (const node of table.nodes()) {
      if (colocationValue(node, colocation.nodeAttribute, dependent) === value) table.setScore(node, addScores(table.score(node), colocation.score));
    }
  }
  if (colocation.score < INFINITY || (colocation.dependentRole === Role.promoted && colocation.primaryRole === Role.promoted)) return;
  keepOnly(dependent, new Set(scores.keys()));
  for (const [node, score] of scores) if (table.has(node)) table.setScore(node, addScores(table.score(node), score));
}

/** Score an instance had for its node when it got it. */
function assignedScore(instance: Resource): number {
  if (instance.kind === 'primitive') return instance.assignedScore;
  return instance.children.find((child) => child.assignedNode !== undefined)?.assignedScore ?? 0;
}

function prioritizeByRole(scheduler: Scheduler, dependent: Resource, clone: Clone, colocation: Colocation): number {
  const instance = partnerByRole(scheduler, dependent, clone, colocation);
  if (instance !== undefined) return addPriority(scheduler, dependent, colocation.score, colocation);
  return colocation.score >= INFINITY ? addPriority(scheduler, dependent, -INFINITY, colocation) : 0;
}

/** An instance with the wanted role in the same place, whatever makes two nodes the same place. */
function partnerByRole(scheduler: Scheduler, dependent: Resource, clone: Clone, colocation: Colocation): Resource | undefined {
  const place = placeOf(dependent, false);
  if (place === undefined) return compatibleInstance(scheduler, dependent, clone, colocation.primaryRole, false);
  const value = colocationValue(place, colocation.nodeAttribute, dependent);
  return clone.children.find((instance) => {
    const own = placeOf(instance, false);
    if (own === undefined || nextRole(instance) !== colocation.primaryRole || hasBlockedPart(instance)) return false;
    return colocationValue(own, colocation.nodeAttribute, instance) === value;
  });
}

function applyBundle(scheduler: Scheduler, dependent: Resource, bundle: Bundle, colocation: Colocation): number {
  const configured = colocation.dependent;
  if (configured.kind === 'clone' || configured.kind === 'bundle') {
    const container = compatibleContainer(scheduler, dependent, bundle);
    if (container !== undefined) return applyThrough(scheduler, dependent, container, colocation);
    if (colocation.score >= INFINITY) assignNode(scheduler, dependent, undefined, true, true);
    return 0;
  }
  if (colocation.score < INFINITY) return applyEach(scheduler, dependent, instancesOf(bundle), colocation);
  const hosts = new Set<Node | undefined>();
  for (const { container, inner } of bundle.replicas) {
    const hasRole = colocation.primaryRole < Role.promoted || inner?.nextRole === Role.promoted;
    if (hasRole && !hasBlockedPart(container)) hosts.add(container.assignedNode);
  }
  keepOnly(dependent, hosts);
  noteChanges(scheduler, dependent, colocation.id);
  return 0;
}

/** The container on the dependent's node; a bundle node stands for the host of its own container. */
function compatibleContainer(scheduler: Scheduler, dependent: Resource, bundle: Bundle): Resource | undefined {
  const place = placeOf(dependent, false);
  const nodes = place === undefined ? sortedNodes(scheduler, dependent.allowedNodes) : [place];
  for (const node of nodes) {
    const host = node.isBundleNode ? node.connection?.launcher?.assignedNode : node;
    const container = instancesOf(bundle).find((one) => host !== undefined && placeOf(one, false) === host);
    if (container !== undefined) return container;
  }
  return undefined;
}
