// SPDX-License-Identifier: GPL-2.0-or-later
/** The table of all rules, in the order of their codes within each group. */
import type { LintSeverity } from './finding.ts';
import { cloudRules } from './packs/cloud.ts';
import { databaseRules } from './packs/database.ts';
import { sapRules } from './packs/sap.ts';
import { storageRules } from './packs/storage.ts';
import type { Rule } from './rule.ts';
import { agentRules } from './rules/agents.ts';
import { cloneRules, groupRules } from './rules/clones.ts';
import { constraintRoleRules } from './rules/constraint-roles.ts';
import { constraintRules } from './rules/constraints.ts';
import { fencingRules } from './rules/fencing.ts';
import { oldNameRules } from './rules/old-names.ts';
import { operationRules } from './rules/operations.ts';
import { otherRules } from './rules/other-objects.ts';
import { quorumRules } from './rules/quorum.ts';
import { settingRules } from './rules/settings.ts';
import { syntaxRules } from './rules/syntax.ts';
import * as text from './text/rules.ts';
import type { LineRule } from './text/rules.ts';

/** A rule about the text itself; its repair heals the text before the other rules look at it. */
export interface TextRule extends Omit<Rule, 'check'> {
  readonly line: LineRule;
}

function textRule(code: string, severity: LintSeverity, title: string, why: string, advice: string, line: LineRule): TextRule {
  return { code, severity, title, why, advice, line };
}

/** In the order in which a text is healed: what tears lines apart first. */
export const textRules: readonly TextRule[] = [
  textRule('SYN009', 'error', 'No-break, zero-width or other special blanks.', 'They separate nothing and become part of names and values.', 'Write plain blanks (automatic).', text.specialBlanks),
  textRule('SYN008', 'error', 'Typographic quotes.', 'They become part of the value.', 'Write ASCII quotes (automatic).', text.typographicQuotes),
  textRule('SYN010', 'warning', 'Typographic dashes.', 'They are no minus and no hyphen.', 'Write a hyphen (automatic).', text.typographicDashes),
  textRule('SYN017', 'error', 'Two hyphens, or a hyphen at the end, in a comment.', 'Comments become XML comments, which may hold neither.', 'Write single hyphens (automatic).', text.dashesInComment),
  textRule('SYN004', 'error', 'A comment line inside a continued statement.', 'Its words become words of the statement.', 'Move it above the statement (automatic).', text.commentInStatement),
  textRule('SYN002', 'error', 'A continued line is followed by another statement.', 'That statement is swallowed as attributes.', 'Delete the backslash (automatic).', text.swallowedStatement),
  textRule('SYN001', 'error', 'A continued line has no blank before its backslash.', 'The next line is joined to its last word.', 'Insert a blank (automatic).', text.gluedContinuation),
  textRule('SYN003', 'warning', 'A backslash before an empty line or the end of the file.', 'The next line that is inserted there is swallowed.', 'Delete it (automatic).', text.danglingContinuation),
  textRule('SYN013', 'error', 'A pasted prompt or crm configure before a statement.', 'Documents show the session, not the file.', 'Delete it (automatic).', text.pastedPrompt),
  textRule('SYN014', 'error', 'Words of a session in a configuration text.', 'They are no statements.', 'Delete the line (automatic).', text.sessionWord),
  textRule('SYN011', 'error', 'A quote is not closed.', 'The whole file is refused.', 'Close it.', text.openQuote),
  textRule('SYN005', 'error', 'A comment behind other words.', 'Only # at the start of a line begins a comment.', 'Move it to a line of its own (automatic).', text.trailingComment),
  textRule('SYN012', 'error', 'A line begins with no statement, or its statement stops too early.', 'One bad line rejects the file.', 'Correct it (automatic at one letter of difference).', text.misspeltKeyword),
  textRule('SYN027', 'error', 'Blanks around the equals sign.', 'Three words instead of one pair.', 'Join them (automatic).', text.blanksAroundEquals),
  textRule('SYN030', 'error', 'Infinity in mixed case.', 'It is read as the name of a node attribute.', 'Write it in lower case (automatic).', text.mixedCaseInfinity),
  textRule('SYN016', 'error', 'A score without its colon.', 'The statement is refused.', 'Insert the colon (automatic).', text.scoreWithoutColon),
  textRule('SYN015', 'error', 'A colocation without a score.', 'The statement is refused.', 'Insert inf: (automatic).', text.missingScore),
];

export const rules: readonly Rule[] = [
  ...syntaxRules,
  ...agentRules,
  ...operationRules,
  ...fencingRules,
  ...quorumRules,
  ...constraintRules,
  ...constraintRoleRules,
  ...cloneRules,
  ...groupRules,
  ...settingRules,
  ...otherRules,
  ...oldNameRules,
  ...storageRules,
  ...databaseRules,
  ...sapRules,
  ...cloudRules,
];

/** The row of a code. */
export function ruleOf(code: string): Rule | TextRule | undefined {
  return rules.find((one) => one.code === code) ?? textRules.find((one) => one.code === code);
}
