// SPDX-License-Identifier: GPL-2.0-or-later
/** What a transition would do, one entry per node action and per changed primitive, as data. */
import {
  currentNode,
  Role,
  roleName,
  type Action,
  type Node,
  type Primitive,
  type Resource,
  type Scheduler,
} from '../model/index.ts';

export type SummaryEntry = NodeEntry | ResourceEntry;

/** A node is fenced. What has no reason of its own, as a shutdown that was asked for, is not told. */
export interface NodeEntry {
  readonly kind: 'node';
  readonly task: string;
  readonly node: string;
  readonly reason: string;
}

/** A resource changes its place, its role or both. */
export interface ResourceEntry {
  readonly kind: 'resource';
  readonly verb: Verb;
  readonly resource: string;
  readonly role: string;
  readonly nextRole: string;
  readonly origin: string | undefined;
  readonly destination: string | undefined;
  /** The roles belong to the description: the resource is or becomes more than started. */
  readonly showsRoles: boolean;
  readonly reason: string | undefined;
  readonly isBlocked: boolean;
}

export type Verb = 'Start' | 'Stop' | 'Restart' | 'Move' | 'Migrate' | 'Recover' | 'Reload' | 'Promote' | 'Demote' | 'Re-promote';

export function transitionSummary(cluster: Scheduler): SummaryEntry[] {
  const entries: SummaryEntry[] = [];
  for (let i = cluster.actions.length - 1; i >= 0; i--) {
    const entry = nodeEntry(cluster.actions[i]!);
    if (entry !== undefined) entries.push(entry);
  }
  for (const resource of cluster.resources) addResource(resource, entries);
  return entries;
}

function nodeEntry(action: Action): NodeEntry | undefined {
  if (action.resource !== undefined || action.isOptional || action.node === undefined) return undefined;
  if (action.task !== 'stonith' || action.reason === undefined) return undefined;
  const task = `Fence (${action.meta.get('stonith_action') ?? ''})`;
  const { node } = action;
  const name = node.isGuest ? `${node.name} (resource: ${node.connection?.launcher?.id ?? ''})` : node.name;
  return { kind: 'node', task, node: name, reason: action.reason };
}

function addResource(resource: Resource, entries: SummaryEntry[]): void {
  switch (resource.kind) {
    case 'primitive':
      entries.push(...primitiveEntries(resource));
      return;
    case 'bundle':
      for (const { ip, container, remote, inner } of resource.replicas) {
        for (const part of [ip, container, remote, inner]) if (part !== undefined) addResource(part, entries);
      }
      return;
    default:
      for (const child of resource.children) addResource(child, entries);
  }
}

/** What the decisions about one primitive depend on. */
interface Change {
  readonly resource: Primitive;
  readonly role: Role;
  readonly current: Node | undefined;
  readonly next: Node | undefined;
  readonly isMoving: boolean;
  readonly start: Action | undefined;
  readonly stop: Action | undefined;
  readonly promote: Action | undefined;
  readonly demote: Action | undefined;
}

function primitiveEntries(resource: Primitive): ResourceEntry[] {
  const isActive = resource.runningOn.length > 0;
  const current = isActive ? currentNode(resource) : undefined;
  const next = resource.assignedNode;
  if (!resource.isManaged || (current === undefined && (next === undefined || resource.isRemoved))) return [];
  const start = actionOn(resource, 'start_0', next);
  const stopNode = start?.isRunnable === true ? current : undefined;
  const stop = actionOn(resource, 'stop_0', stopNode) ?? (resource.isRestartingUnexpected ? actionOn(resource, 'stop_0', undefined) : undefined);
  const change: Change = {
    resource,
    role: roleBefore(resource),
    current,
    next,
    isMoving: current !== undefined && next !== undefined && current !== next,
    start,
    stop,
    promote: actionOn(resource, 'promote_0', next),
    demote: actionOn(resource, 'demote_0', next),
  };
  return change.role === resource.nextRole ? sameRole(change) : otherRole(change);
}

/** An active resource whose role is not known, because it is being recovered, counts as started. */
function roleBefore(resource: Primitive): Role {
  if (resource.role > Role.stopped) return resource.role;
  return resource.runningOn.length > 0 ? Role.started : Role.stopped;
}

/** The oldest action with that key on the node, or on no particular node; without a node any. */
function actionOn(resource: Resource, suffix: string, node: Node | undefined): Action | undefined {
  return resource.actions.withSuffix(suffix).find((action) => node === undefined || action.node === undefined || action.node === node);
}

function sameRole(change: Change): ResourceEntry[] {
  const { resource, current, next, start, stop, promote, demote } = change;
  const migration = actionOn(resource, 'migrate_from_0', next);
  if (migration?.isRunnable === true && current !== undefined) return [entry('Migrate', change, current, next, start, start)];
  if (resource.isReloading) return [entry('Reload', change, current, next, start, start)];
  if (start === undefined || start.isOptional) {
    const isRepromoted = demote?.isRequired === true && promote?.isRequired === true;
    return isRepromoted ? [entry('Re-promote', change, current, next, promote, demote)] : [];
  }
  if (!start.isRunnable) return [entry('Stop', change, current, undefined, stop, stop?.reason === undefined ? start : stop)];
  if (change.isMoving) return [entry(resource.isFailed ? 'Recover' : 'Move', change, current, next, stop, stop)];
  if (resource.isFailed) return [entry('Recover', change, current, undefined, stop, stop)];
  return [entry('Restart', change, current, next, start, start)];
}

function otherRole(change: Change): ResourceEntry[] {
  const { resource, role, current, next, start, stop } = change;
  if (stop !== undefined && (resource.nextRole === Role.stopped || start?.isRunnable === false)) {
    return resource.runningOn.map((node) => {
      const here = actionOn(resource, 'stop_0', node);
      return entry('Stop', change, node, undefined, here, here?.reason === undefined ? start : here);
    });
  }
  if (stop !== undefined && resource.isFailed && resource.isStopNeeded) return [entry('Recover', change, current, next, stop, start ?? stop)];
  if (change.isMoving) return [entry('Move', change, current, next, stop, stop)];
  if (resource.isReloading) return [entry('Reload', change, current, next, start, start)];
  if (stop?.isRequired === true) return [entry('Restart', change, current, next, start, start)];
  if (role === Role.promoted) return [entry('Demote', change, current, next, change.demote, change.demote)];
  if (resource.nextRole === Role.promoted) return [entry('Promote', change, current, next, change.promote, change.promote)];
  if (role === Role.stopped && resource.nextRole > Role.stopped) return [entry('Start', change, current, next, start, start)];
  return [];
}

/** `action` tells whether it can be done; `source` tells why it is. */
function entry(verb: Verb, change: Change, origin: Node | undefined, destination: Node | undefined, action: Action | undefined, source: Action | undefined): ResourceEntry {
  const { resource, role } = change;
  return {
    kind: 'resource',
    verb,
    resource: resource.id,
    role: roleName(role),
    nextRole: roleName(resource.nextRole),
    origin: origin?.name,
    destination: destination?.name,
    showsRoles: role > Role.started || resource.nextRole > Role.unpromoted,
    reason: (source ?? action)?.reason,
    isBlocked: action?.isRunnable === false,
  };
}
