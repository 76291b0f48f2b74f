// SPDX-License-Identifier: GPL-2.0-or-later
/** Which resources a report is limited to: by their own name, a member's, or (if asked) an ancestor's. */
import { nodesActiveOn, topResource, type Bundle, type Replica, type Resource } from '../model/index.ts';
import type { NameFilter } from './view.ts';

/** The id shown to people: without the instance number when instances are interchangeable. */
export function shownId(resource: Resource): string {
  return resource.isUnique ? resource.id : (resource.xml.id ?? resource.id);
}

export function isFilteredOut(resource: Resource, filter: NameFilter, checkParent: boolean): boolean {
  if (filter.isEverything) return false;
  switch (resource.kind) {
    case 'primitive': {
      if (filter.has(shownId(resource)) || filter.has(resource.id)) return false;
      if (!checkParent || resource.parent === undefined) return true;
      const top = topResource(resource, true);
      return isFilteredOut(top, filter, false);
    }
    case 'group':
      if (checkParent && filter.has(shownId(topResource(resource)))) return false;
      if (isNamed(resource, filter)) return false;
      return resource.children.every((child) => isFilteredOut(child, filter, false));
    case 'clone':
      if (filter.has(shownId(resource)) || filter.has(resource.id)) return false;
      if (resource.instanceXml?.id !== undefined && filter.has(resource.instanceXml.id)) return false;
      return resource.children.every((child) => isFilteredOut(child, filter, false));
    case 'bundle':
      if (filter.has(shownId(resource))) return false;
      return resource.replicas.every((replica) => replicaParts(replica).every((part) => isFilteredOut(part, filter, false)));
  }
}

/** Whether the resource itself is asked for by its name or, if it has a number, by its full id. */
export function isNamed(resource: Resource, filter: NameFilter): boolean {
  return filter.has(shownId(resource)) || (resource.id.includes(':') && filter.has(resource.id));
}

export function replicaParts(replica: Replica): readonly Resource[] {
  return [replica.ip, replica.inner, replica.container, replica.remote].filter((part) => part !== undefined);
}

/** What of a replica to show, given that the bundle as a whole may be asked for. */
export function isReplicaPartShown(bundle: Bundle, part: Resource | undefined, filter: NameFilter): boolean {
  return part !== undefined && !isFilteredOut(part, filter, filter.has(bundle.id));
}

/** Active, but on none of the nodes asked for. */
export function isElsewhere(resource: Resource, nodes: NameFilter): boolean {
  if (nodes.isEverything) return false;
  const active = nodesActiveOn(resource);
  return active.length > 0 && !active.some((node) => nodes.has(node.name));
}

/** Whether a member is to be shown below its group. */
export function isMemberShown(member: Resource, isActive: boolean, parentPasses: boolean, filter: NameFilter, showsInactive: boolean): boolean {
  const isFiltered = isFilteredOut(member, filter, false);
  if (!filter.isEverything && !isFiltered) return true;
  return (!isFiltered || parentPasses) && (isActive || showsInactive);
}
