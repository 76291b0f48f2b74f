// SPDX-License-Identifier: GPL-2.0-or-later
/** An action as the graph describes it: in full in its own synapse, by reference as an input of others. */
import type { Action, Node, Resource, Scheduler } from '../model/index.ts';
import { notifySuffix, operationKey, suffixOf } from '../order/keys.ts';
import { actionAttributes } from './action-attributes.ts';
import type { GraphAction, GraphActionKind, GraphActionReference, GraphPrimitive } from './graph.ts';
import { maintenanceChanges } from './maintenance.ts';
import { routerOf } from './router.ts';

const CLUSTER_TASKS: ReadonlySet<string> = new Set(['do_shutdown', 'clear_failcount', 'lrm_delete']);

const references = new WeakMap<Action, GraphActionReference>();

/** The same reference each time: an action is named by every action that waits for it. */
export function actionReference(action: Action): GraphActionReference {
  let reference = references.get(action);
  if (reference === undefined) references.set(action, (reference = referTo(action)));
  return reference;
}

function referTo(action: Action): GraphActionReference {
  const kind = kindOf(action);
  const node = showsNode(action, kind) ? action.node : undefined;
  return {
    id: action.id,
    kind,
    mode: action.task === 'lrm_delete' ? 'cib' : undefined,
    operation: action.task,
    ...keys(action),
    onNode: node?.name,
    onNodeUuid: node?.id,
    routerNode: node === undefined ? undefined : routerOf(action)?.name,
  };
}

function kindOf(action: Action): GraphActionKind {
  if (action.task === 'stonith') return action.isPseudo ? 'pseudo' : 'crm';
  if (CLUSTER_TASKS.has(action.task)) return 'crm';
  return action.isPseudo ? 'pseudo' : 'rsc';
}

/** Pseudo-actions have no place, except the fencing of a guest. */
function showsNode(action: Action, kind: GraphActionKind): boolean {
  return kind !== 'pseudo' || action.task === 'stonith';
}

/** A resource known to the node under another name is addressed by that name. */
function keys(action: Action): { readonly operationKey: string; readonly internalOperationKey?: string } {
  const name = action.resource?.historyName;
  if (name === undefined) return { operationKey: action.key };
  return { operationKey: operationKey(name, shownSuffix(action)), internalOperationKey: action.key };
}

function shownSuffix(action: Action): string {
  if (action.task === 'notify') return notifySuffix(action.meta.get('notify_type') ?? '', action.meta.get('notify_operation') ?? '');
  return suffixOf(action.cancelTask ?? action.task, Number(action.meta.get('interval') ?? '0'));
}

export function fullAction(scheduler: Scheduler, action: Action): GraphAction {
  const reference = actionReference(action);
  const real = action.isPseudo ? undefined : action.resource;
  return {
    ...reference,
    shutdownLock: real !== undefined && keepsLock(action, real) ? real.lockTime : undefined,
    primitive: real === undefined ? undefined : primitiveOf(real),
    ...actionAttributes(scheduler, action, reference.onNode === undefined ? undefined : action.node),
    downed: reference.onNode === undefined ? NONE : downedBy(scheduler, action, action.node!),
    maintenance: action.task === 'maintenance_nodes' ? maintenanceChanges(scheduler) : NONE,
  };
}

/** While the lock node shuts down only the stop is locked, since any other result would clear the lock. */
function keepsLock(action: Action, resource: Resource): boolean {
  if (resource.lockNode === undefined || action.node !== resource.lockNode) return false;
  return !resource.lockNode.isShuttingDown || action.task === 'stop';
}

const NONE: readonly never[] = [];
const primitives = new WeakMap<Resource, GraphPrimitive>();

function primitiveOf(resource: Resource): GraphPrimitive {
  let primitive = primitives.get(resource);
  if (primitive === undefined) primitives.set(resource, (primitive = describePrimitive(resource)));
  return primitive;
}

function describePrimitive(resource: Resource): GraphPrimitive {
  const { meta } = resource;
  const agent = { element: resource.xml.name, class: meta.get('class'), provider: meta.get('provider'), type: meta.get('type') };
  if (resource.isRemoved && resource.historyName !== undefined) return { ...agent, id: resource.historyName, longId: resource.id };
  if (resource.isUnique) return { ...agent, id: resource.id };
  const id = resource.xml.id ?? resource.id;
  const isKnownOtherwise = resource.historyName !== undefined && resource.historyName !== id;
  return { ...agent, id, longId: isKnownOtherwise ? resource.historyName : resource.id };
}

/** Ids of the nodes that are down afterwards. */
function downedBy(scheduler: Scheduler, action: Action, node: Node): readonly string[] {
  switch (action.task) {
    case 'do_shutdown':
      return [node.id];
    case 'stonith': {
      const kind = action.meta.get('stonith_action');
      return kind === 'off' || kind === 'reboot' ? [node.id, ...guestsOn(scheduler, node)] : NONE;
    }
    case 'stop':
      return action.resource?.isRemoteConnection === true && !isPartOfMigration(action, action.resource) ? [action.resource.id] : NONE;
    default:
      return NONE;
  }
}

function guestsOn(scheduler: Scheduler, node: Node): string[] {
  const guests: string[] = [];
  for (const resource of node.running) {
    const guest = resource.isRemoteConnection && resource.launcher !== undefined ? scheduler.findNode(resource.id) : undefined;
    if (guest !== undefined) guests.push(guest.id);
  }
  return guests;
}

function isPartOfMigration(stop: Action, resource: Resource): boolean {
  return stop.before.some(({ action }) => action.resource?.id === resource.id && action.task === 'migrate_from');
}
