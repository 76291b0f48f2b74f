// SPDX-License-Identifier: GPL-2.0-or-later
/** Operational: delivering in order, and the order of deliveries when a new configuration begins (membership.md, section 1.7). */
import { sorted, type TotemCore } from './core.ts';
import { enterGather } from './gather.ts';
import { isSameRing, type Mcast, type RingId } from './messages.ts';

export function receiveMcast(core: TotemCore, message: Mcast): void {
  if (core.state !== 'operational' && core.state !== 'recovery') {
    if (core.state === 'gather') noticeForeignRing(core, message.sender, message.ring);
    return;
  }
  if (!isSameRing(message.ring, core.ring.id)) {
    if (core.state === 'operational') noticeForeignRing(core, message.sender, message.ring);
    return;
  }
  if (!core.ring.add(message)) return;
  // A message newer than the token this node passed on proves that the token arrived.
  if (message.seq > core.visit.lastSeq) core.stopTimer('token-retransmit');
  if (core.state === 'recovery') keepOldMessages(core);
  else deliverInOrder(core);
}

export function noticeForeignRing(core: TotemCore, sender: number, ring: RingId): void {
  if (sender === core.me || isSameRing(ring, core.ring.id)) return;
  if (core.state === 'gather') {
    if (core.proc.has(sender)) return;
  } else if (core.state !== 'operational' || (core.ring.members.includes(sender) && ring.seq < core.ring.id.seq)) {
    // Late datagrams of an older ring from a present member say nothing new.
    return;
  }
  core.proc.add(sender);
  enterGather(core, `heard another ring with node ${sender}`);
}

export function deliverInOrder(core: TotemCore): void {
  const { ring } = core;
  for (let message = ring.takeNext(); message !== undefined; message = ring.takeNext()) {
    if (message.encapsulated === undefined) core.listener.deliver(message.sender, message.payload);
    // The application may have left while handling it.
    if (core.ring !== ring || core.state !== 'operational') return;
  }
}

/** Unpacks what companions of the old ring resent, up to the first message of a member that is operational already. */
function keepOldMessages(core: TotemCore): void {
  const old = core.oldRing;
  for (let inner = core.ring.peekNext()?.encapsulated; inner !== undefined; inner = core.ring.peekNext()?.encapsulated) {
    const message = core.ring.takeNext()!;
    if (!isSameRing(inner.ring, old.id)) continue;
    old.add({ type: 'mcast', ring: inner.ring, sender: inner.sender, seq: inner.seq, payload: message.payload });
  }
}

export function enterOperational(core: TotemCore): void {
  keepOldMessages(core);
  const old = core.oldRing;
  const ring = core.ring;
  const transitional = new Set(core.transitional);
  core.state = 'operational';
  core.oldRing = ring;
  core.proc = new Set(ring.members);
  core.failed = new Set();
  core.commit = undefined;
  deliverOldRing(core, old, transitional);
  core.log(`ring ${ring.id.rep}.${ring.id.seq} with nodes ${ring.members.join(' ')}`);
  core.listener.configuration({
    ring: `${ring.id.rep}.${ring.id.seq}`,
    sequence: ring.id.seq,
    members: ring.members,
    joined: ring.members.filter((node) => !transitional.has(node)),
    left: sorted(old.members).filter((node) => !transitional.has(node)),
  });
}

/** First what is complete, then past the holes only messages of nodes that come along: they are obliged to have them. */
function deliverOldRing(core: TotemCore, old: TotemCore['ring'], transitional: ReadonlySet<number>): void {
  for (let message = old.takeNext(); message !== undefined; message = old.takeNext()) {
    if (message.encapsulated === undefined) core.listener.deliver(message.sender, message.payload);
  }
  for (let seq = old.delivered + 1; seq <= old.high; seq++) {
    const message = old.get(seq);
    if (message === undefined || message.encapsulated !== undefined || !transitional.has(message.sender)) continue;
    core.listener.deliver(message.sender, message.payload);
  }
}
