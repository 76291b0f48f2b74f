// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Asking for an action: an existing one is found by its key (and given the node, if it has none yet), otherwise a new
 * one gets the next number. Asking as required makes an action required; asking as optional never makes it optional.
 */
import { Action, ActionFlag, type Node, type Resource, type Scheduler } from '../model/index.ts';
import { matchingActions } from './find.ts';
import { operationKey, suffixOf } from './keys.ts';
import { exactOperation, operationFor } from './operations.ts';
import { operationParameters } from './parameters.ts';
import { updateRunnable } from './runnable.ts';
import { operationSettings } from './settings.ts';

export interface ActionRequest {
  readonly resource: Resource;
  readonly task: string;
  readonly node?: Node;
  readonly isOptional: boolean;
  readonly intervalMs?: number;
  /** Key suffix, when it is not simply task and interval. */
  readonly suffix?: string;
  /** Element or rule the action is asked for. */
  readonly cause: string;
}

export function requestAction(scheduler: Scheduler, request: ActionRequest): Action {
  const { resource, task, node, isOptional, intervalMs = 0 } = request;
  const suffix = request.suffix ?? suffixOf(task, intervalMs);
  const action = matchingActions(resource, suffix, node)[0] ?? createAction(scheduler, request, suffix, intervalMs);
  if (!resource.isManaged && action.node !== undefined && !action.isPseudo && !action.meta.has('interval')) {
    action.set(ActionFlag.optional);
  } else if (!isOptional) {
    action.clear(ActionFlag.optional);
  }
  if (action.node !== undefined && action.operation !== undefined && action.parameters === undefined) {
    action.parameters = operationParameters(scheduler, action.operation, action.node);
  }
  updateRunnable(scheduler, action, resource);
  return action;
}

function createAction(scheduler: Scheduler, request: ActionRequest, suffix: string, intervalMs: number): Action {
  const { resource, task, node, isOptional, cause } = request;
  const flags = ActionFlag.runnable | (isOptional ? ActionFlag.optional : 0) | (task === 'lrm_delete' ? ActionFlag.onDc : 0);
  let operation = operationFor(resource, task, intervalMs, true);
  if (operation === undefined && suffix.includes('_notify_')) operation = exactOperation(resource, 'notify', 0, true);
  const settings = operationSettings(scheduler, resource, node, task, intervalMs, operation);
  const key = operationKey(resource.id, suffix);
  const action = new Action(scheduler.actions.length + 1, key, suffix, task, resource, node, flags, scheduler.changeCounter, settings);
  action.operation = operation?.xml;
  if (task === 'start' || task === 'promote') action.need = resource.needsFencing ? 'fencing' : resource.needsQuorum ? 'quorum' : 'nothing';
  resource.actions.add(action);
  register(scheduler, action, cause);
  return action;
}

/** An action that belongs to no resource; found again by its key. */
export function requestSingleton(scheduler: Scheduler, key: string, task: string, node: Node | undefined, isOptional: boolean, cause: string): Action {
  let action = scheduler.singletons.get(key);
  if (action === undefined) {
    const flags = ActionFlag.runnable | (isOptional ? ActionFlag.optional : 0);
    action = new Action(scheduler.actions.length + 1, key, key, task, undefined, node, flags, scheduler.changeCounter);
    scheduler.singletons.set(key, action);
    register(scheduler, action, cause);
  }
  if (!isOptional) action.clear(ActionFlag.optional);
  return action;
}

/** A point in the order that belongs to no resource and no node; optional until something needs it. */
export function requestPseudo(scheduler: Scheduler, name: string, cause: string): Action {
  const known = scheduler.singletons.get(name);
  if (known !== undefined) return known;
  const action = requestSingleton(scheduler, name, name, undefined, true, cause);
  action.set(ActionFlag.pseudo | ActionFlag.runnable);
  return action;
}

function register(scheduler: Scheduler, action: Action, cause: string): void {
  scheduler.actions.push(action);
  action.cause = cause;
  scheduler.recorder?.note({ kind: 'action', action: action.key, id: action.id, cause });
}
