// SPDX-License-Identifier: GPL-2.0-or-later
/** Runs the rules over a text, and repairs it. */
import { parse, type Span } from '../language/index.ts';
import { applyEdits, offsetsBefore, type Edit, type Finding, type Report } from './finding.ts';
import { buildModel, type AgentSource, type LintInput, type Target } from './model/index.ts';
import { checkOrganisation, type OrganisationRule } from './organisation.ts';
import { rules, textRules } from './table.ts';
import { textLines } from './text/lines.ts';

export interface LintOptions {
  readonly agents: AgentSource;
  readonly target?: Target;
  /** Codes of rules that are off by default and wanted here. */
  readonly enable?: ReadonlySet<string>;
  /** Rules of an organisation, on top of the table. */
  readonly organisation?: readonly OrganisationRule[];
  /** Codes not reported. */
  readonly allow?: ReadonlySet<string>;
}

/** Findings in the order of the text. Pure: equal text and facts give equal findings. */
export function lint(text: string, options: LintOptions): Finding[] {
  const { findings, healed, back } = heal(text);
  const inTree = treeFindings(healed, options).map((one) => ({ ...one, span: back(one.span) }));
  const seen = new Set<string>();
  return [...findings, ...inTree]
    .filter((one) => options.allow?.has(one.code) !== true)
    .filter((one) => {
      const key = `${one.code} ${one.span.start} ${one.message}`;
      return !seen.has(key) && seen.add(key);
    })
    .sort((a, b) => a.span.start - b.span.start || (a.code < b.code ? -1 : 1));
}

/** How often a text is looked at again after a repair; a repair that begets findings without end would be a defect. */
const REPAIR_ROUNDS = 12;

/** The text after all automatic repairs of the given codes (default: of all). */
export function fix(text: string, options: LintOptions, isWanted: (code: string) => boolean = () => true): string {
  let here = text;
  for (let round = 0; round < REPAIR_ROUNDS; round++) {
    const { healed } = heal(here, isWanted);
    const edits = treeFindings(healed, options).flatMap((one) => (one.repair !== undefined && isWanted(one.code) && options.allow?.has(one.code) !== true ? one.repair : []));
    const next = applyEdits(healed, mergedInsertions(edits));
    if (next === here) return here;
    here = next;
  }
  return here;
}

/** Equal insertions at one place are one: two rules may ask for the same pair. */
function mergedInsertions(edits: readonly Edit[]): Edit[] {
  const seen = new Set<string>();
  return edits.filter((edit) => {
    const key = `${edit.start} ${edit.end} ${edit.text}`;
    return !seen.has(key) && seen.add(key);
  });
}

interface Healing {
  readonly findings: Finding[];
  readonly healed: string;
  /** Where a span of the healed text stood in the text. */
  readonly back: (span: Span) => Span;
}

/** Applies the rules about the text one after the other, each to what the ones before it left. */
function heal(text: string, isWanted: (code: string) => boolean = () => true): Healing {
  let healed = text;
  let lines = textLines(healed);
  const findings: Finding[] = [];
  const steps: ((offset: number) => number)[] = [];
  const before = (offset: number): number => steps.reduceRight((here, step) => step(here), offset);
  const back = (span: Span): Span => ({ start: before(span.start), end: before(span.end) });
  for (const rule of textRules) {
    const reports: Report[] = [];
    for (let i = 0; i < lines.length; i++) {
      const report = rule.line(lines[i]!, lines[i + 1], lines);
      if (report !== undefined) reports.push(report);
    }
    if (reports.length === 0) continue;
    for (const report of reports) findings.push({ ...report, span: back(report.span), code: rule.code, severity: report.severity ?? rule.severity });
    const edits = isWanted(rule.code) ? reports.flatMap((report) => report.repair ?? []) : [];
    if (edits.length === 0) continue;
    steps.push(offsetsBefore(edits));
    healed = applyEdits(healed, edits);
    lines = textLines(healed);
  }
  return { findings, healed, back };
}

/** Errors of the parser that have a rule of their own. */
const SAID_BY_RULES = new Set([
  'unterminated-quote', 'comment-dashes', 'curly-quotes', 'glued-continuation', 'invalid-id', 'mixed-operators', 'op-attribute-order', 'duplicate-member', 'invalid-node-type', 'removed-date-part',
]);

function treeFindings(text: string, options: LintOptions): Finding[] {
  const parsed = parse(text);
  const statements = parsed.readable;
  const unreadable = parsed.diagnostics
    .filter((one) => one.severity === 'error' && !SAID_BY_RULES.has(one.code))
    .map((one) => ({ span: { start: one.span.start, end: one.span.end }, message: one.message, code: one.code === 'unexpected-end' && isRole(text, one.span.start) ? 'ACL795' : 'SYN012' }));
  const input: LintInput = { text, statements, unreadable };
  const model = buildModel(input, options.agents, options.target ?? '2.1');
  const findings: Finding[] = [];
  for (const rule of rules) {
    if (rule.isOff === true && options.enable?.has(rule.code) !== true) continue;
    if (rule.since === '3.0' && model.target !== '3.0') continue;
    for (const report of rule.check(model)) findings.push({ ...report, code: rule.code, severity: report.severity ?? rule.severity });
  }
  findings.push(...checkOrganisation(model, options.organisation ?? []));
  const reported = new Set(findings.map((one) => one.span.start));
  for (const { span, message, code } of unreadable) {
    if (!reported.has(span.start)) findings.push({ code, severity: code === 'ACL795' ? 'warning' : 'error', span, message });
  }
  return findings;
}

/** A role that ends where the target of a right should stand: the grammar cannot make a statement of it. */
function isRole(text: string, offset: number): boolean {
  const line = text.lastIndexOf('\n', offset - 1) + 1;
  return /^\s*role\s/.test(text.slice(line, offset));
}
