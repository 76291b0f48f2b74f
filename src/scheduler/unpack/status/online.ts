// SPDX-License-Identifier: GPL-2.0-or-later
/** Whether a cluster node is online, and whether it has to be fenced because of what its state says. */
import { isTrue, parseBoolean, parseInteger, type XmlElement } from '../../../cib/index.ts';
import type { Node, Scheduler } from '../../model/index.ts';
import { requestFencing } from '../../order/fence.ts';

interface Membership {
  /** Time of joining the membership, 0 when not in it, -1 when never seen. */
  readonly member: number;
  /** Time of joining the process group, 0 when not in it. */
  readonly peer: number;
  readonly join: string | undefined;
  readonly expected: string | undefined;
}

/** Works out the online state of a cluster node. */
export function determineOnline(scheduler: Scheduler, node: Node, state: XmlElement): void {
  const membership = readMembership(scheduler, state);
  node.isShuttingDown = isShutdownRequested(node);
  node.isExpectedUp = !node.isShuttingDown && membership.expected === 'member';
  node.isOnline = scheduler.options.isFencingEnabled ? onlineWithFencing(scheduler, node, membership) : onlineWithoutFencing(scheduler, node, membership);
  // Tables made from here on start without this node; those that exist keep their scores.
  if (!node.isOnline || node.isShuttingDown) node.score = -1000000;
}

/** The attribute holds the time of the request; 0 means none. */
export function isShutdownRequested(node: Node): boolean {
  const shutdown = node.attributes.get('shutdown');
  return shutdown !== undefined && shutdown !== '0';
}

function readMembership(scheduler: Scheduler, state: XmlElement): Membership {
  return {
    member: membershipTime(scheduler, state.get('in_ccm')),
    peer: peerTime(state.get('crmd')),
    join: state.get('join')?.toLowerCase(),
    expected: state.get('expected')?.toLowerCase(),
  };
}

/** Words were recorded before times were. */
function membershipTime(scheduler: Scheduler, text: string | undefined): number {
  if (text === undefined) return -1;
  const isMember = parseBoolean(text);
  if (isMember !== undefined) return isMember ? scheduler.now : 0;
  const time = parseInteger(text);
  return time === undefined || time < 0 ? -1 : time;
}

function peerTime(text: string | undefined): number {
  switch (text?.toLowerCase()) {
    case undefined:
    case 'offline':
      return 0;
    case 'online':
      return 1;
    default:
      return parseInteger(text!) ?? 0;
  }
}

function onlineWithoutFencing(scheduler: Scheduler, node: Node, { member, peer, join }: Membership): boolean {
  if (member <= 0) return false;
  if (peer > 0) return join === 'member';
  if (node.isExpectedUp) requestFencing(scheduler, node, 'peer is unexpectedly down', false);
  return false;
}

/** A node that is to be fenced still counts as online while it is a member: it may hold resources. */
function onlineWithFencing(scheduler: Scheduler, node: Node, membership: Membership): boolean {
  const { member, peer, join, expected } = membership;
  const fence = (reason: string, withPriorityDelay = false): void => requestFencing(scheduler, node, reason, withPriorityDelay);
  if (node.isShuttingDown) return peer > 0;
  if (member < 0) fence('peer has not been seen by the cluster');
  else if (join === 'banned') fence('peer failed Pacemaker membership criteria');
  else if (isTerminationRequested(node)) {
    const isGone = member <= 0 && peer <= 0 && join === 'down';
    if (!isGone) fence('fencing was requested');
  } else if (expected === undefined || expected === 'down') judgeUnexpected(scheduler, node, membership);
  else if (member <= 0) fence('peer is no longer part of the cluster', true);
  else if (peer <= 0) fence('peer process is no longer available');
  else if (join === 'pending' || join === 'down') setPending(node);
  else if (join !== 'member') fence('peer was in an unknown state');
  return member > 0;
}

function isTerminationRequested(node: Node): boolean {
  const terminate = node.attributes.get('terminate');
  return terminate !== undefined && (isTrue(terminate) || (parseInteger(terminate) ?? 0) > 0);
}

/** A node nobody expects: joining, or joining for too long, or just down. */
function judgeUnexpected(scheduler: Scheduler, node: Node, { member, peer }: Membership): void {
  const timeout = Math.floor(scheduler.options.nodePendingTimeoutMs / 1000);
  if (timeout > 0 && member > 0 && peer <= 0) {
    if (scheduler.now >= member + timeout) {
      requestFencing(scheduler, node, 'peer pending timed out on joining the process group', true);
      return;
    }
    scheduler.recheckNoLaterThan(member + timeout);
  }
  if (member > 0 || peer > 0) setPending(node);
}

/** A joining node takes no resources. */
function setPending(node: Node): void {
  node.isStandby = true;
  node.isPending = true;
}
