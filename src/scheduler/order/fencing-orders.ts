// SPDX-License-Identifier: GPL-2.0-or-later
/** What waits for the fencing of a node, and what the fencing implies. */
import { ActionFlag, isAnonymousClone, leaves, OrderKind, topResource, type Action, type Node, type Primitive, type Scheduler } from '../model/index.ts';
import { matchingActions, newestWithTask } from './find.ts';
import { notifyAfterFencing } from './notify/notify.ts';
import { addRelation } from './relation.ts';

export function orderAroundFencing(scheduler: Scheduler, fencing: Action, node: Node): void {
  for (const top of scheduler.resources) {
    for (const resource of leaves(top)) {
      if (!resource.isManaged) continue;
      orderStarts(resource, fencing, node);
      impliedStops(scheduler, resource, fencing, node);
      impliedDemotions(resource, fencing, node);
    }
  }
}

/** Nothing that must run in one place only starts before the node is known to be down. */
function orderStarts(resource: Primitive, fencing: Action, node: Node): void {
  const actions = resource.actions.all;
  for (let i = actions.length - 1; i >= 0; i--) {
    const action = actions[i]!;
    if (action.need === 'fencing') addRelation(fencing, action, OrderKind.order);
    // It may be active on the node, if nobody has told: as after a loss of the DC with all its knowledge.
    else if (action.need === 'quorum' && action.task === 'start' && resource.allowedNodes.has(node) && !isKnownOn(resource, node)) {
      addRelation(fencing, action, OrderKind.order | OrderKind.block);
    }
  }
}

function isKnownOn(resource: Primitive, node: Node): boolean {
  if (resource.probedOn.has(node)) return true;
  const { parent } = resource;
  return parent !== undefined && isAnonymousClone(parent) && parent.probedOn.has(node);
}

function impliedStops(scheduler: Scheduler, resource: Primitive, fencing: Action, node: Node): void {
  const stops = matchingActions(resource, 'stop_0', node);
  if (stops.length === 0) return;
  const topStop = newestWithTask(topResource(resource), 'stop');
  for (const stop of stops) {
    stop.set(ActionFlag.pseudo | ActionFlag.runnable);
    if (resource.needsFencing || node.isGuest) {
      // Inside a bundle that would close a circle; the top resource's stop is enough there.
      if (!resource.isInBundle) addRelation(fencing, stop, OrderKind.guestOk);
      addRelation(fencing, topStop, OrderKind.guestOk);
    }
    notifyAfterFencing(scheduler, stop, resource, fencing);
  }
}

function impliedDemotions(resource: Primitive, fencing: Action, node: Node): void {
  for (const demote of matchingActions(resource, 'demote_0', node)) {
    if (node.isOnline && !node.isUnclean && !resource.isFailed) continue;
    demote.set(ActionFlag.pseudo | ActionFlag.runnable);
    if (!resource.isInBundle && (resource.needsFencing || node.isGuest)) addRelation(fencing, demote, OrderKind.order | OrderKind.guestOk);
  }
}
