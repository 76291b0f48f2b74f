// SPDX-License-Identifier: GPL-2.0-or-later
/** Fail counts: node attributes `fail-count-NAME#OP_INTERVAL`, summed over the operations of a resource. */
import { addScores, intervalMs, msToSeconds, parseInteger, parseScore, type XmlElement } from '../../../cib/index.ts';
import { withoutInstance, type Node, type Primitive, type Resource, type Scheduler } from '../../model/index.ts';
import { readEntry, type HistoryEntry } from './history-entry.ts';

interface Failures {
  count: number;
  last: number;
}

/** Failures by name with instance number, and by name without. */
interface FailureIndex {
  readonly size: number;
  readonly exact: ReadonlyMap<string, Failures>;
  readonly stripped: ReadonlyMap<string, Failures>;
}

export interface FailCountQuery {
  /** Whether failures that have expired count. */
  readonly effective: boolean;
  /** Whether failures of what the resource launched count. */
  readonly launched?: boolean;
  /** Look only at this entry to find out whether a failure blocks. */
  readonly entry?: HistoryEntry;
}

export interface FailCount {
  readonly count: number;
  /** Seconds since the epoch, 0 when unknown. */
  readonly lastFailure: number;
}

export function failCount(scheduler: Scheduler, resource: Resource, node: Node, query: FailCountQuery): FailCount {
  const own = failuresOf(resource, node);
  let { count } = own;
  let lastFailure = own.last;
  if (count > 0 && resource.failureTimeoutMs > 0 && resource.kind === 'primitive' && isBlocked(resource, node, query.entry)) resource.failureTimeoutMs = 0;
  if (query.effective && count > 0 && lastFailure > 0 && resource.failureTimeoutMs > 0) {
    if (scheduler.now > lastFailure + msToSeconds(resource.failureTimeoutMs)) count = 0;
  }
  if (query.launched !== true || resource.isInBundle) return { count, lastFailure };
  for (const other of resource.launched) {
    const theirs = failCount(scheduler, other, node, query);
    count += theirs.count;
    lastFailure = Math.max(lastFailure, theirs.lastFailure);
  }
  return { count, lastFailure };
}

/** Whether a node has recorded any failure at all. */
export function hasFailures(node: Node): boolean {
  return indexOf(node).stripped.size > 0;
}

const indexes = new WeakMap<Node, FailureIndex>();
const NONE: Failures = { count: 0, last: 0 };

function failuresOf(resource: Resource, node: Node): Failures {
  const index = indexOf(node);
  if (index.stripped.size === 0) return NONE;
  const name = resource.historyName ?? resource.id;
  return (resource.isUnique ? index.exact.get(name) : index.stripped.get(withoutInstance(name))) ?? NONE;
}

/** Attributes are only ever added to a node while the status is read, so their number tells whether the index is stale. */
function indexOf(node: Node): FailureIndex {
  const known = indexes.get(node);
  if (known !== undefined && known.size === node.attributes.size) return known;
  const exact = new Map<string, Failures>();
  const stripped = new Map<string, Failures>();
  for (const [name, value] of node.attributes) {
    const match = NAME.exec(name);
    if (match === null) continue;
    const isCount = match[1] === 'fail-count';
    for (const [table, key] of [[exact, match[2]!], [stripped, withoutInstance(match[2]!)]] as const) {
      const entry = table.get(key) ?? { count: 0, last: 0 };
      if (isCount) entry.count = addScores(entry.count, parseScore(value) ?? 0);
      else entry.last = Math.max(entry.last, parseInteger(value) ?? 0);
      table.set(key, entry);
    }
  }
  const index = { size: node.attributes.size, exact, stripped };
  indexes.set(node, index);
  return index;
}

const NAME = /^(fail-count|last-failure)-(.+)#.+_\d+$/;

/** Whether an operation that is configured to block on failure is the one that failed. */
function isBlocked(resource: Primitive, node: Node, entry: HistoryEntry | undefined): boolean {
  const blocking = resource.operations.filter((operation) => operation.get('on-fail') === 'block');
  if (blocking.length === 0) return false;
  const id = resource.xml.id ?? resource.id;
  const entries = entry === undefined ? (node.history.get(id)?.elements('lrm_rsc_op').map(readEntry) ?? []) : [entry];
  return blocking.some((operation) => entries.some((one) => isFailureOf(id, operation, one)));
}

function isFailureOf(id: string, operation: XmlElement, entry: HistoryEntry): boolean {
  const name = operation.get('name') ?? '';
  const interval = intervalMs(operation.get('interval'));
  if (interval !== entry.intervalMs || name.toLowerCase() !== entry.task.toLowerCase()) return false;
  if (entry.id === `${id}_last_failure_0`) return true;
  return entry.id === `${id}_${name}_${interval}` && (entry.rc ?? 0) !== entry.targetRc;
}
