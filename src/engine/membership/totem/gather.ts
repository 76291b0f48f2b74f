// SPDX-License-Identifier: GPL-2.0-or-later
/** Gather: agreeing with everybody in reach on who will form the next ring (membership.md, sections 1.5 and 1.6). */
import { enterCommit } from './commit.ts';
import { sorted, type TotemCore } from './core.ts';
import type { CommitToken, Join } from './messages.ts';
import { RING_STEP } from './timing.ts';

export function enterGather(core: TotemCore, reason: string): void {
  if (core.state === 'operational') core.log(`entering gather: ${reason}`);
  if (core.state === 'recovery' || core.state === 'commit') core.ring = core.oldRing;
  core.state = 'gather';
  core.held = undefined;
  core.lastSent = undefined;
  core.stopTimer('token-loss', 'token-retransmit', 'hold', 'merge-detect');
  core.proc.add(core.me);
  core.consensus = new Set([core.me]);
  sendJoin(core);
  core.startTimer('consensus', core.timing.consensusMs, () => consensusTimeout(core));
}

function sendJoin(core: TotemCore): void {
  core.broadcast({ type: 'join', sender: core.me, proc: sorted(core.proc), failed: sorted(core.failed), ringSeq: core.highestRingSeq });
  core.startTimer('join', core.timing.joinMs, () => sendJoin(core));
}

function consensusTimeout(core: TotemCore): void {
  if (hasConsensus(core)) {
    // Agreed, but the representative's commit token does not come.
    core.consensus = new Set([core.me]);
    core.startTimer('consensus', core.timing.tokenMs, () => consensusTimeout(core));
    return;
  }
  for (const node of expected(core)) if (!core.consensus.has(node)) core.failed.add(node);
  enterGather(core, 'no consensus');
}

export function receiveJoin(core: TotemCore, join: Join): void {
  core.highestRingSeq = Math.max(core.highestRingSeq, join.ringSeq);
  if (core.state === 'gather') return processJoin(core, join);
  if (join.sender === core.me) return;
  const isMember = core.ring.members.includes(join.sender);
  if (core.state === 'operational') {
    if (join.failed.includes(core.me) || (isMember && join.ringSeq < core.ring.id.seq)) return;
    processJoin(core, join);
    if (core.state === 'operational') enterGather(core, `join from node ${join.sender}`);
    return;
  }
  if (!isMember || join.ringSeq < core.ring.id.seq) return;
  enterGather(core, `join from node ${join.sender} while forming a ring`);
  processJoin(core, join);
}

function processJoin(core: TotemCore, join: Join): void {
  if (isEqual(join.proc, core.proc) && isEqual(join.failed, core.failed)) {
    core.consensus.add(join.sender);
    if (core.state === 'gather' && hasConsensus(core)) concludeGather(core);
    return;
  }
  if (join.proc.every((node) => core.proc.has(node)) && join.failed.every((node) => core.failed.has(node))) return;
  if (core.failed.has(join.sender)) return;
  for (const node of join.proc) core.proc.add(node);
  if (join.failed.includes(core.me)) {
    if (join.sender !== core.me) core.failed.add(join.sender);
  } else if (core.oldRing.members.includes(join.sender)) {
    for (const node of join.failed) core.failed.add(node);
  }
  enterGather(core, `join from node ${join.sender}`);
}

function concludeGather(core: TotemCore): void {
  const members = core.hasGivenUp ? [core.me] : expected(core);
  if (members[0] !== core.me) return;
  const seq = Math.max(core.highestRingSeq, core.oldRing.id.seq) + RING_STEP;
  const token: CommitToken = {
    type: 'commit',
    ring: { rep: core.me, seq },
    tokenSeq: 0,
    index: 0,
    members: members.map((id) => ({ id, aru: 0, high: 0, hasReceivedAll: false })),
  };
  core.hasGivenUp = false;
  enterCommit(core, token);
}

/** A commit token for exactly the members this node has agreed to. */
export function isAcceptable(core: TotemCore, token: CommitToken): boolean {
  const members = token.members.map((entry) => entry.id);
  return token.ring.seq > core.oldRing.id.seq && isEqual(members, new Set(expected(core)));
}

/** A node that says good-bye needs no timeout. */
export function receiveLeave(core: TotemCore, sender: number): void {
  const concerned = core.state === 'gather' ? core.proc.has(sender) : core.ring.members.includes(sender);
  if (sender === core.me || !concerned || core.failed.has(sender)) return;
  core.proc.add(sender);
  core.failed.add(sender);
  enterGather(core, `node ${sender} left`);
}

function expected(core: TotemCore): number[] {
  return sorted(core.proc).filter((node) => !core.failed.has(node));
}

function hasConsensus(core: TotemCore): boolean {
  return expected(core).every((node) => core.consensus.has(node));
}

function isEqual(list: readonly number[], set: ReadonlySet<number>): boolean {
  return list.length === set.size && list.every((node) => set.has(node));
}
