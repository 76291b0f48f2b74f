// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Commit: the commit token goes around twice, first to collect what each member has of its old ring, then to tell all;
 * on its third visit the representative makes the first token of the new ring.
 */
import { freshVisit, type TotemCore } from './core.ts';
import { enterGather } from './gather.ts';
import { isSameRing, type CommitToken, type OrfToken } from './messages.ts';
import { Ring } from './ring.ts';
import { receiveToken } from './token.ts';

export function enterCommit(core: TotemCore, token: CommitToken): void {
  core.state = 'commit';
  core.stopTimer('join', 'consensus');
  const old = core.oldRing;
  const entry = { id: core.me, oldRing: old.id, aru: old.aru, high: old.high, hasReceivedAll: old.aru === old.high };
  const members = token.members.map((member) => (member.id === core.me ? entry : member));
  core.ring = new Ring(token.ring, members.map((member) => member.id));
  core.storeRingSeq(token.ring);
  forwardCommit(core, { ...token, members });
}

/** Second and third visits; the first is accepted by the gather state. */
export function receiveCommit(core: TotemCore, token: CommitToken): void {
  if (!isSameRing(token.ring, core.ring.id) || token.tokenSeq <= (core.commit?.tokenSeq ?? -1)) return;
  if (core.state === 'commit' && token.index >= token.members.length) {
    enterRecovery(core, token);
    forwardCommit(core, token);
    return;
  }
  if (core.state === 'recovery' && core.ring.id.rep === core.me && core.visit.tokenSeq < 0) receiveToken(core, firstToken(core));
}

function forwardCommit(core: TotemCore, token: CommitToken): void {
  core.commit = token;
  const to = core.next(core.ring.members);
  const message = { ...token, index: token.index + 1, tokenSeq: token.tokenSeq + 1 };
  core.lastSent = { to, message };
  core.send(to, message);
  core.startTimer('token-loss', core.timing.tokenMs, () => enterGather(core, 'the commit token was lost'));
  startRetransmit(core);
}

function startRetransmit(core: TotemCore): void {
  core.startTimer('token-retransmit', core.timing.tokenRetransmitMs, () => {
    if (core.lastSent !== undefined) core.send(core.lastSent.to, core.lastSent.message);
    startRetransmit(core);
  });
}

function enterRecovery(core: TotemCore, token: CommitToken): void {
  core.state = 'recovery';
  core.visit = freshVisit();
  const old = core.oldRing;
  const companions = token.members.filter((entry) => entry.oldRing !== undefined && isSameRing(entry.oldRing, old.id));
  core.transitional = companions.map((entry) => entry.id);
  const low = Math.min(...companions.map((entry) => entry.aru));
  const high = Math.max(...companions.map((entry) => entry.high));
  core.recoveryOutgoing = [];
  if (companions.every((entry) => entry.hasReceivedAll && entry.aru === high)) return;
  for (let seq = low + 1; seq <= high; seq++) {
    const message = old.get(seq);
    if (message === undefined) continue;
    core.recoveryOutgoing.push({ payload: message.payload, encapsulated: { ring: old.id, sender: message.sender, seq } });
  }
}

function firstToken(core: TotemCore): OrfToken {
  return {
    type: 'token',
    ring: core.ring.id,
    tokenSeq: 0,
    seq: 0,
    aru: 0,
    aruNode: 0,
    missing: [],
    sentInRotation: 0,
    backlog: 0,
    isRetransmitting: false,
  };
}
