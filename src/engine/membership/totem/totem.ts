// SPDX-License-Identifier: GPL-2.0-or-later
/** The Totem single ring protocol as a membership provider: one member's machine and its door. */
import type { Platform } from '../../../platform/index.ts';
import type { Membership, MembershipListener } from '../membership.ts';
import { enterCommit, receiveCommit } from './commit.ts';
import { TotemCore } from './core.ts';
import { Frames } from './frames.ts';
import { enterGather, isAcceptable, receiveJoin, receiveLeave } from './gather.ts';
import { isSameRing, type TotemMessage } from './messages.ts';
import { noticeForeignRing, receiveMcast } from './operational.ts';
import type { TotemSettings } from './timing.ts';
import { receiveToken, releaseToken } from './token.ts';

export interface TotemSetup {
  readonly me: number;
  readonly clusterName: string;
  /** Shared by all nodes of the cluster; frames made with another are not heard. */
  readonly key: string;
  /** How many nodes are configured at this moment. */
  nodeCount(): number;
  /** Holds the highest ring number this node has used. */
  readonly ringFile: string;
  readonly settings: TotemSettings;
}

export interface RingView {
  readonly state: string;
  readonly ringId: string;
  readonly members: readonly number[];
  readonly aru: number;
  readonly seq: number;
  /** Handed to the daemons of this node. */
  readonly delivered: number;
  /** Messages of this node that wait for the token. */
  readonly queued: number;
}

export class Totem implements Membership {
  readonly me: number;
  private readonly platform: Platform;
  private readonly setup: TotemSetup;
  private core: TotemCore | undefined;
  private readonly frames: Frames;

  constructor(platform: Platform, setup: TotemSetup) {
    this.me = setup.me;
    this.platform = platform;
    this.setup = setup;
    this.frames = new Frames(setup.clusterName, setup.key);
  }

  start(listener: MembershipListener): void {
    const { frames, platform, setup } = this;
    const endpoint = platform.network.attach(this.me, (_from, text) => this.receive(text));
    const core = new TotemCore({ ...setup, platform, endpoint, frames, listener });
    this.core = core;
    enterGather(core, 'start');
  }

  broadcast(payload: string, first = false): void {
    const { core } = this;
    if (core === undefined) return;
    if (first) core.outgoing.unshift(payload);
    else core.outgoing.push(payload);
    if (core.state !== 'operational') return;
    if (core.held !== undefined) releaseToken(core);
    else if (core.visit.idleVisits > 0) core.broadcast({ type: 'hold-cancel', ring: core.ring.id });
  }

  leave(): void {
    this.core?.broadcast({ type: 'leave', sender: this.me });
    this.core?.stop();
    this.core = undefined;
  }

  /** What an inspector shows: state of the machine, ring, members, received up to, highest seen. */
  get view(): RingView | undefined {
    const { core } = this;
    if (core === undefined) return undefined;
    const { id, members, aru, high, delivered } = core.ring;
    return { state: core.state, ringId: `${id.rep}.${id.seq}`, members, aru, seq: high, delivered, queued: core.outgoing.length };
  }

  private receive(text: string): void {
    const message = this.core === undefined ? undefined : this.frames.decode(text);
    if (this.core !== undefined && message !== undefined) this.handle(this.core, message);
  }

  private handle(core: TotemCore, message: TotemMessage): void {
    switch (message.type) {
      case 'token':
        return receiveToken(core, message);
      case 'mcast':
        return receiveMcast(core, message);
      case 'join':
        return receiveJoin(core, message);
      case 'leave':
        return receiveLeave(core, message.sender);
      case 'commit':
        if (core.state !== 'gather') return receiveCommit(core, message);
        return isAcceptable(core, message) ? enterCommit(core, message) : undefined;
      case 'merge-detect':
        return noticeForeignRing(core, message.sender, message.ring);
      case 'hold-cancel':
        if (!isSameRing(message.ring, core.ring.id)) return;
        core.visit.idleVisits = 0;
        return releaseToken(core);
    }
  }
}
