// SPDX-License-Identifier: GPL-2.0-or-later
/** A row of the rule table. */
import type { LintSeverity, Report } from './finding.ts';
import type { LintModel, Target } from './model/index.ts';

export interface Rule {
  readonly code: string;
  readonly severity: LintSeverity;
  /** What is wrong, in a sentence without the case. */
  readonly title: string;
  /** Why it matters. */
  readonly why: string;
  /** What to do about it; says so where the repair is automatic. */
  readonly advice: string;
  check(model: LintModel): Iterable<Report>;
  /** Opinion or noise: only on request. */
  readonly isOff?: true;
  /** Silent for older series. */
  readonly since?: Target;
  /** Its repair is made before the other rules look. */
  readonly heals?: true;
}

/** The text of a table row, then its check; the last argument holds what few rules need. */
export function rule(
  code: string,
  severity: LintSeverity,
  title: string,
  why: string,
  advice: string,
  check: (model: LintModel) => Iterable<Report>,
  extra: Pick<Rule, 'isOff' | 'since' | 'heals'> = {},
): Rule {
  return { code, severity, title, why, advice, check, ...extra };
}
