// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The control protocol between programs of one user and the supervisor: JSON messages over a private socket. The
 * server greets with its version; each request has a number and gets one reply with that number.
 */
import type { AttributeChange } from '../attributes/attributes.ts';
import type { FenceAction } from '../fencer/event.ts';
import type { WireRequest } from '../store/wire.ts';

export const CONTROL_PROTOCOL = 'quorate-control';
export const CONTROL_VERSION = 1;

export interface Greeting {
  readonly protocol: typeof CONTROL_PROTOCOL;
  readonly version: number;
  readonly processId: number;
}

export interface ForgetSelector {
  readonly resource?: string;
  readonly node?: string;
  readonly operation?: string;
  readonly intervalMs?: number;
}

/** A commit that is taken back unless it is confirmed in time. */
export interface PendingConfirmation {
  readonly deadlineEpochMs: number;
  /** The configuration to go back to, as XML text. */
  readonly configuration: string;
  /** Who committed. */
  readonly user: string;
}

/** What became of one that nobody confirmed. */
export interface TakenBack {
  readonly epochMs: number;
  readonly user: string;
  /** The document afterwards, without status, as XML text. */
  readonly cib: string;
}

export type ControlBody =
  | { readonly verb: 'query' | 'status' | 'local-node' | 'stop' | 'quorum' | 'subscribe' }
  | { readonly verb: 'apply'; readonly request: WireRequest }
  | { readonly verb: 'set-attribute'; readonly change: AttributeChange }
  | { readonly verb: 'get-attribute'; readonly name: string; readonly target: string }
  | { readonly verb: 'forget'; readonly selector: ForgetSelector; readonly failedOnly: boolean }
  | { readonly verb: 'fail'; readonly resource: string; readonly target: string }
  | { readonly verb: 'fence'; readonly target: string; readonly action: FenceAction }
  | { readonly verb: 'confirm-down' | 'kill' | 'boot' | 'shutdown'; readonly target: string }
  /** Something about the cluster as a whole, answered with an exit code and a text. */
  | { readonly verb: 'command'; readonly name: string; readonly args: readonly string[] }
  /** The environment that agents of a node get; null when it is off. */
  | { readonly verb: 'surroundings'; readonly target: string }
  | { readonly verb: 'fencing-history'; readonly target?: string }
  | { readonly verb: 'await-confirmation'; readonly pending: PendingConfirmation }
  | { readonly verb: 'pending-confirmation' | 'taken-back' }
  /** With a deadline only the commit that has it is confirmed. */
  | { readonly verb: 'confirm-commit'; readonly deadlineEpochMs?: number }
  | { readonly verb: 'wait-idle'; readonly timeoutMs: number };

/** `node` is the node the asking program stands on, when it was started by an agent. */
export type ControlRequest = ControlBody & { readonly id: number; readonly node?: string };

export type ControlReply =
  | { readonly id: number; readonly ok: true; readonly result: unknown }
  | { readonly id: number; readonly ok: false; readonly code: number; readonly message: string };

/** Sent to subscribers whenever the CIB of the answering node has changed. */
export interface ControlNotice {
  readonly event: 'cib';
  readonly version: string;
  /** What changed, as the text of a patch of format 2; absent when a document was taken over as a whole. */
  readonly patch?: string;
}

/** Where the socket and the request pipe of an embedded cluster are. */
export function controlSocket(stateDirectory: string): string {
  return `${stateDirectory}/control.sock`;
}

export function requestPipe(stateDirectory: string): string {
  return `${stateDirectory}/requests`;
}
