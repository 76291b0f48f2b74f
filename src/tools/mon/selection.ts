// SPDX-License-Identifier: GPL-2.0-or-later
/** Which nodes and resources `--node` and `--resource` mean: one of that name, or everything a tag names. */
import { NameFilter, withoutInstance, type Resource, type Scheduler } from '../../scheduler/index.ts';

export function nodeFilter(cluster: Scheduler, word: string | undefined): NameFilter {
  if (word === undefined || word === '*') return NameFilter.everything;
  const node = cluster.findNode(word);
  if (node !== undefined) return new NameFilter(new Set([node.name]));
  // Tags name elements, so a node is named by its id there.
  const tagged = cluster.tags.get(word)?.references ?? [];
  return new NameFilter(new Set(tagged.flatMap((id) => cluster.nodes.find((one) => one.id === id)?.name ?? [])));
}

export function resourceFilter(cluster: Scheduler, word: string | undefined): NameFilter {
  if (word === undefined || word === '*') return NameFilter.everything;
  const found = findResource(cluster, word);
  // A number asks for one instance, and only for that.
  if (found !== undefined) return new NameFilter(new Set([word.includes(':') ? word : shownName(found)]));
  const tagged = cluster.tags.get(word)?.references ?? [];
  return new NameFilter(new Set(tagged.flatMap((name) => findResource(cluster, name) ?? []).map(shownName)));
}

function findResource(cluster: Scheduler, name: string): Resource | undefined {
  return cluster.resourcesByName.get(name)?.[0] ?? cluster.allResources.find((resource) => withoutInstance(resource.id) === name);
}

function shownName(resource: Resource): string {
  return resource.isUnique ? resource.id : (resource.xml.id ?? resource.id);
}
