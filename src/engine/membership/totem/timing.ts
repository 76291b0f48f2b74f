// SPDX-License-Identifier: GPL-2.0-or-later
/** Timers and limits of Totem with corosync's defaults and rules (membership.md, section 1.3). */

export interface TotemTiming {
  readonly tokenMs: number;
  readonly tokenRetransmitMs: number;
  readonly holdMs: number;
  readonly joinMs: number;
  readonly consensusMs: number;
  readonly mergeMs: number;
  /** Parts in which a wait for others passes (pause detection). */
  readonly patienceSteps: number;
}

export interface TotemSettings {
  readonly tokenMs?: number;
  readonly tokenCoefficientMs?: number;
  readonly consensusMs?: number;
  readonly joinMs?: number;
}

export function totemTiming(settings: TotemSettings, nodeCount: number): TotemTiming {
  const tokenMs = (settings.tokenMs ?? 3000) + Math.max(0, nodeCount - 2) * (settings.tokenCoefficientMs ?? 650);
  const tokenRetransmitMs = tokenMs / 4.2;
  return {
    tokenMs,
    tokenRetransmitMs,
    holdMs: Math.max(1, tokenRetransmitMs * 0.8 - 10),
    joinMs: settings.joinMs ?? 50,
    consensusMs: Math.max(settings.consensusMs ?? 0, tokenMs * 1.2),
    mergeMs: 200,
    patienceSteps: Math.max(LEAST_STEPS, STEPS_PER_NODE * nodeCount),
  };
}

/** A token has to come around within the steps, and one step may pass for each hop when the machine is slow. */
const STEPS_PER_NODE = 4;
const LEAST_STEPS = 12;

/** Token visits without progress caused by one node before it gives up receiving. */
export const FAIL_RECEIVE_VISITS = 2500;
/** Visits without a new message before the representative starts holding the token. */
export const IDLE_VISITS = 30;
/** Visits a hole is tolerated before it is asked for. */
export const MISS_VISITS = 5;
export const WINDOW_SIZE = 50;
export const MESSAGES_PER_VISIT = 17;
export const MISSING_LIMIT = 30;
/** Ring numbers grow by this much, so that numbers used by others meanwhile lie between. */
export const RING_STEP = 4;
