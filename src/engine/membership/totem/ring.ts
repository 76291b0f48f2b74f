// SPDX-License-Identifier: GPL-2.0-or-later
/** One ring as a member knows it: who belongs to it and what it has received and delivered of it. */
import type { Mcast, RingId } from './messages.ts';

export class Ring {
  readonly id: RingId;
  readonly members: readonly number[];
  /** Everything up to here has been received. */
  aru = 0;
  /** Highest sequence number seen. */
  high = 0;
  delivered = 0;
  private readonly received = new Map<number, Mcast>();
  private readonly misses = new Map<number, number>();
  private freed = 0;

  constructor(id: RingId, members: readonly number[]) {
    this.id = id;
    this.members = members;
  }

  get(seq: number): Mcast | undefined {
    return this.received.get(seq);
  }

  /** False when it was known already. */
  add(message: Mcast, seq = message.seq): boolean {
    if (seq <= this.freed || this.received.has(seq)) return false;
    this.received.set(seq, message);
    this.misses.delete(seq);
    this.high = Math.max(this.high, seq);
    while (this.received.has(this.aru + 1)) this.aru++;
    return true;
  }

  /** Counts one token visit for each hole up to `seq`; gives those that have been missing long enough. */
  overdue(seq: number, patience: number): number[] {
    const found: number[] = [];
    for (let hole = this.aru + 1; hole <= seq; hole++) {
      if (this.received.has(hole)) continue;
      const count = (this.misses.get(hole) ?? 0) + 1;
      this.misses.set(hole, count);
      if (count >= patience) found.push(hole);
    }
    return found;
  }

  /** Forgets what every member has. */
  free(upTo: number): void {
    for (; this.freed < upTo; this.freed++) this.received.delete(this.freed + 1);
  }

  /** The next message in order, if it has arrived. */
  peekNext(): Mcast | undefined {
    return this.received.get(this.delivered + 1);
  }

  /** The next message in order, if it has arrived; moves on. */
  takeNext(): Mcast | undefined {
    if (this.delivered >= this.aru) return undefined;
    this.delivered++;
    return this.received.get(this.delivered);
  }
}
