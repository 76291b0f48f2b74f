// SPDX-License-Identifier: GPL-2.0-or-later
/** An operation of a resource and its result, as the executor and the controller of a node speak of them. */
import type { AgentName, Pairs } from '../../agents/index.ts';

export interface Operation {
  /** Name under which the node's history keeps the resource: `id:N` for globally unique clones, else the plain id. */
  readonly resource: string;
  readonly agent: AgentName;
  readonly action: string;
  readonly intervalMs: number;
  readonly timeoutMs: number;
  /** Wait before the first run. */
  readonly startDelayMs: number;
  /** Attributes of the action in the transition graph. */
  readonly attributes: Pairs;
  /** Kept with the result: `ACTION:TRANSITION:TARGETRC:UUID`. */
  readonly transitionKey: string;
}

/** Execution status of an operation (engine.md, section 10). */
export const STATUS = {
  pending: -1,
  done: 0,
  cancelled: 1,
  timeout: 2,
  notSupported: 3,
  error: 4,
  notInstalled: 7,
  notConnected: 8,
  invalid: 9,
  noSecrets: 11,
  noFenceDevice: 10,
} as const;

export interface OperationResult {
  readonly operation: Operation;
  readonly callId: number;
  readonly rc: number;
  readonly status: number;
  readonly exitReason: string | undefined;
  /** When the value of a recurring operation last changed, or a single one was run. */
  readonly changedAtEpochMs: number;
  readonly execMs: number;
  readonly queueMs: number;
}

/** `A_monitor_10000`. */
export function operationKey(resource: string, action: string, intervalMs: number): string {
  return `${resource}_${action}_${intervalMs}`;
}
