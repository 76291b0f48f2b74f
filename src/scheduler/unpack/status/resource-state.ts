// SPDX-License-Identifier: GPL-2.0-or-later
/** What is known while the history of one resource on one node is read, operation by operation. */
import { Role, topResource, type Node, type Primitive, type Scheduler } from '../../model/index.ts';
import type { OnFail } from '../../order/on-fail.ts';
import type { HistoryEntry } from './history-entry.ts';

export interface ResourceState {
  readonly scheduler: Scheduler;
  readonly resource: Primitive;
  readonly node: Node;
  /** The most severe consequence of failures so far. */
  onFail: OnFail;
  lastFailure: HistoryEntry | undefined;
  /** Entries whose digest must not match, so that a recurring operation is started anew. */
  readonly rescheduled: Set<HistoryEntry>;
}

/** One operation while it is interpreted: its result may be read as another than the one recorded. */
export interface Interpretation {
  readonly entry: HistoryEntry;
  rc: number;
  status: number;
  readonly isExpired: boolean;
}

/** The role of a resource that is found active. */
export function becomeActive(resource: Primitive): void {
  resource.role = topResource(resource).isPromotable ? Role.unpromoted : Role.started;
}

/** What is banned for a failure: an instance alone if it can be told from the others, else the whole clone. */
export function failureScope(resource: Primitive): ReturnType<typeof topResource> {
  return resource.isUnique ? resource : topResource(resource);
}

/** Notes a failed operation for reports, once for each key and node. */
export function recordFailure({ scheduler, resource, node }: ResourceState, entry: HistoryEntry): void {
  if (!node.isOnline) return;
  const key = entry.xml.get('operation_key') ?? entry.id;
  const isKnown = scheduler.failedOperations.some((other) => other.node === node && (other.entry.get('operation_key') ?? other.entry.id) === key);
  if (!isKnown) scheduler.failedOperations.push({ resource, node, entry: entry.xml });
}
