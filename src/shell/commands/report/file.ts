// SPDX-License-Identifier: GPL-2.0-or-later
/** The report: one JSON file that holds what is needed to look at a cluster elsewhere. */
import type { FencingRecord } from '../../../backends/index.ts';

export const REPORT_FORMAT = 'quorate-report/1';

export interface Report {
  readonly format: typeof REPORT_FORMAT;
  readonly program: string;
  readonly madeEpochMs: number;
  readonly host: string;
  readonly cib: string;
  readonly inputs: ReadonlyArray<{ readonly number: number; readonly xml: string }>;
  readonly fencings: readonly FencingRecord[];
  /** Log text by node. */
  readonly logs: Readonly<Record<string, string>>;
}

/** Undefined when the text is no report. */
export function readReport(text: string): Report | undefined {
  if (!text.trimStart().startsWith('{')) return undefined;
  try {
    const value = JSON.parse(text) as Partial<Report>;
    return value.format === REPORT_FORMAT && typeof value.cib === 'string' && Array.isArray(value.inputs) ? { ...(value as Report), logs: value.logs ?? {}, fencings: value.fencings ?? [] } : undefined;
  } catch {
    // Some other file that begins with a brace.
    return undefined;
  }
}

export function writeReport(report: Report): string {
  return `${JSON.stringify(report, null, 1)}\n`;
}
