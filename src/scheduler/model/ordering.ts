// SPDX-License-Identifier: GPL-2.0-or-later
/** An ordering as it is noted while constraints and actions are made; it is applied once all actions exist. */
import type { Action } from './action.ts';
import type { Resource } from './resource.ts';

/** One side: the actions of a resource with a key suffix (`start_0`), or one given action. */
export interface OrderingSide {
  readonly resource: Resource | undefined;
  readonly suffix: string | undefined;
  readonly action: Action | undefined;
}

export interface Ordering {
  readonly first: OrderingSide;
  readonly then: OrderingSide;
  readonly kinds: number;
  /** Id of the constraint, or the name of the rule, that asks for it. */
  readonly cause: string;
}
