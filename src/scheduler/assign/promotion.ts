// SPDX-License-Identifier: GPL-2.0-or-later
/** Choosing which instances of a promotable clone get the promoted role. */
import { addScores, INFINITY } from '../../cib/index.ts';
import { currentRole, nextRole, Role, roleName, sortList, topResource, type Clone, type Colocation, type Location, type Node, type Resource, type Scheduler } from '../model/index.ts';
import { banEverywhere } from '../scores/add-score.ts';
import { noteChanges } from '../scores/note-scores.ts';
import { applyColocation } from './apply-colocation.ts';
import { isReachable } from './availability.ts';
import { colocationFactor, withColocatedScores } from './colocated-scores.ts';
import { thisWithColocations, withThisColocations } from './colocation-lists.ts';
import { hasInfluence } from './influence.ts';
import { instanceOrder } from './instance-order.ts';
import { placeOf } from './place.ts';
import { promotionScore } from './promotion-scores.ts';
import { reportPromotionScore } from './score-lines.ts';

export function chooseRoles(scheduler: Scheduler, clone: Clone): void {
  clone.allowedNodes.resetCounts();
  for (const instance of clone.children) setPriority(scheduler, clone, instance);
  sortByPromotion(scheduler, clone);
  clone.promotedCount = 0;
  for (const instance of clone.children) chooseRole(scheduler, clone, instance);
}

/** How fit an instance is for promotion on the node it has been given. */
function setPriority(scheduler: Scheduler, clone: Clone, instance: Resource): void {
  // A cloned group with a member known to be unpromoted is left as it is.
  if (currentRole(instance) === Role.started) treatAsUnpromoted(instance);
  instance.promotionPriority = 0;
  const place = placeOf(instance, false);
  if (place === undefined) return;
  const role = nextRole(instance);
  if (role === Role.unknown || role === Role.started) instance.priority = promotionScore(scheduler, instance, place) ?? -1;
  else if (role !== Role.promoted) instance.priority = -INFINITY;
  addPromotedLocations(scheduler, instance, instance.locations, place);
  addPromotedLocations(scheduler, instance, clone.locations, place);
  for (const colocation of thisWithColocations(instance)) applyColocation(scheduler, instance, colocation);
  instance.promotionPriority = role === Role.promoted ? INFINITY : instance.priority;
}

/** Started means nothing else than unpromoted for something that can be promoted. */
function treatAsUnpromoted(resource: Resource): void {
  if (resource.role === Role.started) resource.role = Role.unpromoted;
  for (const child of resource.children) treatAsUnpromoted(child);
}

function addPromotedLocations(scheduler: Scheduler, instance: Resource, locations: readonly Location[], place: Node): void {
  for (const location of locations) {
    if (location.role !== Role.promoted) continue;
    const entry = location.nodes.find(({ node }) => node === place);
    if (entry === undefined) continue;
    instance.priority = addScores(instance.priority, entry.score);
    scheduler.recorder?.note({ kind: 'promotion', resource: instance.id, node: place.name, score: entry.score, cause: location.id });
  }
}

/** Merges the instances' wishes with those of what is colocated with the promoted role, then sorts. */
function sortByPromotion(scheduler: Scheduler, clone: Clone): void {
  if (clone.hasMergedPromotionScores) return;
  clone.hasMergedPromotionScores = true;
  clone.isMerging = true;
  const table = clone.allowedNodes;
  for (const instance of clone.children) {
    const place = placeOf(instance, false);
    if (instance.promotionPriority >= 0 && place !== undefined) table.setScore(place, addScores(instance.promotionPriority, table.score(place)));
  }
  noteChanges(scheduler, clone, 'promotion priorities');
  for (const colocation of withThisColocations(clone)) {
    if (colocation.primaryRole === Role.promoted && hasInfluence(colocation)) mergeDependent(scheduler, clone, colocation);
  }
  requireTickets(scheduler, clone);
  for (const instance of clone.children) instance.promotionPriority = finalPriority(clone, instance);
  const byInstance = instanceOrder(scheduler);
  const sorted = sortList(clone.children, (a, b) => b.promotionPriority - a.promotionPriority || currentRole(b) - currentRole(a) || byInstance(a, b));
  clone.children.splice(0, clone.children.length, ...sorted);
  clone.isMerging = false;
}

function mergeDependent(scheduler: Scheduler, clone: Clone, colocation: Colocation): void {
  const mode = { active: true, nonNegative: true, thisWith: false };
  const request = { source: colocation.dependent, target: clone, colocation, factor: colocationFactor(colocation), mode };
  clone.allowedNodes = withColocatedScores(scheduler, clone.allowedNodes, request) ?? clone.allowedNodes;
  noteChanges(scheduler, clone, colocation.id);
}

/** Without the ticket for the promoted role nothing is promoted. */
function requireTickets(scheduler: Scheduler, clone: Clone): void {
  for (const { id, role, ticket } of clone.tickets) {
    if (role === Role.promoted && (!ticket.isGranted || ticket.isStandby)) banEverywhere(scheduler, clone, id);
  }
}

function finalPriority(clone: Clone, instance: Resource): number {
  if (!instance.isManaged && nextRole(instance) === Role.promoted) return INFINITY;
  const place = placeOf(instance, false);
  if (place === undefined) return -INFINITY;
  return instance.promotionPriority < 0 ? instance.promotionPriority : clone.allowedNodes.score(place);
}

function chooseRole(scheduler: Scheduler, clone: Clone, instance: Resource): void {
  reportPromotionScore(scheduler, instance);
  const isWanted = instance.promotionPriority >= 0 && (clone.promotedCount < clone.promotedMax || !clone.isManaged);
  const place = isWanted ? promotionPlace(instance) : undefined;
  const isFrozen = !scheduler.isQuorate && scheduler.options.quorumPolicy === 'freeze' && currentRole(instance) < Role.promoted;
  if (place === undefined || isFrozen) {
    setUnpromoted(instance);
    return;
  }
  clone.allowedNodes.setCount(place, clone.allowedNodes.count(place) + 1);
  setPromoted(instance);
  clone.promotedCount++;
  scheduler.recorder?.note({ kind: 'role', resource: instance.id, role: roleName(Role.promoted), cause: `promotion score ${instance.promotionPriority}` });
}

/** The node an instance can be promoted on; of a cloned group every member has to be able. */
function promotionPlace(instance: Resource): Node | undefined {
  for (const child of instance.children) if (promotionPlace(child) === undefined) return undefined;
  const place = placeOf(instance, false);
  if (place === undefined) return undefined;
  if (!instance.isManaged) {
    if (currentRole(instance) !== Role.promoted) return undefined;
  } else if (instance.priority < 0 || !isReachable(place)) {
    return undefined;
  }
  const clone = topResource(instance);
  if (clone.kind !== 'clone' || !clone.allowedNodes.has(place)) return undefined;
  return clone.allowedNodes.count(place) < clone.promotedNodeMax || !instance.isManaged ? place : undefined;
}

function setUnpromoted(resource: Resource): void {
  resource.nextRole = placeOf(resource, false) === undefined ? Role.stopped : Role.unpromoted;
  for (const child of resource.children) setUnpromoted(child);
}

function setPromoted(resource: Resource): void {
  if (resource.nextRole === Role.unknown) resource.nextRole = Role.promoted;
  for (const child of resource.children) setPromoted(child);
}
