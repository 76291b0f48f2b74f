// SPDX-License-Identifier: GPL-2.0-or-later
/** What controllers say to each other. */
import type { GraphPrimitive, NameValue } from '../../scheduler/index.ts';
import type { NoVote, Vote } from '../election.ts';

/** An action of a transition for the controller of one node. */
export interface ActionOrder {
  readonly operation: string;
  readonly operationKey: string;
  readonly transitionKey: string;
  readonly primitive: GraphPrimitive | undefined;
  readonly attributes: readonly NameValue[];
  /** The DC waits for an answer that does not come through the history. */
  readonly isDirect: boolean;
}

export type ControllerMessage =
  | Vote
  | NoVote
  /** A node without DC asks to be taken in. */
  | { readonly kind: 'announce' }
  /** The sender was DC and has given way. */
  | { readonly kind: 'released' }
  | { readonly kind: 'offer'; readonly joinId: number; readonly to: readonly number[] }
  | { readonly kind: 'request'; readonly joinId: number; readonly featureSet: string }
  | { readonly kind: 'ack'; readonly joinId: number; readonly to: readonly number[]; readonly refused: readonly number[] }
  /** The node's history is in the CIB. */
  | { readonly kind: 'confirm'; readonly joinId: number }
  | { readonly kind: 'action'; readonly to: number; readonly order: ActionOrder }
  | { readonly kind: 'done'; readonly transitionKey: string; readonly rc: number; readonly status: number }
  | { readonly kind: 'shutdown'; readonly to: number }
  /** The executor of these nodes forgets resources; `resource` undefined means all. */
  | { readonly kind: 'forget'; readonly to: readonly number[]; readonly resource: string | undefined; readonly operation: string | undefined; readonly intervalMs: number | undefined; readonly failedOnly: boolean }
  /** As if the resource's monitor had failed. */
  | { readonly kind: 'fail'; readonly to: number; readonly resource: string };
