// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Heals what is torn before other rules look: first lines (continuations, quotes, blanks), then words in the wrong
 * section. So one slip is one finding and not all that follows from it.
 */
import { parse, type Span } from '../language/index.ts';
import { applyEdits, offsetsBefore, type Edit, type Finding, type Report } from './finding.ts';
import { buildModel, type AgentSource, type LintModel, type Target } from './model/index.ts';
import { rules, textRules } from './table.ts';
import { textLines } from './text/lines.ts';

export interface Healing {
  readonly findings: Finding[];
  readonly healed: string;
  /** The healed text, read. */
  readonly model: LintModel;
  /** Where a span of the healed text stood in the text. */
  readonly back: (span: Span) => Span;
}

/** Errors of the parser that have a rule of their own. */
const SAID_BY_RULES = new Set([
  'unterminated-quote', 'comment-dashes', 'curly-quotes', 'glued-continuation', 'invalid-id', 'mixed-operators', 'op-attribute-order', 'duplicate-member', 'invalid-node-type', 'removed-date-part',
]);

/** Repairs of rules whose code is not wanted are reported, but not made. */
export function heal(text: string, agents: AgentSource, target: Target, isWanted: (code: string) => boolean): Healing {
  const steps: ((offset: number) => number)[] = [];
  const before = (offset: number): number => steps.reduceRight((here, step) => step(here), offset);
  // An end belongs to the letter before it: what was taken out behind that letter is no part of the span.
  const behind = (offset: number): number => (offset === 0 ? before(0) : before(offset - 1) + 1);
  const back = (span: Span): Span => {
    const start = span.start === span.end ? behind(span.start) : before(span.start);
    return { start, end: Math.max(start, behind(span.end)) };
  };
  const findings: Finding[] = [];
  let healed = text;
  /** Takes the reports of a rule; true when the text changed. */
  const take = (rule: { readonly code: string; readonly severity: Finding['severity'] }, reports: readonly Report[]): boolean => {
    for (const report of reports) findings.push({ ...report, span: back(report.span), ...repairBefore(report.repair, back), code: rule.code, severity: report.severity ?? rule.severity });
    const edits = isWanted(rule.code) ? reports.flatMap((report) => report.repair ?? []) : [];
    if (edits.length === 0) return false;
    steps.push(offsetsBefore(edits));
    healed = applyEdits(healed, edits);
    return true;
  };
  let lines = textLines(healed);
  for (const rule of textRules) {
    const reports: Report[] = [];
    for (let i = 0; i < lines.length; i++) {
      const report = rule.line(lines[i]!, lines[i + 1], lines);
      if (report !== undefined) reports.push(report);
    }
    if (reports.length > 0 && take(rule, reports)) lines = textLines(healed);
  }
  let model = read(healed, agents, target);
  for (const rule of rules) {
    if (rule.heals !== true) continue;
    const reports = [...rule.check(model)];
    if (reports.length > 0 && take(rule, reports)) model = read(healed, agents, target);
  }
  return { findings, healed, model, back };
}

/** Edits of a healed text as edits of the text as it was written. */
export function repairBefore(repair: readonly Edit[] | undefined, back: (span: Span) => Span): { repair?: Edit[] } {
  return repair === undefined ? {} : { repair: repair.map((edit) => ({ ...back(edit), text: edit.text })) };
}

function read(text: string, agents: AgentSource, target: Target): LintModel {
  const parsed = parse(text);
  const unreadable = parsed.diagnostics
    .filter((one) => one.severity === 'error' && !SAID_BY_RULES.has(one.code))
    .map((one) => ({ span: { start: one.span.start, end: one.span.end }, message: one.message, code: one.code === 'unexpected-end' && isRole(text, one.span.start) ? 'ACL795' : 'SYN012' }));
  return buildModel({ text, statements: parsed.readable, unreadable }, agents, target);
}

/** A role that ends where the target of a right should stand: the grammar cannot make a statement of it. */
function isRole(text: string, offset: number): boolean {
  const line = text.lastIndexOf('\n', offset - 1) + 1;
  return /^\s*role\s/.test(text.slice(line, offset));
}
