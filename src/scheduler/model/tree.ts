// SPDX-License-Identifier: GPL-2.0-or-later
/** Questions about the place of a resource in its tree and about the nodes it is active on. */
import type { Node } from './node.ts';
import type { Bundle, Collective, Primitive, Replica, Resource } from './resource.ts';
import { Role } from './role.ts';

/** Outermost ancestor. Inside a bundle the climb stops at the bundle's child unless the bundle is to be included. */
export function topResource(resource: Resource, includeBundle = false): Resource {
  const { parent } = resource;
  const isTop = parent === undefined || (!includeBundle && parent.kind === 'bundle');
  return isTop ? resource : topResource(parent, includeBundle);
}

export function isCollective(resource: Resource): resource is Collective {
  return resource.kind !== 'primitive';
}

/** Primitives of a tree in list order. */
export function* leaves(resource: Resource): IterableIterator<Primitive> {
  if (resource.kind === 'primitive') yield resource;
  else for (const child of resource.children) yield* leaves(child);
}

/** The resource and everything below it, parents first. */
export function* withDescendants(resource: Resource): IterableIterator<Resource> {
  yield resource;
  for (const child of resource.children) yield* withDescendants(child);
}

export function isAncestor(ancestor: Resource, resource: Resource): boolean {
  for (let here = resource.parent; here !== undefined; here = here.parent) if (here === ancestor) return true;
  return false;
}

/** The bundle a resource belongs to. */
export function bundleOf(resource: Resource): Bundle | undefined {
  for (let here: Resource | undefined = resource; here !== undefined; here = here.parent) if (here.kind === 'bundle') return here;
  return undefined;
}

export function isAnonymousClone(resource: Resource): boolean {
  return resource.kind === 'clone' && !resource.isUnique;
}

/** Current role; of a collective the highest of its children, of a bundle unknown. */
export function currentRole(resource: Resource): Role {
  if (resource.kind === 'primitive') return resource.role;
  if (resource.kind === 'bundle') return Role.unknown;
  return highest(resource.children, currentRole);
}

export function nextRole(resource: Resource): Role {
  if (resource.kind === 'primitive') return resource.nextRole;
  if (resource.kind === 'bundle') return Role.unknown;
  return highest(resource.children, nextRole);
}

function highest(children: readonly Resource[], roleOf: (resource: Resource) => Role): Role {
  let best: Role = Role.unknown;
  for (const child of children) {
    const role = roleOf(child);
    if (role > best) best = role;
  }
  return best;
}

/** Configured id of an instance: its id without `:NUMBER`. */
export function withoutInstance(id: string): string {
  const colon = id.lastIndexOf(':');
  return colon > 0 && /^\d+$/.test(id.slice(colon + 1)) ? id.slice(0, colon) : id;
}

/** What `activeNodes` tells: the node to work with, and how many count. */
export interface ActiveNodes {
  readonly current: Node | undefined;
  readonly all: number;
  /** Online and not unclean. */
  readonly clean: number;
}

export function activeNodes(resource: Resource): ActiveNodes {
  const nodes = nodesActiveOn(resource);
  const clean = nodes.filter((node) => node.isOnline && !node.isUnclean);
  const source = resource.partialMigrationSource;
  const first = resource.needsFencing ? nodes[0] : (clean[0] ?? nodes[0]);
  const current = source !== undefined && nodes.includes(source) ? source : first;
  return { current, all: nodes.length, clean: clean.length };
}

/** Nodes any part of the resource is active on, in the order found. */
export function nodesActiveOn(resource: Resource): readonly Node[] {
  if (resource.kind !== 'bundle') return resource.runningOn;
  const nodes = new Set<Node>();
  for (const replica of resource.replicas) for (const node of replica.container.runningOn) nodes.add(node);
  return [...nodes];
}

/** The node the resource is on now, for decisions about it. */
export function currentNode(resource: Resource): Node | undefined {
  return activeNodes(resource).current;
}

/**
 * Whether any part (or, with `all`, every part) of the resource is active. What a managed resource left on a node that is cleanly
 * gone does not count.
 */
export function isActive(resource: Resource, all = false): boolean {
  if (resource.kind === 'primitive') return resource.runningOn.some((node) => node.isUnclean || node.isOnline || !resource.isManaged);
  const parts = resource.kind === 'bundle' ? resource.replicas.flatMap(replicaParts) : resource.children;
  return all ? parts.length > 0 && parts.every((part) => isActive(part, true)) : parts.some((part) => isActive(part));
}

function replicaParts({ ip, inner, container, remote }: Replica): Primitive[] {
  return [ip, inner, container, remote].filter((part) => part !== undefined);
}
