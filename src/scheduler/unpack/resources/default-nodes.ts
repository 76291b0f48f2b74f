// SPDX-License-Identifier: GPL-2.0-or-later
/** The nodes a resource may use before any constraint is looked at. */
import { ProbeMode, type Node, type NodeTable, type Resource, type Scheduler } from '../../model/index.ts';

/** The table of a resource that may use every node, as it was last made. */
const lastTables = new WeakMap<Scheduler, NodeTable>();

/** In a symmetric cluster: every node known at this moment, for the resource and all below it. */
export function allowSymmetric(scheduler: Scheduler, resource: Resource): void {
  const isPlain = resource.children.length === 0 && !resource.hasExclusiveDiscovery && resource.allowedNodes.size === 0;
  const last = isPlain ? lastTables.get(scheduler) : undefined;
  if (last !== undefined && isUpToDate(scheduler, last)) {
    resource.allowedNodes = last.twin();
    return;
  }
  for (const node of scheduler.nodes) if (node.probeMode !== ProbeMode.never) allow(resource, node);
  if (isPlain) lastTables.set(scheduler, resource.allowedNodes.twin());
}

/** Nodes may have been added since, and their scores changed. */
function isUpToDate(scheduler: Scheduler, table: NodeTable): boolean {
  let count = 0;
  for (const node of scheduler.nodes) {
    if (node.probeMode === ProbeMode.never) continue;
    if (table.score(node) !== node.score || table.probeMode(node) !== node.probeMode) return false;
    count++;
  }
  return count === table.size;
}

function allow(resource: Resource, node: Node): void {
  if (resource.hasExclusiveDiscovery) return;
  for (const child of resource.children) allow(child, node);
  resource.allowedNodes.add(node, 0);
}

/** A guest's connection may run wherever its container may, also in an asymmetric cluster. */
export function allowForGuest(scheduler: Scheduler, resource: Resource): void {
  for (const node of scheduler.nodes) resource.allowedNodes.add(node, 0);
}
