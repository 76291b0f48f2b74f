// SPDX-License-Identifier: GPL-2.0-or-later
/** Assigning a primitive: colocations are weighed, then the best node is taken. */
import { INFINITY } from '../../cib/index.ts';
import { currentNode, Role, type Colocation, type Node, type Primitive, type Scheduler } from '../model/index.ts';
import { banEverywhere } from '../scores/add-score.ts';
import { noteChanges } from '../scores/note-scores.ts';
import { applyColocation } from './apply-colocation.ts';
import { assign } from './assign.ts';
import { assignNode } from './assign-node.ts';
import { hasUsableNode } from './availability.ts';
import { assignBestNode } from './best-node.ts';
import { thisWithColocations, withThisColocations } from './colocation-lists.ts';
import { addDependentScores } from './dependent-scores.ts';
import { reportScores } from './score-lines.ts';

export function assignPrimitive(scheduler: Scheduler, resource: Primitive, prefer: Node | undefined, stopIfFails: boolean): Node | undefined {
  const { parent } = resource;
  if (parent !== undefined && !parent.isAssigning) assign(scheduler, parent, prefer, stopIfFails);
  if (resource.isAssigned) return resource.assignedNode;
  if (resource.isAssigning) return undefined;
  resource.isAssigning = true;
  const thisWith = thisWithColocations(resource);
  const withThis = withThisColocations(resource);
  // What is mandatory goes first, so that as much of it as possible is satisfied.
  for (const isMandatory of [true, false]) {
    for (const colocation of thisWith) if (isMandatory === isMandatoryScore(colocation)) applyThisWith(scheduler, resource, colocation);
    for (const colocation of withThis) if (isMandatory === isMandatoryScore(colocation)) addDependentScores(scheduler, resource, colocation);
  }
  limitRole(scheduler, resource);
  reportScores(scheduler, resource, 'pcmk__primitive_assign');
  choose(scheduler, resource, prefer, stopIfFails);
  resource.isAssigning = false;
  if (resource.isRemoteConnection) settleNode(scheduler, resource);
  return resource.assignedNode;
}

function isMandatoryScore({ score }: Colocation): boolean {
  return Math.abs(score) >= INFINITY;
}

/** Lets a primary decide first, then follows it; a mere wish that leaves no node is dropped. */
function applyThisWith(scheduler: Scheduler, resource: Primitive, colocation: Colocation): void {
  const isWish = colocation.score < 0 && colocation.score > -INFINITY;
  const backup = isWish || colocation.dependentRole >= Role.promoted ? resource.allowedNodes.copy() : undefined;
  if (!colocation.primary.isAssigned) assign(scheduler, colocation.primary, undefined, true);
  // The resource may follow for its parent, so it stands in for the dependent that is named.
  applyColocation(scheduler, resource, colocation);
  if (backup === undefined || hasUsableNode(resource.allowedNodes)) return;
  resource.allowedNodes = backup;
  noteChanges(scheduler, resource, `${colocation.id} would leave no node`);
}

function limitRole(scheduler: Scheduler, resource: Primitive): void {
  if (resource.nextRole === Role.stopped) {
    banEverywhere(scheduler, resource, 'target-role');
  } else if (resource.nextRole > resource.role && !scheduler.isQuorate && scheduler.options.quorumPolicy === 'freeze') {
    resource.nextRole = resource.role;
  }
}

function choose(scheduler: Scheduler, resource: Primitive, prefer: Node | undefined, stopIfFails: boolean): void {
  const { options } = scheduler;
  // Fencing that cannot be done makes it unsafe to start anything.
  if (options.isFencingEnabled && !scheduler.hasFenceDevice) resource.isManaged = false;
  if (!resource.isManaged) {
    resource.nextRole = resource.role;
    assignNode(scheduler, resource, currentNode(resource), true, stopIfFails);
  } else if (options.stopAllResources) {
    assignNode(scheduler, resource, undefined, true, stopIfFails);
  } else {
    assignBestNode(scheduler, resource, prefer, stopIfFails);
  }
}

/** A Pacemaker Remote node comes up, or goes down, with its connection. */
function settleNode(scheduler: Scheduler, connection: Primitive): void {
  const node = scheduler.findNode(connection.id);
  if (node === undefined) return;
  if (connection.assignedNode !== undefined && connection.nextRole !== Role.stopped) {
    node.isOnline = true;
    if (node.isUnseen) node.isUnclean = false;
  } else {
    node.isShuttingDown = true;
  }
}
