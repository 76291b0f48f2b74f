// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The record of reasons: who gave a score, banned a node, assigned, ordered or asked for something. A recorder is
 * passed in by callers that want to explain a decision; without one nothing is noted.
 */

/** One reason: what happened to which resource (on which node), and the constraint, option or rule that caused it. */
export type Reason =
  | ScoreReason
  | { readonly kind: 'promotion'; readonly resource: string; readonly node: string; readonly score: number; readonly cause: string }
  | { readonly kind: 'assign'; readonly resource: string; readonly node: string | undefined; readonly score: number; readonly cause: string }
  | { readonly kind: 'role'; readonly resource: string; readonly role: string; readonly cause: string }
  | { readonly kind: 'order'; readonly first: string; readonly then: string; readonly cause: string }
  | { readonly kind: 'action'; readonly action: string; readonly id: number; readonly cause: string };

/** What was added to the score for a node, and what that came to. */
export interface ScoreReason {
  readonly kind: 'score';
  readonly resource: string;
  readonly node: string;
  readonly score: number;
  readonly total: number;
  /** The score was not added but put in place of what was there: a ban that ends, an attempt that is undone. */
  readonly isReplaced: boolean;
  readonly cause: string;
}

export interface Recorder {
  note(reason: Reason): void;
}
