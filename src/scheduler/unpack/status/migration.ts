// SPDX-License-Identifier: GPL-2.0-or-later
/** Live migrations in the history: where the resource is depends on what both ends recorded, and in which order. */
import { Role, type Node, type Primitive, type Scheduler } from '../../model/index.ts';
import { addRunning } from './active-on.ts';
import { Execution, ExitCode, readEntry, type HistoryEntry } from './history-entry.ts';
import { compareEntries } from './history-order.ts';
import type { ResourceState } from './resource-state.ts';

interface MigrationEnds {
  readonly source: string;
  readonly target: string;
}

/** Both ends of a migration; undefined when the entry does not name them, or is not where it says. */
function migrationEnds(entry: HistoryEntry, here: Node, end: keyof MigrationEnds): MigrationEnds | undefined {
  const source = entry.xml.get('migrate_source');
  const target = entry.xml.get('migrate_target');
  if (source === undefined || target === undefined) return undefined;
  const ends = { source, target };
  return ends[end].toLowerCase() === here.name.toLowerCase() ? ends : undefined;
}

/** A successful `migrate_to`: the resource has left, is on both ends, or is on the way. */
export function migratedAway(state: ResourceState, entry: HistoryEntry): void {
  const { scheduler, resource, node } = state;
  const ends = migrationEnds(entry, node, 'source');
  if (ends === undefined) return;
  const sourceNewer = hasNewerOperation(scheduler, resource, ends.source, entry, true);
  const arrival = findOperation(scheduler, resource, ends.target, 'migrate_from', { source: ends.source });
  if (arrival !== undefined && sourceNewer) return;
  const targetNewer = hasNewerState(scheduler, resource, ends.target, entry, arrival);
  if (sourceNewer && targetNewer) return;
  if (arrival !== undefined && arrival.rc === ExitCode.ok && arrival.status === Execution.done) {
    resource.role = Role.stopped;
    resource.danglingMigrations.unshift(node);
    return;
  }
  resource.role = Role.started;
  const target = scheduler.findNode(ends.target);
  const isOnTarget = !targetNewer && target?.isOnline === true ? target : undefined;
  if (arrival !== undefined && arrival.status !== Execution.pending) {
    if (isOnTarget !== undefined) addRunning(scheduler, resource, isOnTarget, true);
    else failMigration(resource);
    return;
  }
  // Nothing known about an online target: it will be probed.
  if (target?.isOnline === true && isUnknownOn(scheduler, resource, ends.target)) return;
  if (isOnTarget !== undefined) {
    addRunning(scheduler, resource, isOnTarget, false);
    if (node.isOnline) {
      resource.partialMigrationTarget = isOnTarget;
      resource.partialMigrationSource = node;
    }
  } else if (!sourceNewer) failMigration(resource);
}

function failMigration(resource: Primitive): void {
  resource.isFailed = true;
  resource.isStopNeeded = true;
  resource.isMigratable = false;
}

/** A failed `migrate_to`: the resource may be on either end. */
export function failedToMigrate(state: ResourceState, entry: HistoryEntry): void {
  const { scheduler, resource, node } = state;
  const ends = migrationEnds(entry, node, 'source');
  if (ends === undefined) return;
  resource.role = Role.started;
  const arrival = findOperation(scheduler, resource, ends.target, 'migrate_from', { source: ends.source, rc: ExitCode.ok });
  if (!isUnknownOn(scheduler, resource, ends.target) && !hasNewerState(scheduler, resource, ends.target, entry, arrival)) {
    const target = scheduler.findNode(ends.target);
    if (target?.isOnline === true) addRunning(scheduler, resource, target, false);
  } else if (!hasNewerOperation(scheduler, resource, ends.source, entry, true)) {
    resource.danglingMigrations.unshift(node);
  }
}

