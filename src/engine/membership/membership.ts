// SPDX-License-Identifier: GPL-2.0-or-later
/** What the rest of a node needs from a membership stack, whichever it is: agreed members and totally ordered messages. */

export interface ClusterNode {
  readonly id: number;
  readonly name: string;
}

/** An agreed set of members. Two nodes that share two consecutive configurations have delivered the same messages between. */
export interface Configuration {
  /** Unique in the life of the cluster; `sequence` only grows on every node. */
  readonly ring: string;
  readonly sequence: number;
  readonly members: readonly number[];
  readonly joined: readonly number[];
  readonly left: readonly number[];
}

export interface MembershipListener {
  /** Messages come in the same order on all members, the sender included. */
  deliver(sender: number, payload: string): void;
  configuration(change: Configuration): void;
}

export interface Membership {
  readonly me: number;
  start(listener: MembershipListener): void;
  /** `first` overtakes what is queued: it becomes the first message of this node in a configuration. */
  broadcast(payload: string, first?: boolean): void;
  /** Tells the others that this is no failure, and stops. */
  leave(): void;
}
