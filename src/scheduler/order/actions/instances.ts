// SPDX-License-Identifier: GPL-2.0-or-later
/** Starting and stopping of the instances of a clone or the containers of a bundle, and of the collective as a whole. */
import { INFINITY } from '../../../cib/index.ts';
import { ActionFlag, leaves, type Bundle, type Clone, type Primitive, type Resource, type Scheduler } from '../../model/index.ts';
import { createStartStopRounds } from '../notify/rounds.ts';
import { createResourceActions } from './create.ts';
import { requestPoint } from './point.ts';

/** What the primitives of all instances together do. */
interface InstanceState {
  isActive: boolean;
  isStarting: boolean;
  isStopping: boolean;
  /** Some primitive does both. */
  isRestarting: boolean;
}

export function createInstanceActions(scheduler: Scheduler, collective: Clone | Bundle, instances: readonly Resource[]): void {
  const state: InstanceState = { isActive: false, isStarting: false, isStopping: false, isRestarting: false };
  for (const instance of instances) {
    createResourceActions(scheduler, instance);
    for (const resource of leaves(instance)) addState(state, resource);
  }
  const start = requestPoint(scheduler, collective, 'start', !state.isStarting, true);
  const running = requestPoint(scheduler, collective, 'running', !state.isStarting, state.isActive || state.isStarting);
  running.priority = INFINITY;
  const stop = requestPoint(scheduler, collective, 'stop', !state.isStopping, true);
  const stopped = requestPoint(scheduler, collective, 'stopped', !state.isStopping, true);
  stopped.priority = INFINITY;
  if (!state.isRestarting) stop.set(ActionFlag.migratable);
  if (collective.kind === 'clone') createStartStopRounds(scheduler, collective, start, running, stop, stopped);
}

function addState(state: InstanceState, resource: Primitive): void {
  if (resource.runningOn.length > 0) state.isActive = true;
  const isStarting = resource.actions.withTask('start').some((action) => action.isRequired && action.isRunnable);
  // A pseudo stop is one that fencing implies.
  const isStopping = resource.actions.withTask('stop').some((action) => action.isRequired && (action.isRunnable || action.isPseudo));
  state.isStarting ||= isStarting;
  state.isStopping ||= isStopping;
  state.isRestarting ||= isStarting && isStopping;
}
