// SPDX-License-Identifier: GPL-2.0-or-later
/** Noting that a resource is active on a node. */
import { INFINITY } from '../../../cib/index.ts';
import { activeNodes, NodeTable, Role, type Node, type Primitive, type Resource, type Scheduler } from '../../model/index.ts';
import { addScore } from '../../scores/add-score.ts';
import { noteChanges } from '../../scores/note-scores.ts';

export function addRunning(scheduler: Scheduler, resource: Resource, node: Node, isFailed: boolean): void {
  if (resource.runningOn.includes(node)) return;
  resource.runningOn.push(node);
  if (resource.kind === 'primitive') {
    node.running.push(resource);
    addPriority(resource, node, isFailed);
    if (node.isInMaintenance) {
      resource.isManaged = false;
      resource.isInMaintenance = true;
    }
  }
  if (!resource.isManaged) {
    stayUnmanaged(scheduler, resource, node);
    return;
  }
  if (resource.kind === 'primitive' && isMultiplyActive(resource)) recoverMultiplyActive(scheduler, resource);
  if (resource.parent !== undefined) addRunning(scheduler, resource.parent, node, false);
}

/** An unmanaged resource stays where it is, and its ancestors with it. */
function stayUnmanaged(scheduler: Scheduler, resource: Resource, node: Node): void {
  addScore(scheduler, resource, node, INFINITY, 'unmanaged');
  for (let here = resource.parent; here !== undefined; here = here.parent) here.runningOn.push(node);
}

/** What runs on a node makes it worth not being fenced first. */
function addPriority(resource: Primitive, node: Node, isFailed: boolean): void {
  if (resource.priority === 0 || isFailed) return;
  const worth = resource.role === Role.promoted ? resource.priority + 1 : resource.priority;
  node.priority += worth;
  if (!node.isGuest) return;
  for (const host of node.connection!.launcher!.runningOn) host.priority += worth;
}

function isMultiplyActive(resource: Primitive): boolean {
  const { all, clean } = activeNodes(resource);
  return (resource.needsFencing ? all : clean) > 1;
}

function recoverMultiplyActive(scheduler: Scheduler, resource: Primitive): void {
  if (resource.multipleActive === 'stop_only') {
    replaceByBans(scheduler, resource, 'multiple-active=stop_only');
  } else if (resource.multipleActive === 'block') {
    block(resource);
    const { parent } = resource;
    const sharesFate = parent !== undefined && parent.kind !== 'clone' && parent.multipleActive === 'block';
    if (sharesFate) parent.children.forEach(block);
  }
}

function block(resource: Resource): void {
  resource.isManaged = false;
  resource.isBlocked = true;
}

/** Replaces the table of a resource by one that bans it from every node. */
export function replaceByBans(scheduler: Scheduler, resource: Resource, cause: string): void {
  resource.allowedNodes = NodeTable.empty(scheduler.nodesByIndex, scheduler.layout);
  for (const node of scheduler.nodes) resource.allowedNodes.put(node, -INFINITY);
  noteChanges(scheduler, resource, cause);
}
