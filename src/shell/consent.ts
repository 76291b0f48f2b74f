// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * What the user agreed to, by the code of a rule: `--allow AGT101` or `lint.allow` in crm.conf. A finding that was agreed to is
 * neither said nor in the way of a load or commit; what cannot be read or applied at all can not be agreed to.
 */
import { blocksLoad, type Diagnostic, type DiagnosticCode } from '../language/index.ts';
import type { Session } from './session.ts';

/** The rule of lint that says the same about a text. */
const RULES: Partial<Record<DiagnosticCode, string>> = {
  'unknown-agent': 'AGT101',
  'missing-parameter': 'AGT102',
  'unknown-parameter': 'AGT103',
  'uniqueness': 'AGT106',
  'unknown-operation': 'AGT109',
  'short-timeout': 'OPS203',
  'operation-interval': 'OPS206',
  'no-fencing': 'FEN301',
  'fencing-device': 'FEN312',
  'inner-constraint': 'CON510',
  'unknown-node': 'CON512',
  'invalid-pattern': 'CON525',
  'remote-connection': 'CON530',
  'unknown-attribute': 'MET706',
  'meta-value': 'MET707',
  'property-value': 'MET715',
  'glued-continuation': 'SYN001',
  'continued-comment': 'SYN004',
  'valueless-parameter': 'SYN006',
  'curly-quotes': 'SYN008',
  'old-role-name': 'OLD802',
};

/** The code by which a finding is agreed to; undefined when it cannot be. */
export function consentCode(one: Diagnostic): string | undefined {
  return blocksLoad(one) ? undefined : RULES[one.code];
}

/** Codes in a text of the user, in capitals. */
export function codesIn(text: string): string[] {
  return text.split(/[\s,]+/).filter((code) => code !== '').map((code) => code.toUpperCase());
}

/** Findings without those that the user agreed to. */
export function withoutConsented(session: Session, found: readonly Diagnostic[]): Diagnostic[] {
  const agreed = new Set(codesIn(session.options.get('lint.allow')));
  return found.filter((one) => !agreed.has(consentCode(one) ?? ''));
}

/** Whether the findings fail a command: errors, with `--strict` also warnings. */
export function isRefused(session: Session, found: readonly Diagnostic[]): boolean {
  return session.flags.strict && withoutConsented(session, found).some((one) => one.severity === 'warning');
}
