// SPDX-License-Identifier: GPL-2.0-or-later
/** What happens while a transition is executed virtually, or while changes are injected; reports are written from these. */

/** A step of the execution. */
export type ExecutionEvent =
  | { readonly kind: 'pseudo'; readonly key: string; readonly node: string | undefined }
  | { readonly kind: 'resource'; readonly resource: string; readonly operation: string; readonly intervalMs: number; readonly node: string }
  | { readonly kind: 'fencing'; readonly action: string; readonly node: string }
  | { readonly kind: 'cluster'; readonly operation: string; readonly resource: string | undefined; readonly node: string }
  | { readonly kind: 'failure'; readonly actionId: number; readonly rc: number }
  | AttributeEvent
  | ErrorEvent;

/** A change asked for before scheduling. */
export type ModificationEvent =
  | { readonly kind: 'quorum'; readonly value: string }
  | { readonly kind: 'watchdog'; readonly value: string }
  | { readonly kind: 'node'; readonly change: NodeChange; readonly node: string }
  | { readonly kind: 'ticket'; readonly change: TicketChange; readonly ticket: string }
  | { readonly kind: 'operation'; readonly spec: string }
  | AttributeEvent
  | ErrorEvent;

export type NodeChange = 'online' | 'offline' | 'failing';

export type TicketChange = 'grant' | 'revoke' | 'standby' | 'activate';

export interface AttributeEvent {
  readonly kind: 'attribute';
  readonly name: string;
  readonly value: string;
  /** Id of the node state that holds it. */
  readonly nodeState: string;
}

/** Something that could not be done as asked; the rest goes on. */
export interface ErrorEvent {
  readonly kind: 'error';
  readonly text: string;
}
