// SPDX-License-Identifier: GPL-2.0-or-later
/** The token's visit at one member: what it sends, asks for, acknowledges and passes on (membership.md, sections 1.4 and 1.7). */
import type { Encapsulated, TotemCore } from './core.ts';
import { deliverInOrder, enterOperational } from './operational.ts';
import { enterGather } from './gather.ts';
import { isSameRing, type Mcast, type OrfToken } from './messages.ts';
import { FAIL_RECEIVE_VISITS, IDLE_VISITS, MESSAGES_PER_VISIT, MISS_VISITS, MISSING_LIMIT, WINDOW_SIZE } from './timing.ts';

export function receiveToken(core: TotemCore, token: OrfToken): void {
  if (core.state !== 'recovery' && core.state !== 'operational') return;
  if (!isSameRing(token.ring, core.ring.id) || token.tokenSeq <= core.visit.tokenSeq) return;
  core.visit.tokenSeq = token.tokenSeq;
  core.stopTimer('token-retransmit', 'hold');
  startTokenLoss(core);
  noteIdleness(core, token);
  const isIdle = core.visit.idleVisits > IDLE_VISITS && core.outgoing.length === 0;
  if (isIdle && core.state === 'operational' && core.ring.id.rep === core.me) {
    core.held = token;
    core.startTimer('hold', core.timing.holdMs, () => releaseToken(core));
    return;
  }
  useToken(core, token);
}

/** Ends a hold: there is something to send, or it is time to show the others that the ring is alive. */
export function releaseToken(core: TotemCore): void {
  const token = core.held;
  if (token === undefined) return;
  core.held = undefined;
  core.stopTimer('hold');
  startTokenLoss(core);
  useToken(core, token);
}

function startTokenLoss(core: TotemCore): void {
  core.startTimer('token-loss', core.timing.tokenMs, () => enterGather(core, 'the token was lost'));
}

function noteIdleness(core: TotemCore, token: OrfToken): void {
  const { visit } = core;
  if (token.seq !== visit.lastSeq) {
    visit.idleVisits = 0;
    visit.lastSeq = token.seq;
    core.stopTimer('merge-detect');
    return;
  }
  visit.idleVisits++;
  if (visit.idleVisits === 1) startMergeDetect(core);
}

/** An idle ring says that it is there, so that rings which were apart find each other. */
function startMergeDetect(core: TotemCore): void {
  core.startTimer('merge-detect', core.timing.mergeMs, () => {
    if (core.state !== 'operational') return;
    if (core.ring.id.rep === core.me) core.broadcast({ type: 'merge-detect', sender: core.me, ring: core.ring.id });
    startMergeDetect(core);
  });
}

function useToken(core: TotemCore, token: OrfToken): void {
  const { visit, ring } = core;
  ring.free(Math.min(token.aru, visit.lastAru, ring.delivered));
  let allowed = Math.max(0, Math.min(MESSAGES_PER_VISIT, WINDOW_SIZE - token.sentInRotation));
  const resent = retransmit(core, token, allowed);
  allowed -= resent;
  const sent = resent + sendQueued(core, token, allowed);
  token.sentInRotation += sent - visit.sent;
  const backlog = core.outgoing.length + core.recoveryOutgoing.length;
  token.backlog += backlog - visit.backlog;
  Object.assign(visit, { sent, backlog, lastSeq: token.seq });
  updateAru(core, token);
  if (core.state === 'recovery') followRecovery(core, token);
  if (hasFailedToReceive(core, token)) return;
  visit.lastAru = token.aru;
  passOn(core, token);
  if (core.state === 'operational') deliverInOrder(core);
}

function retransmit(core: TotemCore, token: OrfToken, allowed: number): number {
  let count = 0;
  token.missing = token.missing.filter((seq) => {
    const message = core.ring.get(seq);
    if (message === undefined || count >= allowed) return true;
    core.broadcast(message);
    count++;
    return false;
  });
  for (const seq of core.ring.overdue(token.seq, MISS_VISITS)) {
    if (token.missing.length < MISSING_LIMIT && !token.missing.includes(seq)) token.missing.push(seq);
  }
  return count;
}

function sendQueued(core: TotemCore, token: OrfToken, allowed: number): number {
  const isRecovering = core.state === 'recovery';
  let count = 0;
  for (; count < allowed; count++) {
    const next: Encapsulated | { payload: string } | undefined = isRecovering ? core.recoveryOutgoing.shift() : wrap(core.outgoing.shift());
    if (next === undefined) break;
    const message: Mcast = { type: 'mcast', ring: core.ring.id, sender: core.me, seq: ++token.seq, ...next };
    core.ring.add(message);
    core.broadcast(message);
  }
  if (count > 0) core.visit.idleVisits = 0;
  return count;
}

function wrap(payload: string | undefined): { payload: string } | undefined {
  return payload === undefined ? undefined : { payload };
}

function updateAru(core: TotemCore, token: OrfToken): void {
  const { aru } = core.ring;
  if (aru < token.aru || token.aruNode === core.me || token.aruNode === 0) {
    token.aru = aru;
    token.aruNode = aru === token.seq ? 0 : core.me;
  }
}

/** The steps by which all members come to know that all have what can be had of the old ring. */
function followRecovery(core: TotemCore, token: OrfToken): void {
  const { visit, ring } = core;
  if (core.recoveryOutgoing.length > 0) {
    if (!token.isRetransmitting) {
      token.isRetransmitting = true;
      visit.hasSetRetransmitting = true;
    }
  } else if (token.isRetransmitting && visit.hasSetRetransmitting) {
    token.isRetransmitting = false;
    visit.hasSetRetransmitting = false;
  }
  visit.quietVisits = token.isRetransmitting ? 0 : visit.quietVisits + 1;
  if (visit.quietVisits === 2) visit.installSeq = token.seq;
  if (visit.quietVisits >= 2 && ring.aru >= visit.installSeq) visit.hasReceivedAll = true;
  visit.rotations = visit.quietVisits >= 3 && visit.hasReceivedAll && token.aru >= visit.installSeq ? visit.rotations + 1 : 0;
  if (visit.rotations === 2) enterOperational(core);
}

/** A member that holds up the ring for too long forms one of its own. */
function hasFailedToReceive(core: TotemCore, token: OrfToken): boolean {
  const { visit } = core;
  visit.aruVisits = token.aru === visit.lastAru && token.aruNode !== 0 ? visit.aruVisits + 1 : 0;
  if (visit.aruVisits <= FAIL_RECEIVE_VISITS || token.aruNode !== core.me) return false;
  core.hasGivenUp = true;
  core.failed.add(core.me);
  enterGather(core, 'this node fails to receive');
  return true;
}

function passOn(core: TotemCore, token: OrfToken): void {
  const to = core.next(core.ring.members);
  const message = { ...token, tokenSeq: token.tokenSeq + 1 };
  core.lastSent = { to, message };
  core.send(to, message);
  startTokenRetransmit(core);
}

function startTokenRetransmit(core: TotemCore): void {
  core.startTimer('token-retransmit', core.timing.tokenRetransmitMs, () => {
    if (core.lastSent !== undefined) core.send(core.lastSent.to, core.lastSent.message);
    startTokenRetransmit(core);
  });
}
