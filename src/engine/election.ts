// SPDX-License-Identifier: GPL-2.0-or-later
/** The election of one node by votes (engine.md, section 5): lower feature set, then longer life, then lower name wins. */
import { compareVersions } from '../cib/index.ts';
import type { Platform, Timer } from '../platform/index.ts';

export interface Vote {
  readonly kind: 'vote';
  readonly round: number;
  readonly featureSet: string;
  /**
   * Sequence of the first configuration of the voter's life: smaller is older. Pacemaker compares processor time used; a
   * number that stands still cannot make two voters each look older to the other.
   */
  readonly born: number;
}

export interface NoVote {
  readonly kind: 'no-vote';
  readonly round: number;
  readonly starter: number;
}

export interface ElectionSetup {
  readonly me: number;
  readonly featureSet: string;
  nameOf(node: number): string;
  send(message: Vote | NoVote): void;
  /** A round of this node's own has begun. */
  started(): void;
  won(): void;
  /** Somebody better is there. */
  lost(): void;
}

/** A node that lost a moment ago does not start a round of its own at once. */
const LOSS_DAMPENING_MS = 2000;
const TIMEOUT_MS = 120_000;

export class Election {
  private round = 0;
  private voted: Set<number> | undefined;
  private members: readonly number[] = [];
  private lostAtMs = Number.NEGATIVE_INFINITY;
  private timer: Timer | undefined;
  private born = Number.MAX_SAFE_INTEGER;
  private readonly platform: Platform;
  private readonly setup: ElectionSetup;

  constructor(platform: Platform, setup: ElectionSetup) {
    this.platform = platform;
    this.setup = setup;
  }

  get isRunning(): boolean {
    return this.voted !== undefined;
  }

  /** Asks everybody; won when all present members have given way. */
  start(): void {
    this.round++;
    this.voted = new Set([this.setup.me]);
    this.setup.started();
    this.timer?.cancel();
    this.timer = this.platform.after('election-timeout', TIMEOUT_MS, () => this.win());
    this.setup.send({ kind: 'vote', round: this.round, featureSet: this.setup.featureSet, born: this.born });
    this.count();
  }

  updateMembers(members: readonly number[], sequence: number): void {
    this.members = members;
    this.born = Math.min(this.born, sequence);
    if (this.voted !== undefined) this.count();
  }

  receive(sender: number, message: Vote | NoVote): void {
    if (message.kind === 'no-vote') {
      if (message.starter !== this.setup.me || message.round !== this.round || this.voted === undefined) return;
      this.voted.add(sender);
      return this.count();
    }
    if (sender === this.setup.me) return;
    // A loser keeps still for a moment, unless it has been asked to stand again: of two that keep still none would win.
    const isRecentLoser = this.voted === undefined && this.platform.clock.monotonicMs() - this.lostAtMs < LOSS_DAMPENING_MS;
    if (this.beats(sender, message) && !isRecentLoser) {
      // A new round also when one is running: the voter may have come after its vote.
      this.start();
      return;
    }
    this.stop();
    this.lostAtMs = this.platform.clock.monotonicMs();
    this.setup.send({ kind: 'no-vote', round: message.round, starter: sender });
    this.setup.lost();
  }

  stop(): void {
    this.voted = undefined;
    this.timer?.cancel();
  }

  private count(): void {
    if (this.voted === undefined || !this.members.includes(this.setup.me)) return;
    if (this.members.every((node) => this.voted?.has(node))) this.win();
  }

  private win(): void {
    this.stop();
    this.setup.won();
  }

  private beats(other: number, vote: Vote): boolean {
    const featureSets = compareVersions(this.setup.featureSet, vote.featureSet);
    if (featureSets !== 0) return featureSets < 0;
    if (this.born !== vote.born) return this.born < vote.born;
    return this.setup.nameOf(this.setup.me).toLowerCase() < this.setup.nameOf(other).toLowerCase();
  }
}