/** A failed `migrate_from`: the resource may still be on the source. */
export function failedToArrive(state: ResourceState, entry: HistoryEntry): void {
  const { scheduler, resource, node } = state;
  const ends = migrationEnds(entry, node, 'target');
  if (ends === undefined) return;
  resource.role = Role.started;
  const departure = findOperation(scheduler, resource, ends.source, 'migrate_to', { target: ends.target, rc: ExitCode.ok });
  if (isUnknownOn(scheduler, resource, ends.source) || hasNewerState(scheduler, resource, ends.source, departure, entry)) return;
  const source = scheduler.findNode(ends.source);
  if (source?.isOnline === true) addRunning(scheduler, resource, source, true);
}

interface Wanted {
  readonly source?: string;
  readonly target?: string;
  /** Exit code of an operation that is done. */
  readonly rc?: number;
}

/** Histories are searched under the full id, so that those of interchangeable instances are not found. */
function entriesOn(scheduler: Scheduler, resource: Primitive, nodeName: string): readonly HistoryEntry[] {
  const node = scheduler.nodeByName.get(nodeName.toLowerCase());
  if (node === undefined) return [];
  const state = node.history.size > 0 ? node.history.get(resource.id) : stateEntry(scheduler, node, resource.id);
  return state?.elements('lrm_rsc_op').map(readEntry) ?? [];
}

/** The history of a node whose turn has not come. */
function stateEntry(scheduler: Scheduler, node: Node, id: string): ReturnType<typeof node.history.get> {
  const state = scheduler.cib.first('status')?.elements('node_state').find((one) => one.get('uname')?.toLowerCase() === node.name.toLowerCase());
  return state?.at('lrm', 'lrm_resources')?.elements('lrm_resource').find((one) => one.id === id);
}

/**
 * The reference takes an operation only if it is the only one of its kind: a node with the result of a probe and that of a monitor for stopped
 * resources counts as one that has neither.
 */
function findOperation(scheduler: Scheduler, resource: Primitive, nodeName: string, task: string, wanted: Wanted): HistoryEntry | undefined {
  const found = entriesOn(scheduler, resource, nodeName).filter(
    (entry) =>
      entry.task === task &&
      (wanted.source === undefined || entry.xml.get('migrate_source') === wanted.source) &&
      (wanted.target === undefined || entry.xml.get('migrate_target') === wanted.target),
  );
  const [only] = found;
  if (only === undefined || found.length > 1) return undefined;
  return wanted.rc === undefined || (only.rc === wanted.rc && only.status === Execution.done) ? only : undefined;
}

const STATE_TASKS: ReadonlySet<string> = new Set(['start', 'stop', 'migrate_to', 'migrate_from']);

function hasNewerOperation(scheduler: Scheduler, resource: Primitive, nodeName: string, than: HistoryEntry, sameNode: boolean): boolean {
  return entriesOn(scheduler, resource, nodeName).some((entry) => STATE_TASKS.has(entry.task) && compareEntries(entry, than, sameNode) > 0);
}

/** Whether a node has anything newer than the migration: an operation, or a monitor that found the resource not running. */
function hasNewerState(scheduler: Scheduler, resource: Primitive, nodeName: string, departure: HistoryEntry | undefined, arrival: HistoryEntry | undefined): boolean {
  const given = departure ?? arrival;
  if (given === undefined) return false;
  const isSource = given.xml.get('migrate_source')?.toLowerCase() === nodeName.toLowerCase();
  // Call ids are the better clock, but only on one node.
  const own = isSource ? departure : arrival;
  const than = own ?? given;
  const sameNode = own !== undefined;
  if (hasNewerOperation(scheduler, resource, nodeName, than, sameNode)) return true;
  const monitor = findOperation(scheduler, resource, nodeName, 'monitor', { rc: ExitCode.notRunning });
  return monitor !== undefined && compareEntries(monitor, than, sameNode) > 0;
}

/** Whether a node has no result of the resource at all; pending operations are none. */
function isUnknownOn(scheduler: Scheduler, resource: Primitive, nodeName: string): boolean {
  return entriesOn(scheduler, resource, nodeName).every((entry) => entry.rc === ExitCode.unknown);
}
