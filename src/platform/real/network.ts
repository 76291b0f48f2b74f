// SPDX-License-Identifier: GPL-2.0-or-later
/** Datagrams between the nodes that one process hosts: a hub that delivers on a later turn of the loop, in order. */
import type { Endpoint, Network } from '../platform.ts';

export class HubNetwork implements Network {
  private readonly receivers = new Map<number, (from: number, text: string) => void>();

  attach(nodeId: number, receive: (from: number, text: string) => void): Endpoint {
    this.receivers.set(nodeId, receive);
    const deliver = (to: number, text: string): void => {
      setImmediate(() => this.receivers.get(to)?.(nodeId, text));
    };
    return {
      send: deliver,
      broadcast: (text) => {
        for (const to of [...this.receivers.keys()].sort((a, b) => a - b)) deliver(to, text);
      },
      detach: () => {
        if (this.receivers.get(nodeId) === receive) this.receivers.delete(nodeId);
      },
    };
  }
}
