// SPDX-License-Identifier: GPL-2.0-or-later
/** Runs the rules over a text, and repairs it. */
import { compatible } from './compatible.ts';
import { applyEdits, type Finding } from './finding.ts';
import { heal, repairBefore } from './heal.ts';
import type { AgentSource, LintModel, Target } from './model/index.ts';
import { checkOrganisation, type OrganisationRule } from './organisation.ts';
import { rules } from './table.ts';

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
  const { findings, model, back } = heal(text, options.agents, options.target ?? '2.1', () => true);
  const inTree = treeFindings(model, options).map((one) => ({ ...one, span: back(one.span), ...repairBefore(one.repair, back) }));
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
const REPAIR_ROUNDS = 24;

/** The text after all automatic repairs of the given codes (default: of all). */
export function fix(text: string, options: LintOptions, isWanted: (code: string) => boolean = () => true): string {
  const isRepaired = (code: string): boolean => isWanted(code) && options.allow?.has(code) !== true;
  let here = text;
  for (let round = 0; round < REPAIR_ROUNDS; round++) {
    const { healed, model } = heal(here, options.agents, options.target ?? '2.1', isWanted);
    const repairs = treeFindings(model, options).flatMap((one) => (one.repair !== undefined && isRepaired(one.code) ? [one.repair] : []));
    const next = applyEdits(healed, compatible(repairs));
    if (next === here) return here;
    here = next;
  }
  return here;
}


function treeFindings(model: LintModel, options: LintOptions): Finding[] {
  const findings: Finding[] = [];
  for (const rule of rules) {
    if (rule.heals === true) continue;
    if (rule.isOff === true && options.enable?.has(rule.code) !== true) continue;
    if (rule.since === '3.0' && model.target !== '3.0') continue;
    for (const report of rule.check(model)) findings.push({ ...report, code: rule.code, severity: report.severity ?? rule.severity });
  }
  findings.push(...checkOrganisation(model, options.organisation ?? []));
  const reported = new Set(findings.map((one) => one.span.start));
  for (const { span, message, code } of model.unreadable) {
    if (!reported.has(span.start)) findings.push({ code, severity: code === 'ACL795' ? 'warning' : 'error', span, message });
  }
  return findings;
}
