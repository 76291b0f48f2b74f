// SPDX-License-Identifier: GPL-2.0-or-later
/** How a face (shell, tool) reaches a cluster. One interface for CIB file, shadow, embedded cluster and live Pacemaker. */
import type { CibReply, CibRequest, XmlElement } from '../cib/index.ts';
import type { PendingConfirmation, TakenBack } from '../engine/index.ts';

export type { PendingConfirmation };

export interface Backend {
  readonly kind: 'file' | 'shadow' | 'embedded' | 'live' | 'sim';
  /** The whole CIB as it is now. Rejects with a {@link BackendError} when it cannot be had. */
  query(): Promise<XmlElement>;
  /** Resolves after the change is durable (design, decision 6), or with the reason it was refused. */
  apply(request: CibRequest): Promise<CibReply>;
  /**
   * Tells the CIB and every later state of it, in order; where it is absent, look again with `query`. Resolves when the cluster is gone.
   */
  watch?(listener: (cib: XmlElement) => void): Promise<void>;
  /** Present only when something runs: a CIB file has no daemons to ask. */
  readonly cluster?: ClusterControl;
  /** Keeps the time of commits that wait to be confirmed; absent where nothing runs that could. */
  readonly confirmations?: ConfirmationStore;
  close(): Promise<void>;
}

/** The cluster's own memory of a commit that is taken back unless it is confirmed in time. */
export interface ConfirmationStore {
  /** Resolves when it stands on disk. */
  begin(pending: PendingConfirmation): Promise<void>;
  pending(): Promise<PendingConfirmation | undefined>;
  /** True when there was something to confirm; given one, only that is. */
  confirm(one?: PendingConfirmation): Promise<boolean>;
  /** What was taken back since this was asked last. */
  takenBack(): Promise<TakenBack | undefined>;
}

/** Selects operations of resources for clean-up and the like; absent fields mean "any". */
export interface OperationSelector {
  readonly resource?: string;
  readonly node?: string;
  readonly operation?: string;
  readonly intervalMs?: number;
}

export interface AttributeUpdate {
  readonly name: string;
  /** undefined deletes the attribute. */
  readonly value: string | undefined;
  readonly node: string;
  readonly dampeningMs?: number;
  readonly set?: string;
  readonly isPrivate?: boolean;
}

export interface NodeStatus {
  readonly name: string;
  readonly id: string;
  readonly state: 'online' | 'offline' | 'pending' | 'unclean';
  readonly isDc: boolean;
}

export interface ClusterStatus {
  readonly nodes: readonly NodeStatus[];
  readonly dc: string | undefined;
  readonly hasQuorum: boolean;
  /** No transition runs and none is due: what was asked for has happened or cannot. */
  readonly isIdle: boolean;
}

export interface FencingEvent {
  readonly target: string;
  readonly action: string;
  readonly device: string | undefined;
  readonly origin: string;
  readonly client: string;
  readonly state: 'success' | 'failed' | 'pending';
  readonly epochMs: number;
  readonly exitReason?: string;
}

/** Requests to the daemons of a running cluster. Each resolves when the daemons have accepted or finished it, as stated. */
export interface ClusterControl {
  /** Name of the node the caller stands on (an agent's own node), else the DC. */
  localNode(): Promise<string>;
  status(): Promise<ClusterStatus>;
  /** Resolves after the attribute manager took the value (before dampening ends). */
  setAttribute(update: AttributeUpdate): Promise<void>;
  getAttribute(name: string, node: string): Promise<string | undefined>;
  /** Forgets history (failures only with `failedOnly`) and re-probes; resolves when the probes are reported. */
  forget(selector: OperationSelector, failedOnly: boolean): Promise<void>;
  /** Reports a failure from outside, as `crm_resource --fail`. */
  fail(resource: string, node: string): Promise<void>;
  /** Runs fencing; resolves with its end. */
  fence(node: string, action: 'off' | 'on' | 'reboot'): Promise<FencingEvent>;
  /** Declares a node safely down by hand. */
  confirmDown(node: string): Promise<void>;
  fencingHistory(node?: string): Promise<readonly FencingEvent[]>;
  /** Resolves true when idle, false when the time ran out. */
  waitIdle(timeoutMs: number): Promise<boolean>;
  /** What agents of a node get as their environment, where its programs run on this machine; undefined when it is off. */
  surroundings?(node: string): Promise<ReadonlyMap<string, string> | undefined>;
  /** Power loss of a node (fault injection). */
  kill(node: string): Promise<void>;
  boot(node: string): Promise<void>;
  /** Orderly stop of one node. */
  shutdown(node: string): Promise<void>;
}

/** A cluster or CIB that cannot be reached or read; `code` is a crm exit code. */
export class BackendError extends Error {
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.name = 'BackendError';
    this.code = code;
  }
}
