// SPDX-License-Identifier: GPL-2.0-or-later
/** Assigning a bundle: containers, then what belongs to each, then the clone inside. */
import { INFINITY } from '../../cib/index.ts';
import { Role, type Bundle, type Node, type Primitive, type Replica, type Scheduler } from '../model/index.ts';
import { noteChanges } from '../scores/note-scores.ts';
import { addColocation } from '../unpack/constraints/add-colocation.ts';
import { assign } from './assign.ts';
import { isThresholdReached } from './criteria/threshold.ts';
import { distribute } from './distribute.ts';
import { sortInstances } from './instance-order.ts';
import { reportScores } from './score-lines.ts';

export function assignBundle(scheduler: Scheduler, bundle: Bundle, prefer: Node | undefined, stopIfFails: boolean): void {
  // There is no return for a bundle that is assigned: its scores are reported each time it is asked for, and its parts
  // know for themselves that they have their nodes.
  bundle.isAssigning = true;
  reportScores(scheduler, bundle, 'pcmk__bundle_assign');
  const containers = bundle.replicas.map((replica) => replica.container);
  sortInstances(scheduler, containers);
  distribute(scheduler, bundle, containers, bundle.replicas.length, bundle.replicasPerHost);
  for (const replica of bundle.replicas) assignReplica(scheduler, replica, prefer, stopIfFails);
  assignInner(scheduler, bundle, prefer, stopIfFails);
  bundle.isAssigned = true;
  bundle.isAssigning = false;
}

function assignReplica(scheduler: Scheduler, replica: Replica, prefer: Node | undefined, stopIfFails: boolean): void {
  const { container, ip, remote, inner } = replica;
  if (ip !== undefined) assign(scheduler, ip, prefer, stopIfFails);
  if (remote !== undefined) {
    const host = container.assignedNode;
    if (host?.isRemoteNode === true && host.connection !== undefined) followHost(scheduler, remote, host.connection);
    assign(scheduler, remote, prefer, stopIfFails);
  }
  if (inner !== undefined) assignToOwnNode(scheduler, inner, replica.node, stopIfFails);
}

/** A connection into a container on a remote node goes through the host of that node's own connection. */
function followHost(scheduler: Scheduler, remote: Primitive, hostConnection: Primitive): void {
  addColocation(scheduler, {
    id: '#replica-remote-with-host-remote',
    dependent: remote,
    primary: hostConnection,
    dependentRole: Role.unknown,
    primaryRole: Role.unknown,
    score: INFINITY,
    nodeAttribute: '#uname',
    hasInfluence: true,
    isExplicit: false,
  });
}

function assignToOwnNode(scheduler: Scheduler, inner: Primitive, own: Node | undefined, stopIfFails: boolean): void {
  const table = inner.allowedNodes;
  for (const node of table.nodes()) {
    if (node !== own) table.setScore(node, -INFINITY);
    else if (!isThresholdReached(scheduler, inner, node)) table.setScore(node, INFINITY);
  }
  noteChanges(scheduler, inner, 'replica');
  const parent = inner.parent!;
  // The clone is assigned later; marking it keeps its instance from asking for that now.
  parent.isAssigning = true;
  assign(scheduler, inner, own, stopIfFails);
  parent.isAssigning = false;
}

function assignInner(scheduler: Scheduler, bundle: Bundle, prefer: Node | undefined, stopIfFails: boolean): void {
  const { clone } = bundle;
  if (clone === undefined) return;
  const own = new Set(bundle.replicas.map((replica) => replica.node));
  for (const node of clone.allowedNodes.nodes()) clone.allowedNodes.setScore(node, own.has(node) ? 0 : -INFINITY);
  noteChanges(scheduler, clone, 'replicas');
  assign(scheduler, clone, prefer, stopIfFails);
}
