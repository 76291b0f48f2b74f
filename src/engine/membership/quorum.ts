// SPDX-License-Identifier: GPL-2.0-or-later
/** votequorum: whether the present members may decide for the cluster (membership.md, section 1.10). */
import type { Disk } from '../../platform/index.ts';

export interface QuorumSettings {
  readonly expectedVotes: number;
  readonly isTwoNode?: boolean;
  readonly waitForAll?: boolean;
  readonly autoTieBreaker?: boolean;
  readonly lastManStanding?: boolean;
}

export interface QuorumState {
  readonly isQuorate: boolean;
  readonly votes: number;
  readonly expectedVotes: number;
  readonly needed: number;
}

export class VoteQuorum {
  state: QuorumState;
  private expectedVotes: number;
  private isWaitingForAll: boolean;
  private members: readonly number[] = [];
  private readonly settings: QuorumSettings;
  private readonly disk: Disk;
  private readonly waitFile: string;

  constructor(settings: QuorumSettings, disk: Disk, waitFile: string) {
    this.settings = settings;
    this.disk = disk;
    this.waitFile = waitFile;
    this.expectedVotes = settings.expectedVotes;
    const waits = settings.waitForAll ?? settings.isTwoNode ?? false;
    // Kept on disk, so that a rebooted node alone does not take part in a decision it knows nothing of.
    this.isWaitingForAll = waits && (disk.read(waitFile) ?? 'waiting').trim() !== 'seen';
    this.state = { isQuorate: false, votes: 0, expectedVotes: this.expectedVotes, needed: this.needed() };
  }

  /** A new configuration; every node has one vote. */
  update(members: readonly number[]): QuorumState {
    const votes = members.length;
    this.expectedVotes = Math.max(this.expectedVotes, votes);
    if (this.isWaitingForAll && votes >= this.expectedVotes) {
      this.isWaitingForAll = false;
      this.disk.write(this.waitFile, 'seen\n');
    }
    const isEnough = votes >= this.needed() || this.breaksTie(members);
    this.state = { isQuorate: isEnough && !this.isWaitingForAll, votes, expectedVotes: this.expectedVotes, needed: this.needed() };
    this.members = members;
    return this.state;
  }

  /** Nodes have left the cluster for good: so many votes are all there are. Those of new nodes count as they come. */
  expect(votes: number): QuorumState {
    this.expectedVotes = votes;
    return this.update(this.members);
  }

  /** After `last_man_standing_window`: the present votes are all there are, down to two. */
  shrink(): QuorumState {
    if (this.settings.lastManStanding === true && this.state.isQuorate && this.members.length >= 2) this.expectedVotes = this.members.length;
    return this.update(this.members);
  }

  private needed(): number {
    if (this.settings.isTwoNode === true && this.expectedVotes === 2) return 1;
    return Math.floor(this.expectedVotes / 2) + 1;
  }

  /** Exactly half of a quorate cluster stays quorate with the lowest node of those that were there. */
  private breaksTie(members: readonly number[]): boolean {
    if (this.settings.autoTieBreaker !== true || !this.state.isQuorate || members.length * 2 !== this.expectedVotes) return false;
    return members.includes(Math.min(...this.members));
  }
}
