// SPDX-License-Identifier: GPL-2.0-or-later
/** Findings for people: place, what is wrong, the line with a caret, what to do. */
import { countOf, placed, type FileFindings, type PlacedFinding } from './findings.ts';

/** Longer source lines are cut around the caret. */
const SHOWN_COLUMNS = 120;
const BEFORE_CARET = 40;

export function textReport(files: readonly FileFindings[]): string {
  const blocks = files.flatMap((file) => placed(file).map((one) => block(file.file, one)));
  const repairable = files.reduce((sum, { findings }) => sum + findings.filter((one) => one.repair !== undefined).length, 0);
  const hint = repairable === 0 ? '' : `; ${repairable} can be repaired with --fix`;
  const totals = `${files.length} file(s): ${countOf(files, 'error')} error(s), ${countOf(files, 'warning')} warning(s), ${countOf(files, 'info')} hint(s)${hint}\n`;
  return `${blocks.join('')}${totals}`;
}

function block(file: string, one: PlacedFinding): string {
  const cut = one.column > SHOWN_COLUMNS - 20 ? one.column - BEFORE_CARET : 0;
  const shown = one.source.slice(cut, cut + SHOWN_COLUMNS);
  const before = shown.slice(0, Math.max(0, one.column - 1 - cut)).replace(/[^\t]/g, ' ');
  const width = one.endLine === one.line ? Math.max(1, Math.min(one.endColumn - one.column, shown.length - before.length)) : 1;
  const gutter = ' '.repeat(String(one.line).length);
  return [
    `${file}:${one.line}:${one.column}: ${one.severity} ${one.code}: ${one.message}`,
    `  ${one.line} | ${shown}`,
    `  ${gutter} | ${before}${'^'.repeat(width)}`,
    ...(one.advice === '' ? [] : [`  ${gutter} = ${one.advice}`]),
    '',
    '',
  ].join('\n');
}
