// SPDX-License-Identifier: GPL-2.0-or-later
/** What evaluating a rule or condition comes to, and what it may look at. */
import type { DateTime } from '../time/index.ts';
import type { XmlElement } from '../xml/index.ts';

/**
 * `before-range` and `after-range` do not pass and say on which side; `undetermined` lacks input; `unsupported` is a kind of
 * condition that is not known; `unparsable` is a broken rule.
 */
export type RuleResult = 'satisfied' | 'unsatisfied' | 'before-range' | 'after-range' | 'undetermined' | 'unsupported' | 'unparsable';

/** Names of a fence device or resource agent, matched by `rsc_expression`. */
export interface RuleResource {
  readonly class?: string;
  readonly provider?: string;
  readonly type?: string;
}

/** Matched by `op_expression`. */
export interface RuleOperation {
  readonly name: string;
  readonly intervalMs: number;
}

/** Everything a rule may look at. What is left out counts as not there. */
export interface RuleContext {
  readonly now: DateTime;
  readonly nodeAttribute?: (name: string) => string | undefined;
  readonly parameter?: (name: string) => string | undefined;
  readonly metaAttribute?: (name: string) => string | undefined;
  readonly resource?: RuleResource;
  readonly operation?: RuleOperation;
  /** Sub-matches of the `rsc-pattern` of a location constraint; `%0` is the whole match. */
  readonly submatches?: readonly string[];
  /** Finds the element an `id-ref` names. */
  readonly byId?: (id: string) => XmlElement | undefined;
  /** Hears of a date that cannot be read: the expression, which end of it, and the text there. */
  readonly complain?: (expression: XmlElement, end: 'start' | 'end', text: string) => void;
  /** Lowered to the earliest time after `now` at which a date expression that was looked at changes. */
  readonly nextChange?: NextChange;
}

/** Collects the earliest coming change over many evaluations (seconds since 1970). */
export class NextChange {
  #at: number | undefined;

  get at(): number | undefined {
    return this.#at;
  }

  note(epochSeconds: number): void {
    if (this.#at === undefined || epochSeconds < this.#at) this.#at = epochSeconds;
  }
}
