// SPDX-License-Identifier: GPL-2.0-or-later
/** Findings of files with their places, the form from which every output is written. */
import { Lines } from '../../language/index.ts';
import type { Finding, LintSeverity } from '../finding.ts';
import { ruleOf } from '../table.ts';

export interface FileFindings {
  readonly file: string;
  readonly text: string;
  readonly findings: readonly Finding[];
}

export interface PlacedFinding {
  readonly code: string;
  readonly severity: LintSeverity;
  readonly message: string;
  /** Why it matters, from the table of rules. */
  readonly why: string;
  /** What to do, from the table of rules; whether --fix does it is said by `isRepairable`. */
  readonly advice: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly isRepairable: boolean;
  /** The source line. */
  readonly source: string;
}

export function placed(file: FileFindings): PlacedFinding[] {
  const lines = new Lines(file.text);
  return file.findings.map((one) => {
    const start = lines.place(one.span.start);
    const end = lines.place(Math.max(one.span.start, one.span.end));
    const row = ruleOf(one.code);
    return {
      code: one.code,
      severity: one.severity,
      message: one.message,
      why: row?.why ?? '',
      advice: (row?.advice ?? '').replace(/ \(automatic[^)]*\)/, ''),
      line: start.line,
      column: start.column,
      endLine: end.line,
      endColumn: end.column,
      isRepairable: one.repair !== undefined,
      source: start.text,
    };
  });
}

export function countOf(files: readonly FileFindings[], severity: LintSeverity): number {
  return files.reduce((sum, { findings }) => sum + findings.filter((one) => one.severity === severity).length, 0);
}
