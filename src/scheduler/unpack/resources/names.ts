// SPDX-License-Identifier: GPL-2.0-or-later
/** Finding resources by id or by the name they have in node histories. */
import type { Primitive, Resource, Scheduler } from '../../model/index.ts';

export function addName(scheduler: Scheduler, name: string, resource: Resource): void {
  const known = scheduler.resourcesByName.get(name);
  if (known === undefined) scheduler.resourcesByName.set(name, [resource]);
  else if (!known.includes(resource)) known.push(resource);
}

export function setHistoryName(scheduler: Scheduler, resource: Primitive, name: string | undefined): void {
  const old = resource.historyName;
  if (old === name) return;
  if (old !== undefined && old !== resource.id) {
    const list = scheduler.resourcesByName.get(old);
    const at = list?.indexOf(resource) ?? -1;
    if (at >= 0) list!.splice(at, 1);
  }
  resource.historyName = name;
  if (name !== undefined) addName(scheduler, name, resource);
}

/** First resource with that id or history name in a walk over the tree. */
export function findResource(scheduler: Scheduler, name: string): Resource | undefined {
  const known = scheduler.resourcesByName.get(name);
  if (known === undefined) return undefined;
  let best: Resource | undefined;
  for (const resource of known) if (best === undefined || comesBefore(resource, best)) best = resource;
  return best;
}

/** Whether `a` is met before `b` when the tree is walked parents first. */
function comesBefore(a: Resource, b: Resource): boolean {
  const pathA = path(a);
  const pathB = path(b);
  let depth = 0;
  while (depth < pathA.length && pathA[depth] === pathB[depth]) depth++;
  const [left, right] = [pathA[depth], pathB[depth]];
  if (left === undefined || right === undefined) return left === undefined;
  const siblings = left.parent?.children;
  if (siblings === undefined) return topRank(left) < topRank(right);
  return siblings.indexOf(left) < siblings.indexOf(right);
}

function path(resource: Resource): Resource[] {
  const steps: Resource[] = [];
  for (let here: Resource | undefined = resource; here !== undefined; here = here.parent) steps.unshift(here);
  return steps;
}

/** Top-level resources are sorted by priority, then stand in the order they were made; removed ones come last. */
function topRank(resource: Resource): number {
  return resource.rank;
}
