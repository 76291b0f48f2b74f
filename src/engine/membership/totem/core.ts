// SPDX-License-Identifier: GPL-2.0-or-later
/** What the states of the Totem machine share: the present ring, the lists of gathering, timers and sending. */
import type { Endpoint, Platform, Timer } from '../../../platform/index.ts';
import type { MembershipListener } from '../membership.ts';
import type { Frames } from './frames.ts';
import type { CommitToken, Mcast, OrfToken, RingId, TotemMessage } from './messages.ts';
import { Ring } from './ring.ts';
import { totemTiming, type TotemSettings, type TotemTiming } from './timing.ts';

export type TotemTimer = 'token-loss' | 'token-retransmit' | 'hold' | 'join' | 'consensus' | 'merge-detect';

const DECLARES_LOSS: ReadonlySet<TotemTimer> = new Set(['token-loss', 'consensus']);

/** What is waiting to be sent: new messages, or in recovery those of the old ring. */
export type Encapsulated = Pick<Mcast, 'payload'> & { readonly encapsulated: NonNullable<Mcast['encapsulated']> };

export interface CoreSetup {
  readonly me: number;
  readonly settings: TotemSettings;
  /** How many nodes are configured at this moment. */
  nodeCount(): number;
  readonly platform: Platform;
  readonly endpoint: Endpoint;
  readonly frames: Frames;
  readonly ringFile: string;
  readonly listener: MembershipListener;
}

export class TotemCore {
  state: 'gather' | 'commit' | 'recovery' | 'operational' = 'gather';
  /** The ring in use; while recovering the one that is being formed. */
  ring: Ring;
  /** The ring whose configuration the application saw last. */
  oldRing: Ring;
  proc = new Set<number>();
  failed = new Set<number>();
  consensus = new Set<number>();
  /** This node could not receive and forms a ring of its own. */
  hasGivenUp = false;
  highestRingSeq: number;
  outgoing: string[] = [];
  recoveryOutgoing: Encapsulated[] = [];
  commit: CommitToken | undefined;
  transitional: readonly number[] = [];
  /** Token bookkeeping, reset with each ring. */
  visit = freshVisit();
  held: OrfToken | undefined;
  lastSent: { readonly to: number; readonly message: OrfToken | CommitToken } | undefined;

  readonly me: number;
  readonly listener: MembershipListener;
  private readonly platform: Platform;
  private readonly endpoint: Endpoint;
  private readonly frames: Frames;
  private readonly ringFile: string;
  private readonly setup: CoreSetup;
  private readonly timers = new Map<TotemTimer, Timer>();

  constructor(setup: CoreSetup) {
    this.setup = setup;
    this.me = setup.me;
    this.platform = setup.platform;
    this.endpoint = setup.endpoint;
    this.frames = setup.frames;
    this.ringFile = setup.ringFile;
    this.listener = setup.listener;
    const stored = Number(this.platform.disk.read(this.ringFile) ?? '0');
    this.highestRingSeq = Number.isSafeInteger(stored) && stored > 0 ? stored : 0;
    this.ring = new Ring({ rep: this.me, seq: this.highestRingSeq }, [this.me]);
    this.oldRing = this.ring;
  }

  /** Nodes are added and removed while the ring turns: every timer that is started follows, as after a reload of corosync. */
  get timing(): TotemTiming {
    return totemTiming(this.setup.settings, this.setup.nodeCount());
  }

  /** A new ring must not carry a number that was used before, even after a power cut. */
  storeRingSeq(id: RingId): void {
    this.highestRingSeq = Math.max(this.highestRingSeq, id.seq);
    const { disk } = this.platform;
    disk.write(`${this.ringFile}.new`, `${this.highestRingSeq}\n`);
    disk.sync(`${this.ringFile}.new`);
    disk.rename(`${this.ringFile}.new`, this.ringFile);
    disk.syncDirectory(this.ringFile.slice(0, this.ringFile.lastIndexOf('/')));
  }

  send(to: number, message: TotemMessage): void {
    this.endpoint.send(to, this.frames.encode(message));
  }

  broadcast(message: TotemMessage): void {
    this.endpoint.broadcast(this.frames.encode(message));
  }

  /** The member after this one; a single member follows itself. */
  next(members: readonly number[]): number {
    return members[(members.indexOf(this.me) + 1) % members.length]!;
  }

  /**
   * A wait that ends in declaring others lost is made in steps: each needs a turn of the loop in which what has arrived is
   * heard, so a process that slept, or a machine that hardly gives it time, takes no silence of its own for theirs.
   */
  startTimer(name: TotemTimer, delayMs: number, handler: () => void): void {
    this.stopTimer(name);
    const steps = DECLARES_LOSS.has(name) ? this.timing.patienceSteps : 1;
    this.waitSteps(name, steps, delayMs / steps, handler);
  }

  private waitSteps(name: TotemTimer, steps: number, stepMs: number, handler: () => void): void {
    const next = steps > 1 ? (): void => this.waitSteps(name, steps - 1, stepMs, handler) : handler;
    this.timers.set(name, this.platform.after(`totem/${name}`, stepMs, next));
  }

  stopTimer(...names: readonly TotemTimer[]): void {
    for (const name of names) this.timers.get(name)?.cancel();
  }

  log(text: string): void {
    this.platform.log('info', 'totem', text);
  }

  stop(): void {
    // Ends deliveries that are under way.
    this.state = 'gather';
    for (const timer of this.timers.values()) timer.cancel();
    this.endpoint.detach();
  }
}

export function freshVisit(): {
  tokenSeq: number;
  lastSeq: number;
  lastAru: number;
  idleVisits: number;
  aruVisits: number;
  sent: number;
  backlog: number;
  hasSetRetransmitting: boolean;
  quietVisits: number;
  installSeq: number;
  hasReceivedAll: boolean;
  rotations: number;
} {
  return {
    tokenSeq: -1,
    lastSeq: -1,
    lastAru: 0,
    idleVisits: 0,
    aruVisits: 0,
    sent: 0,
    backlog: 0,
    hasSetRetransmitting: false,
    quietVisits: 0,
    installSeq: 0,
    hasReceivedAll: false,
    rotations: 0,
  };
}

export function sorted(nodes: Iterable<number>): number[] {
  return [...nodes].sort((a, b) => a - b);
}
