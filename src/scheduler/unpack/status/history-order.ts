// SPDX-License-Identifier: GPL-2.0-or-later
/** The order in which a resource's operations ran, and which of them say that it is active. */
import type { XmlElement } from '../../../cib/index.ts';
import { sortList } from '../../model/index.ts';
import { Execution, ExitCode, parseMagic, readEntry, type HistoryEntry } from './history-entry.ts';

/** Operations of an `lrm_resource`, oldest first. */
export function sortedEntries(entry: XmlElement): HistoryEntry[] {
  const entries = entry.elements('lrm_rsc_op').map(readEntry);
  if (entries.length < 2) return entries;
  // Entries are collected newest first before the stable sort, which decides among equals.
  return sortList(entries.reverse(), compareEntries);
}

/** Negative when `a` ran before `b`; entries that do not name their node are of one node unless said otherwise. */
export function compareEntries(a: HistoryEntry, b: HistoryEntry, assumeSameNode = true): number {
  const sameNode = areOfOneNode(a, b) ?? assumeSameNode;
  if (sameNode && a.id === b.id) return 0;
  const [callA, callB] = [a.callId, b.callId];
  if (callA === -1 && callB === -1) return 0;
  if (callA >= 0 && callB >= 0) {
    if (sameNode && callA !== callB) return callA - callB;
    // A time that was not recorded tells nothing.
    return a.lastChange === undefined || b.lastChange === undefined ? 0 : a.lastChange - b.lastChange;
  }
  return comparePending(a, b);
}

function areOfOneNode(a: HistoryEntry, b: HistoryEntry): boolean | undefined {
  const [nodeA, nodeB] = [a.xml.get('on_node'), b.xml.get('on_node')];
  return nodeA === undefined || nodeB === undefined ? undefined : nodeA.toLowerCase() === nodeB.toLowerCase();
}

/** One of the two is pending and has no call id; the transition that asked for it tells its age. */
function comparePending(a: HistoryEntry, b: HistoryEntry): number {
  const keyA = parseMagic(a.xml.get('transition-magic'));
  const keyB = parseMagic(b.xml.get('transition-magic'));
  if (keyA === undefined || keyB === undefined) return 0;
  if (keyA.uuid !== keyB.uuid || keyA.transition === keyB.transition) return a.callId === -1 ? 1 : -1;
  if ((keyA.transition >= 0 && keyA.transition < keyB.transition) || keyB.transition === -1) return -1;
  return 1;
}

/** Indexes of the last successful stop and of the operation since which the resource is active; -1 for none. */
export interface ActiveRange {
  readonly stop: number;
  readonly start: number;
}

export function activeRange(entries: readonly HistoryEntry[]): ActiveRange {
  let stop = -1;
  let start = -1;
  let impliedMonitor = -1;
  let impliedClone = -1;
  entries.forEach((entry, index) => {
    if (entry.task === 'stop' && entry.status === Execution.done) stop = index;
    else if (entry.task === 'start' || entry.task === 'migrate_from') start = index;
    else if (impliedMonitor <= stop && entry.task === 'monitor') {
      if (entry.rc === ExitCode.ok || entry.rc === ExitCode.promoted) impliedMonitor = index;
    } else if (entry.task === 'promote' || entry.task === 'demote') impliedClone = index;
  });
  if (start === -1) start = impliedClone !== -1 ? impliedClone : impliedMonitor;
  return { stop, start };
}

/** Recurring operations of the active range, in order; none when the resource was stopped last. */
export function* activeEntries(entries: readonly HistoryEntry[]): IterableIterator<HistoryEntry> {
  const { stop, start } = activeRange(entries);
  const from = start < stop ? stop + 1 : start;
  for (let i = Math.max(from, 0); i < entries.length; i++) yield entries[i]!;
}
