// SPDX-License-Identifier: GPL-2.0-or-later
/** The phases in which actions are made and ordered, in the order in which the scheduler runs them. */
import type { Scheduler } from '../model/index.ts';
import { createResourceActions } from './actions/create.ts';
import { applyOrderings } from './apply.ts';
import { runDeferredChecks } from './change/deferred.ts';
import { orderAfterProbes } from './probe/probe-orders.ts';
import { scheduleProbes } from './probe/probes.ts';
import { clearFailCountsOfRemoved } from './removed.ts';
import { blockColocatedDependents } from './update/block.ts';
import { dropInvalidRelations } from './update/invalid.ts';
import { updateActions } from './update/update.ts';

export { handleConfigurationChanges } from './change/changes.ts';
export { scheduleFencingAndShutdown } from './fencing.ts';
export { createImplicitConstraints } from './implicit/implicit.ts';
export { orderRemoteActions } from './remote.ts';

/** Makes probes and all actions of all resources; they have been assigned by now. */
export function createActions(scheduler: Scheduler): void {
  runDeferredChecks(scheduler);
  scheduleProbes(scheduler);
  clearFailCountsOfRemoved(scheduler);
  for (const resource of scheduler.resources) createResourceActions(scheduler, resource);
}

/** Turns orderings into relations and lets these act on the actions until nothing changes. */
export function orderActions(scheduler: Scheduler): void {
  applyOrderings(scheduler);
  for (let i = scheduler.actions.length - 1; i >= 0; i--) blockColocatedDependents(scheduler, scheduler.actions[i]!);
  orderAfterProbes(scheduler);
  updateActions(scheduler);
  dropInvalidRelations(scheduler);
}
