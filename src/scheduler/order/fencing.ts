// SPDX-License-Identifier: GPL-2.0-or-later
/** Fencing of unclean nodes and shutdown of leaving ones, and the order among them. */
import { ActionFlag, OrderKind, type Action, type Node, type Resource, type Scheduler } from '../model/index.ts';
import { canFence } from './can-fence.ts';
import { fencingAction } from './fence.ts';
import { newestWithTask } from './find.ts';
import { orderAroundFencing } from './fencing-orders.ts';
import { addRelation } from './relation.ts';
import { scheduleShutdown } from './shutdown.ts';

/** Actions that take nodes down, newest last. */
interface Downs {
  readonly fencings: Action[];
  readonly shutdowns: Action[];
  /** What takes the DC down; it comes last, so that a DC is elected once. */
  dc: Action | undefined;
}

export function scheduleFencingAndShutdown(scheduler: Scheduler): void {
  const downs: Downs = { fencings: [], shutdowns: [], dc: undefined };
  const hasManaged = scheduler.resources.some(isManagedInPart);
  for (const node of scheduler.nodes) {
    if (node.isGuest) {
      if (node.isResetNeeded && hasManaged && canFence(scheduler, node)) fenceGuest(scheduler, node);
    } else if (hasManaged && node.isUnclean && canFence(scheduler, node)) {
      noteFencing(scheduler, downs, node, fenceNode(scheduler, node));
    } else if (!node.isRemoteNode && node.isOnline && node.isShuttingDown) {
      const shutdown = scheduleShutdown(scheduler, node);
      if (node.isDc) downs.dc = shutdown;
      else downs.shutdowns.push(shutdown);
    }
    if (!node.isGuest && node.isUnclean && !(hasManaged && canFence(scheduler, node))) {
      scheduler.messages.push({ severity: 'warning', text: `Node ${node.name} is unclean but cannot be fenced` });
    }
  }
  if (downs.dc !== undefined) orderBeforeDc(scheduler, downs, downs.dc);
}

/** A collective counts by itself, even when none of its members may be touched. */
function isManagedInPart(resource: Resource): boolean {
  return resource.isManaged || resource.children.some(isManagedInPart);
}

function fenceNode(scheduler: Scheduler, node: Node): Action {
  scheduler.messages.push({ severity: 'warning', text: `Scheduling node ${node.name} for fencing`, step: 'schedule_fencing' });
  const fencing = fencingAction(scheduler, node, { isOptional: false, reason: 'node is unclean' });
  orderAroundFencing(scheduler, fencing, node);
  return fencing;
}

function noteFencing(scheduler: Scheduler, downs: Downs, node: Node, fencing: Action): void {
  if (node.isDc) {
    downs.dc = fencing;
    return;
  }
  if (!scheduler.options.hasConcurrentFencing) addRelation(downs.fencings[downs.fencings.length - 1], fencing, OrderKind.order);
  downs.fencings.push(fencing);
}

function orderBeforeDc(scheduler: Scheduler, { fencings, shutdowns }: Downs, dc: Action): void {
  // A shutdown is not ordered before the fencing of the DC: stops could then wait for each other in a circle.
  if (dc.task === 'do_shutdown') for (const shutdown of shutdowns.toReversed()) addRelation(shutdown, dc, OrderKind.order);
  const last = scheduler.options.hasConcurrentFencing ? fencings.toReversed() : fencings.slice(-1);
  for (const fencing of last) addRelation(fencing, dc, OrderKind.order);
}

/** A guest goes down with its launcher; a pseudo-action stands for its fencing, so that others can be ordered after it. */
function fenceGuest(scheduler: Scheduler, node: Node): void {
  const connection = node.connection!;
  const launcher = connection.launcher!;
  const stop = newestWithTask(launcher, 'stop');
  const kind = newestWithTask(launcher, 'start') === undefined ? 'off' : 'reboot';
  const fencing = fencingAction(scheduler, node, { kind, isOptional: false, reason: 'guest is unclean' });
  fencing.set(ActionFlag.pseudo | ActionFlag.runnable);
  const implied = OrderKind.implyThen | OrderKind.block;
  if (stop?.isPseudo === true) addRelation(fencingAction(scheduler, stop.node!, { isOptional: false }), fencing, implied);
  else if (stop !== undefined) addRelation(stop, fencing, implied);
  else addRelation(newestWithTask(connection, 'stop'), fencing, OrderKind.order);
  orderAroundFencing(scheduler, fencing, node);
}
