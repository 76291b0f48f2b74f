// SPDX-License-Identifier: GPL-2.0-or-later
/** Findings for programs: JSON of our own, SARIF 2.1.0 for code hosts, annotations, JUnit. */
import type { Finding, LintSeverity } from '../finding.ts';
import { element, writeXml } from '../../cib/index.ts';
import { Lines } from '../../language/index.ts';
import { ruleOf } from '../table.ts';
import { countOf, placed, type FileFindings } from './findings.ts';

const SARIF_LEVEL: Readonly<Record<LintSeverity, string>> = { error: 'error', warning: 'warning', info: 'note' };
const ANNOTATION: Readonly<Record<LintSeverity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/** `format` 1: `files` with their findings, places from 1, and `totals`. */
export function jsonReport(files: readonly FileFindings[]): string {
  const data = {
    format: 1,
    files: files.map((file) => ({ file: file.file, findings: placed(file).map(({ source: _source, ...rest }) => rest) })),
    totals: { errors: countOf(files, 'error'), warnings: countOf(files, 'warning'), hints: countOf(files, 'info') },
  };
  return `${JSON.stringify(data, null, 2)}\n`;
}

export function sarifReport(files: readonly FileFindings[], version: string): string {
  const codes = [...new Set(files.flatMap(({ findings }) => findings.map((one) => one.code)))].sort();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'quorate', version, rules: codes.map(sarifRule) } },
        columnKind: 'utf16CodeUnits',
        results: files.flatMap((file) => {
          const lines = new Lines(file.text);
          return placed(file).map((one, i) => ({
            ruleId: one.code,
            ruleIndex: codes.indexOf(one.code),
            level: SARIF_LEVEL[one.severity],
            message: { text: one.message },
            locations: [{ physicalLocation: { artifactLocation: { uri: fileUri(file.file) }, region: { startLine: one.line, startColumn: one.column, endLine: one.endLine, endColumn: Math.max(one.endColumn, one.endLine === one.line ? one.column + 1 : 1) } } }],
            ...sarifFixes(file.file, lines, file.findings[i]!, one.advice),
          }));
        }),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

/** A repair as the replacements that a viewer can make. */
function sarifFixes(file: string, lines: Lines, { code, repair }: Finding, advice: string): { readonly fixes?: readonly unknown[] } {
  if (repair === undefined || repair.length === 0) return {};
  const replacements = repair.map((edit) => {
    const [start, end] = [lines.place(edit.start), lines.place(edit.end)];
    return { deletedRegion: { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column }, insertedContent: { text: edit.text } };
  });
  return { fixes: [{ description: { text: advice === '' ? code : advice }, artifactChanges: [{ artifactLocation: { uri: fileUri(file) }, replacements }] }] };
}

function sarifRule(code: string): unknown {
  const row = ruleOf(code);
  return {
    id: code,
    shortDescription: { text: row?.title ?? code },
    fullDescription: { text: row?.why ?? code },
    help: { text: row?.advice ?? code },
    defaultConfiguration: { level: SARIF_LEVEL[row?.severity ?? 'warning'] },
  };
}

/** Relative to where the command ran, as code hosts want it; a whole path becomes a file: address. */
function fileUri(file: string): string {
  const path = file.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/');
  if (path.startsWith('/')) return `file://${path}`;
  const drive = /^[A-Za-z]%3A(?=\/)/.exec(path);
  return drive === null ? path : `file:///${path.replace('%3A', ':')}`;
}

/** Workflow commands that code hosts show beside the changed line. */
export function githubReport(files: readonly FileFindings[]): string {
  const line = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  const property = (text: string): string => line(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
  return files
    .flatMap((file) => placed(file).map((one) => `::${ANNOTATION[one.severity]} file=${property(file.file)},line=${one.line},col=${one.column},title=${property(one.code)}::${line(one.message)}\n`))
    .join('');
}

/** One suite a file, one failed case a finding that is not a hint. */
export function junitReport(files: readonly FileFindings[]): string {
  const suites = files.map((file) => {
    const failures = placed(file).filter((one) => one.severity !== 'info');
    const cases = failures.map((one) =>
      element('testcase', { classname: file.file, name: `${one.code} line ${one.line}` }, [element('failure', { type: one.code, message: `${file.file}:${one.line}:${one.column}: ${one.message}` })]),
    );
    const clean = failures.length === 0 ? [element('testcase', { classname: file.file, name: 'lint' })] : [];
    return element('testsuite', { name: file.file, tests: String(cases.length + clean.length), failures: String(failures.length) }, [...cases, ...clean]);
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n${writeXml(element('testsuites', { name: 'quorate lint' }, suites), { indent: 2 })}`;
}
