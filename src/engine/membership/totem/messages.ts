// SPDX-License-Identifier: GPL-2.0-or-later
/** The messages of the Totem single ring protocol (membership.md, section 1.2). */

export interface RingId {
  readonly rep: number;
  readonly seq: number;
}

/** The token that carries the right to send around the ring. */
export interface OrfToken {
  readonly type: 'token';
  readonly ring: RingId;
  tokenSeq: number;
  /** Highest sequence number given to a message. */
  seq: number;
  /** All members have received everything up to here; `aruNode` is the member that holds it down, 0 when none does. */
  aru: number;
  aruNode: number;
  /** Sequence numbers somebody misses. */
  missing: number[];
  /** Messages sent in the last rotation and waiting to be sent, for flow control. */
  sentInRotation: number;
  backlog: number;
  /** Somebody still has old messages to resend (recovery only). */
  isRetransmitting: boolean;
}

export interface Mcast {
  readonly type: 'mcast';
  readonly ring: RingId;
  readonly sender: number;
  readonly seq: number;
  readonly payload: string;
  /** A message of an older ring that is resent in recovery. */
  readonly encapsulated?: { readonly ring: RingId; readonly sender: number; readonly seq: number };
}

export interface Join {
  readonly type: 'join';
  readonly sender: number;
  readonly proc: readonly number[];
  readonly failed: readonly number[];
  readonly ringSeq: number;
}

export interface Leave {
  readonly type: 'leave';
  readonly sender: number;
}

export interface CommitEntry {
  readonly id: number;
  readonly oldRing?: RingId;
  readonly aru: number;
  readonly high: number;
  readonly hasReceivedAll: boolean;
}

export interface CommitToken {
  readonly type: 'commit';
  readonly ring: RingId;
  readonly tokenSeq: number;
  readonly index: number;
  readonly members: readonly CommitEntry[];
}

export interface MergeDetect {
  readonly type: 'merge-detect';
  readonly sender: number;
  readonly ring: RingId;
}

export interface HoldCancel {
  readonly type: 'hold-cancel';
  readonly ring: RingId;
}

export type TotemMessage = OrfToken | Mcast | Join | Leave | CommitToken | MergeDetect | HoldCancel;

export function isSameRing(a: RingId, b: RingId): boolean {
  return a.rep === b.rep && a.seq === b.seq;
}
