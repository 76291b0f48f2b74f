// SPDX-License-Identifier: GPL-2.0-or-later
/** Primitives counted by agent and node instead of listed one by one. */
import { compareNaturally, type Primitive, type Resource } from '../model/index.ts';
import { item, type OutlineNode } from './outline.ts';
import { agentName } from './resource-text.ts';
import type { View } from './view.ts';

export function isBriefKind(resource: Resource): resource is Primitive {
  return resource.kind === 'primitive';
}

interface Count {
  total: number;
  readonly active: Map<string, number>;
}

/** One line per agent and node, sorted by both. */
export function briefItems(resources: readonly Primitive[], view: View): OutlineNode[] {
  const counts = new Map<string, Count>();
  for (const resource of resources) {
    const agent = agentName(resource);
    const count = counts.get(agent) ?? { total: 0, active: new Map<string, number>() };
    counts.set(agent, count);
    count.total += 1;
    for (const node of resource.runningOn) {
      if (!node.isUnclean && !node.isOnline && resource.isManaged) continue;
      count.active.set(node.name, (count.active.get(node.name) ?? 0) + 1);
    }
  }
  return [...counts.keys()].sort().flatMap((agent) => countItems(agent, counts.get(agent)!, view));
}

function countItems(agent: string, count: Count, view: View): OutlineNode[] {
  const items: OutlineNode[] = [];
  const showsInactive = view.settings.showsInactive === true;
  for (const [name, active] of [...count.active].sort(([a], [b]) => compareNaturally(a, b))) {
    const place = view.settings.omitsNodes === true ? '' : name;
    const amount = showsInactive ? `${active}/${count.total}` : String(active);
    items.push(item(`${amount}\t(${agent}):\tActive ${place}`));
  }
  if (showsInactive && count.active.size === 0) items.push(item(`0/${count.total}\t(${agent}):\tActive`));
  return items;
}
