// SPDX-License-Identifier: GPL-2.0-or-later
/** Placement by capacity: nodes without room for a resource, and for what has to be with it, are banned. */
import { INFINITY } from '../../cib/index.ts';
import { leaves, type Node, type Primitive, type Resource, type Scheduler } from '../model/index.ts';
import { ban } from '../scores/add-score.ts';
import { isUsable } from './availability.ts';
import { compareCapacities, hasRoom } from './capacity.ts';
import { colocationEffect } from './colocation-effect.ts';
import { thisWithColocations, withThisColocations } from './colocation-lists.ts';

/** Bans nodes; when none has room for everything, returns the one with most to offer. */
export function banInsufficientCapacity(scheduler: Scheduler, resource: Primitive): Node | undefined {
  if (scheduler.options.placementStrategy === 'default') return undefined;
  const needed = sumOf(colocatedResources(resource));
  // The order of the walk decides among equally capable nodes.
  const candidates = resource.allowedNodes.hashOrder().filter((node) => resource.allowedNodes.has(node) && isUsable(node, resource.allowedNodes.score(node)));
  const fitsTogether = candidates.some((node) => hasRoom(node, needed));
  const amounts = fitsTogether ? needed : resource.utilization;
  for (const node of candidates) if (!hasRoom(node, amounts)) ban(scheduler, resource, node, 'utilization');
  if (fitsTogether) return undefined;
  let most: Node | undefined;
  for (const node of candidates) if (most === undefined || compareCapacities(node, most) < 0) most = node;
  return most;
}

/** Everything that has to be with the resource, the resource included. */
function colocatedResources(resource: Primitive): ReadonlySet<Resource> {
  const found = new Set<Resource>();
  collect(resource, resource, found);
  return found;
}

function collect(resource: Resource, origin: Resource, found: Set<Resource>): void {
  if (resource.kind === 'group' && (resource.isColocated || resource.parent?.kind === 'clone')) {
    found.add(resource);
    for (const member of resource.children) collect(member, origin, found);
    return;
  }
  if (found.has(resource)) return;
  found.add(resource);
  for (const colocation of thisWithColocations(resource)) {
    const { primary, score } = colocation;
    if (primary === origin || score !== INFINITY) continue;
    if (colocationEffect(resource, primary, colocation, true) === 'location') collect(primary, origin, found);
  }
  for (const colocation of withThisColocations(resource)) {
    const { dependent, score } = colocation;
    if (dependent === origin || score !== INFINITY) continue;
    // Where a clone is, its dependent need not be.
    if (resource.kind === 'clone' && dependent.kind !== 'clone') continue;
    if (colocationEffect(dependent, resource, colocation, true) === 'location') collect(dependent, origin, found);
  }
}

/** What the resources that have no node yet need together. */
function sumOf(resources: ReadonlySet<Resource>): ReadonlyMap<string, number> {
  const sum = new Map<string, number>();
  for (const resource of resources) addNeeds(resource, resources, sum);
  return sum;
}

function addNeeds(resource: Resource, all: ReadonlySet<Resource>, sum: Map<string, number>): void {
  if (resource.isAssigned) return;
  switch (resource.kind) {
    case 'primitive':
      for (const [name, amount] of resource.utilization) sum.set(name, (sum.get(name) ?? 0) + amount);
      return;
    case 'group': {
      const together = resource.isColocated || resource.parent?.kind === 'clone';
      for (const member of together ? resource.children : resource.children.slice(0, 1)) {
        if (!member.isAssigned && !all.has(member)) addNeeds(member, all, sum);
      }
      return;
    }
    case 'clone': {
      // One instance is all that will be on the same node, and it may be among the resources already.
      const first = resource.children[0];
      const isCounted = resource.children.some((instance) => all.has(instance) || [...leaves(instance)].some((leaf) => all.has(leaf)));
      if (first !== undefined && !isCounted) addNeeds(first, all, sum);
      return;
    }
    case 'bundle': {
      const container = resource.replicas[0]?.container;
      if (container !== undefined) addNeeds(container, all, sum);
      return;
    }
    default:
      resource satisfies never;
  }
}
