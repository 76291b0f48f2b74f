// SPDX-License-Identifier: GPL-2.0-or-later
/** Datagrams with seeded delay, loss and duplication between nodes that may be cut off from one another. */
import type { Endpoint, Network, RandomStream } from '../platform.ts';

export interface NetworkFaults {
  readonly delayMs: { readonly least: number; readonly most: number };
  /** Chance that a datagram is lost. */
  readonly loss: number;
  /** Chance that it arrives twice. */
  readonly duplication: number;
}

export class SimulatedNetwork implements Network {
  faults: NetworkFaults = { delayMs: { least: 0.1, most: 1 }, loss: 0, duplication: 0 };
  private readonly receivers = new Map<number, (from: number, text: string) => void>();
  private cuts: ReadonlyMap<number, number> = new Map();
  private readonly random: RandomStream;
  private readonly later: (delayMs: number, label: string, run: () => void) => void;

  constructor(random: RandomStream, later: (delayMs: number, label: string, run: () => void) => void) {
    this.random = random;
    this.later = later;
  }

  /** Only nodes of one group hear each other; nodes not named share a group of their own. An empty list heals. */
  partition(groups: ReadonlyArray<readonly number[]>): void {
    this.cuts = new Map(groups.flatMap((group, side) => group.map((node): [number, number] => [node, side])));
  }

  attach(nodeId: number, receive: (from: number, text: string) => void): Endpoint {
    this.receivers.set(nodeId, receive);
    return {
      send: (to, text) => this.transmit(nodeId, to, text),
      broadcast: (text) => {
        for (const to of [...this.receivers.keys()].sort((a, b) => a - b)) this.transmit(nodeId, to, text);
      },
      detach: () => {
        if (this.receivers.get(nodeId) === receive) this.receivers.delete(nodeId);
      },
    };
  }

  private transmit(from: number, to: number, text: string): void {
    const { delayMs, loss, duplication } = this.faults;
    if (from !== to && this.random.fraction() < loss) return;
    const copies = from !== to && this.random.fraction() < duplication ? 2 : 1;
    for (let i = 0; i < copies; i++) {
      const delay = delayMs.least + this.random.fraction() * (delayMs.most - delayMs.least);
      this.later(delay, 'datagram', () => {
        if (this.isConnected(from, to)) this.receivers.get(to)?.(from, text);
      });
    }
  }

  private isConnected(from: number, to: number): boolean {
    return from === to || this.cuts.get(from) === this.cuts.get(to);
  }
}
