// SPDX-License-Identifier: GPL-2.0-or-later
/** Building the transition graph from the actions that are needed and possible. */
import { ActionFlag, type Action, type Bundle, type Clone, type Resource, type Scheduler } from '../model/index.ts';
import { containerHost, isHostNameNeeded } from '../order/digests.ts';
import { createNotifications } from '../order/notify/notify.ts';
import { evaluateRules, setHostAddress } from '../order/parameters.ts';
import { requestPseudo } from '../order/request.ts';
import { actionFlags } from '../order/update/flags.ts';
import { graphActionOf } from './action-data.ts';
import type { Synapse, TransitionGraph } from './graph.ts';
import { inputsOf } from './inputs.ts';
import { maintenanceChanges } from './maintenance.ts';
import { belongsInGraph } from './select.ts';

/** Actions already looked at, and the synapses they became. */
interface Draft {
  readonly scheduler: Scheduler;
  readonly synapses: Synapse[];
}

export function createGraph(scheduler: Scheduler): TransitionGraph {
  const draft: Draft = { scheduler, synapses: [] };
  for (const resource of scheduler.resources) addResource(draft, resource);
  if (maintenanceChanges(scheduler).length > 0) requestPseudo(scheduler, 'maintenance_nodes', 'maintenance').set(ActionFlag.alwaysInGraph);
  for (let i = scheduler.actions.length - 1; i >= 0; i--) addAction(draft, scheduler.actions[i]!);
  return { ...graphOptions(scheduler), synapses: draft.synapses };
}

function graphOptions(scheduler: Scheduler): Omit<TransitionGraph, 'synapses'> {
  const { configured, options, recheckAt } = scheduler;
  const limit = configured.get('migration-limit');
  return {
    clusterDelay: configured.get('cluster-delay') ?? '60s',
    fencingTimeout: configured.get('fencing-timeout') ?? '60s',
    failedStopOffset: 'INFINITY',
    failedStartOffset: options.isStartFailureFatal ? 'INFINITY' : '1',
    batchLimit: configured.get('batch-limit') ?? '0',
    transitionId: 1,
    migrationLimit: limit !== undefined && /^\s*\+?\d+\s*$/.test(limit) && Number(limit) > 0 ? limit : undefined,
    recheckBy: recheckAt,
  };
}

function addResource(draft: Draft, resource: Resource): void {
  switch (resource.kind) {
    case 'primitive':
    case 'group':
      return addOwnThenChildren(draft, resource);
    case 'clone':
      return addClone(draft, resource);
    case 'bundle':
      return addBundle(draft, resource);
  }
}

function addOwnThenChildren(draft: Draft, resource: Resource): void {
  const actions = resource.actions.all;
  for (let i = actions.length - 1; i >= 0; i--) addAction(draft, actions[i]!);
  for (const child of resource.children) addResource(draft, child);
}

function addClone(draft: Draft, clone: Clone): void {
  const actions = clone.actions.all;
  // What the instances turned out to need is stored on the clone's own actions.
  for (let i = actions.length - 1; i >= 0; i--) actionFlags(actions[i]!, undefined);
  createNotifications(draft.scheduler, clone);
  for (const child of clone.children) addResource(draft, child);
  addOwnThenChildren(draft, clone);
}

function addBundle(draft: Draft, bundle: Bundle): void {
  if (bundle.clone !== undefined) addClone(draft, bundle.clone);
  for (const { ip, container, remote } of bundle.replicas) {
    if (remote !== undefined && isHostNameNeeded(draft.scheduler, remote)) {
      const host = containerHost(remote);
      if (host !== undefined) setHostAddress(draft.scheduler, remote, host);
    }
    for (const part of [ip, container, remote]) if (part !== undefined) addOwnThenChildren(draft, part);
  }
}

function addAction({ scheduler, synapses }: Draft, action: Action): void {
  if (action.has(ActionFlag.inGraph) || !belongsInGraph(action)) return;
  action.set(ActionFlag.inGraph);
  // The action is described later, but the graph says now by when to decide again.
  if (action.resource !== undefined) evaluateRules(scheduler, action.resource, action.node);
  synapses.push({
    id: synapses.length,
    priority: Math.max(action.resource?.priority ?? 0, action.priority),
    action: graphActionOf(scheduler, action),
    inputs: inputsOf(action).map((input) => graphActionOf(scheduler, input)),
  });
}
