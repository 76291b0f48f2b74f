// SPDX-License-Identifier: GPL-2.0-or-later
/** Orders that follow from probes: nothing that a probe may bring down is touched before the probe has answered. */
import { leaves, OrderKind, topResource, type Action, type Ordering, type Primitive, type Relation, type Resource, type Scheduler } from '../../model/index.ts';
import { compatibleInstance } from '../../assign/compatible.ts';
import { addRelation } from '../relation.ts';

export function orderAfterProbes(scheduler: Scheduler): void {
  const leading = actionsLeadingToRestarts(scheduler);
  for (const top of scheduler.resources) for (const resource of leaves(top)) orderRestartsAfterProbes(scheduler, resource, leading);
  for (const ordering of scheduler.orderings) orderStopsAfterProbes(ordering);
}

/**
 * Actions from which any restart can be reached. Without them every probe would walk the whole chain behind its
 * resource, also where nothing runs that could be restarted.
 */
function actionsLeadingToRestarts(scheduler: Scheduler): ReadonlySet<Action> {
  const leading = new Set<Action>();
  const open: Action[] = [];
  for (const action of scheduler.actions) {
    if (action.resource?.kind === 'primitive' && undoingOf(action, action.resource).some((undoing) => !undoing.isPseudo)) open.push(action);
  }
  for (let action = open.pop(); action !== undefined; action = open.pop()) {
    if (leading.has(action)) continue;
    leading.add(action);
    for (const { action: first, kinds } of action.before) if (mayLeadOn(first, action, kinds)) open.push(first);
  }
  return leading;
}

/** Whether a restart spreads from one action to the next, for some probed resource at least. */
function mayLeadOn(first: Action, then: Action, kinds: number): boolean {
  if ((kinds & OrderKind.implyThen) !== 0) return true;
  return first.resource !== undefined && first.resource.kind !== 'primitive' && then.resource?.parent === first.resource;
}

function orderRestartsAfterProbes(scheduler: Scheduler, resource: Primitive, leading: ReadonlySet<Action>): void {
  // All probes of a resource lead to the same later actions, so that each chain is walked once.
  const restarts = new Map<Action, readonly Action[]>();
  for (const probe of resource.actions.withSuffix('monitor_0')) {
    for (let i = probe.after.length - 1; i >= 0; i--) {
      const relation = probe.after[i]!;
      blockStarts(probe, relation);
      let chain = restarts.get(relation.action);
      if (chain === undefined) restarts.set(relation.action, (chain = restartsAfter(scheduler, resource, relation.action, leading)));
      for (const action of chain) addRelation(probe, action, OrderKind.order);
    }
  }
}

/**
 * A clone whose instance cannot be probed keeps its active instances, but starts no others before all nodes are known.
 */
function blockStarts(probe: Action, { action: after, kinds }: Relation): void {
  const clone = after.resource;
  if (clone === undefined || (clone.kind !== 'clone' && clone.kind !== 'bundle') || after.task !== 'start') return;
  if (probe.isRunnable || (kinds & OrderKind.block) !== 0 || topResource(probe.resource!) !== clone) return;
  for (let i = after.after.length - 1; i >= 0; i--) {
    const start = after.after[i]!.action;
    const resource = start.resource;
    if (resource === undefined || resource.runningOn.length > 0 || topResource(resource) !== clone || start.task !== 'start') continue;
    addRelation(probe, start, OrderKind.order | OrderKind.block);
  }
}

/** Stops and demotions that belong to the starts and promotions which follow from an action. */
function restartsAfter(scheduler: Scheduler, probed: Primitive, from: Action, leading: ReadonlySet<Action>): readonly Action[] {
  if (!leading.has(from)) return [];
  const found: Action[] = [];
  const epoch = ++scheduler.epoch;
  const open = [from];
  for (let action = open.pop(); action !== undefined; action = open.pop()) {
    if (action.visitedEpoch === epoch) continue;
    action.visitedEpoch = epoch;
    if (action.resource?.kind === 'primitive' && action.resource !== probed) addUndoing(found, action, action.resource);
    const partner = interleavedPartner(scheduler, probed, action.resource);
    // Pushed oldest first, so that the newest is visited next with all that follows it.
    for (const relation of action.after) {
      if (leading.has(relation.action) && leadsOn(relation, action, probed, partner)) open.push(relation.action);
    }
  }
  return found;
}

function addUndoing(found: Action[], action: Action, resource: Primitive): void {
  for (const undoing of undoingOf(action, resource)) if (!undoing.isPseudo) found.push(undoing);
}

/** Stops for a start, demotions for a promotion. */
function undoingOf(action: Action, resource: Primitive): readonly Action[] {
  if (action.task === 'start') return resource.actions.withSuffix('stop_0');
  return action.task === 'promote' ? resource.actions.withSuffix('demote_0') : [];
}

/** For an interleaved clone the only instance that matters, else `all`. */
function interleavedPartner(scheduler: Scheduler, probed: Primitive, resource: Resource | undefined): Resource | 'all' | undefined {
  if (resource === undefined || (resource.kind !== 'clone' && resource.kind !== 'bundle') || !resource.isInterleaved) return 'all';
  return compatibleInstance(scheduler, probed, resource, undefined, false);
}

/** Whether a restart spreads along a relation: to what is implied, and from a collective to its parts. */
function leadsOn(relation: Relation, action: Action, probed: Primitive, partner: Resource | 'all' | undefined): boolean {
  if ((relation.kinds & OrderKind.implyThen) !== 0) return true;
  const collective = action.resource;
  const part = relation.action.resource;
  if (collective === undefined || collective.kind === 'primitive' || collective === probed.parent || part === undefined) return false;
  if (part.kind === 'clone' || part.kind === 'bundle' || part.parent !== collective) return false;
  return partner === 'all' || partner === part;
}

const KEPT = OrderKind.ifUnmigratable | OrderKind.onSameNode;

/** What comes after a resource's stop comes after its probes: they may find that it has to be stopped. */
function orderStopsAfterProbes({ first, then, kinds }: Ordering): void {
  if (kinds === OrderKind.none || first.resource === undefined || first.resource === then.resource) return;
  if (!isStop(first.action, first.suffix)) return;
  // A probe inside a container may come after the container starts again, so its stop does not wait for it.
  if (then.resource !== undefined && first.resource.launcher === then.resource && isStop(then.action, then.suffix)) return;
  const probes = first.resource.actions.withSuffix('monitor_0');
  if (probes.length === 0) return;
  const laters = then.action !== undefined ? [then.action] : (then.resource?.actions.withSuffix(then.suffix!) ?? []);
  const isExact = kinds === OrderKind.requiredOnSameNode || kinds === OrderKind.sameNodeOrTarget;
  const derived = isExact ? kinds : OrderKind.order | (kinds & KEPT);
  for (const probe of probes) for (const later of laters) if (mayWaitFor(later, probe)) addRelation(probe, later, derived);
}

function isStop(action: Action | undefined, suffix: string | undefined): boolean {
  return action === undefined ? suffix === 'stop_0' : action.task === 'stop';
}

/** The unfencing of a node precedes probes there, and a node's shutdown does not wait for probes elsewhere. */
function mayWaitFor(later: Action, probe: Action): boolean {
  if (later.task === 'stonith') return !(later.node === probe.node && later.meta.get('stonith_action') === 'on');
  return !(later.task === 'do_shutdown' && later.node !== probe.node);
}
