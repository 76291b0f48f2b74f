// SPDX-License-Identifier: GPL-2.0-or-later
/** An action as the graph describes it, in its own synapse and as an input of others. */
import type { Action, Node, Resource, Scheduler } from '../model/index.ts';
import { notifySuffix, operationKey, suffixOf } from '../order/keys.ts';
import { actionAttributes, parametersApart } from './action-attributes.ts';
import type { GraphAction, GraphActionKind, GraphPrimitive, NameValue } from './graph.ts';
import { maintenanceChanges } from './maintenance.ts';
import { routerOf } from './router.ts';

const CLUSTER_TASKS: ReadonlySet<string> = new Set(['do_shutdown', 'clear_failcount', 'lrm_delete']);

/** The same object each time: an action is named by every action that waits for it. */
export function graphActionOf(scheduler: Scheduler, action: Action): GraphAction {
  return (action.graphAction ??= new DescribedAction(scheduler, action));
}

/**
 * An action in the words of a graph. What is said of it is made when it is asked for: all actions of a large cluster
 * described at once would take more memory than everything that led to them.
 */
class DescribedAction implements GraphAction {
  readonly id: number;
  readonly kind: GraphActionKind;
  readonly #scheduler: Scheduler;
  readonly #action: Action;

  constructor(scheduler: Scheduler, action: Action) {
    this.id = action.id;
    this.kind = kindOf(action);
    this.#scheduler = scheduler;
    this.#action = action;
  }

  get mode(): 'cib' | undefined {
    return this.#action.task === 'lrm_delete' ? 'cib' : undefined;
  }

  get operation(): string {
    return this.#action.task;
  }

  /** A resource known to the node under another name is addressed by that name. */
  get operationKey(): string {
    const name = this.#action.resource?.historyName;
    return name === undefined ? this.#action.key : operationKey(name, shownSuffix(this.#action));
  }

  get internalOperationKey(): string | undefined {
    return this.#action.resource?.historyName === undefined ? undefined : this.#action.key;
  }

  get onNode(): string | undefined {
    return this.#shownNode?.name;
  }

  get onNodeUuid(): string | undefined {
    return this.#shownNode?.id;
  }

  get routerNode(): string | undefined {
    return this.#shownNode === undefined ? undefined : routerOf(this.#action)?.name;
  }

  get shutdownLock(): number | undefined {
    const real = this.#realResource;
    return real !== undefined && keepsLock(this.#action, real) ? real.lockTime : undefined;
  }

  get primitive(): GraphPrimitive | undefined {
    const real = this.#realResource;
    return real === undefined ? undefined : primitiveOf(real);
  }

  get attributes(): readonly NameValue[] {
    return actionAttributes(this.#scheduler, this.#action, this.#shownNode);
  }

  get parameters(): readonly NameValue[] {
    return parametersApart(this.#scheduler, this.#action);
  }

  get downed(): readonly string[] {
    const node = this.#shownNode;
    return node === undefined ? NONE : downedBy(this.#scheduler, this.#action, node);
  }

  get maintenance(): GraphAction['maintenance'] {
    return this.#action.task === 'maintenance_nodes' ? maintenanceChanges(this.#scheduler) : NONE;
  }

  /** Pseudo-actions have no place, except the fencing of a guest. */
  get #shownNode(): Node | undefined {
    return this.kind !== 'pseudo' || this.#action.task === 'stonith' ? this.#action.node : undefined;
  }

  get #realResource(): Resource | undefined {
    return this.#action.isPseudo ? undefined : this.#action.resource;
  }
}

function kindOf(action: Action): GraphActionKind {
  if (action.task === 'stonith') return action.isPseudo ? 'pseudo' : 'crm';
  if (CLUSTER_TASKS.has(action.task)) return 'crm';
  return action.isPseudo ? 'pseudo' : 'rsc';
}

function shownSuffix(action: Action): string {
  if (action.task === 'notify') return notifySuffix(action.meta.get('notify_type') ?? '', action.meta.get('notify_operation') ?? '');
  return suffixOf(action.cancelTask ?? action.task, Number(action.meta.get('interval') ?? '0'));
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
