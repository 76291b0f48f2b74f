// SPDX-License-Identifier: GPL-2.0-or-later
/** Which colocations count for a resource: its own, and those of the collectives it stands for. */
import { INFINITY } from '../../cib/index.ts';
import { topResource, type Bundle, type Colocation, type Group, type Resource } from '../model/index.ts';
import { addThisWith, addWithThis } from '../unpack/constraints/add-colocation.ts';

/** Colocations in which the resource is the dependent. */
export function thisWithColocations(resource: Resource): readonly Colocation[] {
  return gather(resource, THIS_WITH);
}

/** Colocations in which the resource is the primary. */
export function withThisColocations(resource: Resource): readonly Colocation[] {
  return gather(resource, WITH_THIS);
}

interface Direction {
  own(resource: Resource): readonly Colocation[];
  insert(list: Colocation[], colocation: Colocation): void;
  readonly isThisWith: boolean;
}

const THIS_WITH: Direction = { own: (resource) => resource.thisWith, insert: addThisWith, isThisWith: true };
const WITH_THIS: Direction = { own: (resource) => resource.withThis, insert: addWithThis, isThisWith: false };

function gather(resource: Resource, direction: Direction): readonly Colocation[] {
  if (resource.parent === undefined && resource.kind !== 'group') return direction.own(resource);
  const list: Colocation[] = [];
  contribute(resource, resource, direction, list);
  return list;
}

/** Adds what one resource contributes on behalf of another (an ancestor for its part, or a group for its other members). */
function contribute(resource: Resource, asker: Resource, direction: Direction, list: Colocation[]): void {
  switch (resource.kind) {
    case 'primitive':
      if (resource === asker) {
        merge(list, direction.own(resource), direction);
        if (resource.parent !== undefined) contribute(resource.parent, asker, direction, list);
      } else {
        for (const colocation of direction.own(resource)) if (colocation.isExplicit) direction.insert(list, colocation);
      }
      return;
    case 'group':
      contributeGroup(resource, asker, direction, list);
      return;
    case 'clone':
      merge(list, direction.own(resource), direction);
      if (resource.parent !== undefined) contribute(resource.parent, asker, direction, list);
      return;
    case 'bundle':
      if (countsForBundle(resource, asker)) merge(list, direction.own(resource), direction);
      return;
    default:
      resource satisfies never;
  }
}

/**
 * Merging into a list that is not empty adds the first element of the other list again and again: the reference does
 * so, and scores depend on it.
 */
function merge(list: Colocation[], addition: readonly Colocation[], direction: Direction): void {
  const first = addition[0];
  if (first === undefined) return;
  if (list.length === 0) list.push(...addition);
  else for (let i = 0; i < addition.length; i++) direction.insert(list, first);
}

/** The members are chained to each other, so a group's colocations need to reach only the member at the end of the chain. */
function contributeGroup(group: Group, asker: Resource, direction: Direction, list: Colocation[]): void {
  const { children } = group;
  if (children.length === 0) return;
  const edge = direction.isThisWith ? children[0] : children[children.length - 1];
  if (asker === group || asker === edge) {
    merge(list, direction.own(group), direction);
    if (group.parent !== undefined) contribute(group.parent, asker, direction, list);
    if (!group.isColocated) return;
    for (const member of children) if (member !== asker) contribute(member, asker, direction, list);
  } else if (direction.isThisWith) {
    contributeAroundUnmanaged(group, asker, direction, list);
  }
}

/** An unmanaged member breaks the chain, so later ones have to honour mandatory colocations themselves. */
function contributeAroundUnmanaged(group: Group, asker: Resource, direction: Direction, list: Colocation[]): void {
  for (const member of group.children) {
    if (member === asker) return;
    if (member.isManaged) continue;
    for (const colocation of direction.own(group)) if (colocation.score === INFINITY) direction.insert(list, colocation);
    return;
  }
}

/** Containers always follow the bundle; what is inside follows only when roles are chosen. */
function countsForBundle(bundle: Bundle, asker: Resource): boolean {
  if (asker === bundle || isContainer(asker)) return true;
  const { clone } = bundle;
  if (clone === undefined || !clone.isPromotable || topResource(asker) !== clone) return false;
  return asker === clone ? clone.hasMergedPromotionScores : asker.isAssigned;
}

export function isContainer(resource: Resource): boolean {
  return resource.parent?.kind === 'bundle' && resource.parent.replicas.some((replica) => replica.container === resource);
}
