// SPDX-License-Identifier: GPL-2.0-or-later
/** Each form of report on a small set of findings, and what belongs to a change. */
import { describe, expect, it } from 'vitest';
import { readXml } from '../../src/cib/index.ts';
import { countOf, githubReport, jsonReport, junitReport, lint, newFindings, ruleOf, sarifReport, textReport, type FileFindings, type Finding } from '../../src/lint/index.ts';
import { catalogueAgents, ruleExamples } from './rule-pages.ts';
import { hasSchema, sarifProblems } from './sarif.ts';

const TEXT = 'node 1: paris\nprimitive vip IPaddr2 params ip=192.0.2.300\n';
const ADDRESS = TEXT.indexOf('ip=');
const FINDINGS: readonly Finding[] = [
  { code: 'AGT111', severity: 'error', message: 'no address: 100%, really', span: { start: ADDRESS, end: ADDRESS + 14 } },
  { code: 'OPS201', severity: 'warning', message: 'vip has no monitor', span: { start: TEXT.indexOf('vip'), end: TEXT.indexOf('vip') + 3 }, repair: [{ start: TEXT.length - 1, end: TEXT.length - 1, text: ' op monitor interval=10s' }] },
  { code: 'MET701', severity: 'info', message: 'a hint', span: { start: 0, end: 0 } },
];
const FILES: readonly FileFindings[] = [{ file: 'a folder/ä:web.crm', text: TEXT, findings: FINDINGS }, { file: 'clean.crm', text: 'node 1: paris\n', findings: [] }];

describe('the report for people', () => {
  it('shows place, message, line, caret and advice', () => {
    const lines = textReport(FILES).split('\n');
    expect(lines[0]).toBe(`a folder/ä:web.crm:2:${ADDRESS - 13}: error AGT111: no address: 100%, really`);
    expect(lines[1]).toBe('  2 | primitive vip IPaddr2 params ip=192.0.2.300');
    expect(lines[2]).toBe(`    | ${' '.repeat(ADDRESS - 14)}${'^'.repeat(14)}`);
    expect(lines[3]).toMatch(/^ {4}= \S/);
  });

  it('ends with totals and what can be repaired', () => {
    expect(textReport(FILES)).toMatch(/\n2 files: 1 error, 1 warning, 1 hint; --fix repairs 1\n$/);
  });

  it('says once for each code why it matters', () => {
    const twice = textReport([FILES[0]!, FILES[0]!]);
    const why = ruleOf('AGT111')!.why;
    expect(twice.split(why).length - 1).toBe(1);
  });

  it.each([
    [{ start: ADDRESS + 3, end: ADDRESS + 14, text: '192.0.2.3' }, 'writes "ip=192.0.2.3"'],
    [{ start: ADDRESS, end: ADDRESS + 14, text: '' }, 'deletes "ip=192.0.2.300"'],
    [{ start: TEXT.length - 1, end: TEXT.length - 1, text: ' op start' }, 'adds "op start"'],
    [{ start: ADDRESS, end: ADDRESS, text: ' ' }, 'puts a blank in'],
  ])('tells what --fix does: %j', (edit, words) => {
    const shown = textReport([{ file: 'a', text: TEXT, findings: [{ ...FINDINGS[0]!, repair: [edit] }] }]);
    expect(shown).toContain(`--fix ${words}`);
  });

  it('shows severities in colour when it is given some', () => {
    expect(textReport(FILES, (text, severity) => `<${severity}>${text}</>`)).toContain('<error>error AGT111</>: no address');
  });

  it('cuts long lines around the caret', () => {
    const text = `primitive vip IPaddr2 params ${'a=b '.repeat(200)}\n`;
    const report = textReport([{ file: 'long.crm', text, findings: [{ code: 'AGT102', severity: 'error', message: 'm', span: { start: 600, end: 603 } }] }]);
    const [, shown, caret] = report.split('\n') as [string, string, string];
    expect(shown.length).toBeLessThan(140);
    expect(shown.slice(caret.indexOf('^'), caret.lastIndexOf('^') + 1)).toBe(text.slice(600, 603));
  });
});

describe('the JSON report', () => {
  it('has a place for every finding and the totals', () => {
    const data: unknown = JSON.parse(jsonReport(FILES));
    expect(data).toMatchObject({
      format: 1,
      files: [
        { file: 'a folder/ä:web.crm', findings: [{ code: 'AGT111', severity: 'error', line: 2, column: ADDRESS - 13, endLine: 2, endColumn: ADDRESS + 1, isRepairable: false }, { code: 'OPS201', isRepairable: true }, { code: 'MET701', line: 1, column: 1 }] },
        { file: 'clean.crm', findings: [] },
      ],
      totals: { errors: 1, warnings: 1, hints: 1 },
    });
  });
});

describe.skipIf(!hasSchema)('the SARIF report', () => {
  it('is accepted by the published schema of SARIF 2.1.0', () => {
    expect(sarifProblems(JSON.parse(sarifReport(FILES, '1.2.3')))).toEqual([]);
  });

  it('is accepted with the findings of every rule', () => {
    const agents = catalogueAgents();
    const files = ruleExamples().map(({ code, badText, target }) => ({ file: `${code}.crm`, text: badText, findings: lint(badText, { agents, target, enable: new Set([code]) }) }));
    expect(sarifProblems(JSON.parse(sarifReport(files, '1.2.3')))).toEqual([]);
  });

  it.each([
    ['web.crm', 'web.crm'],
    ['a folder/ä.crm', 'a%20folder/%C3%A4.crm'],
    ['/etc/ha/web.crm', 'file:///etc/ha/web.crm'],
    ['sub\\web.crm', 'sub/web.crm'],
    ['C:\\ha\\web.crm', 'file:///C:/ha/web.crm'],
  ])('names the file %s as %s', (file, uri) => {
    const log = JSON.stringify(JSON.parse(sarifReport([{ ...FILES[0]!, file }], '1.2.3')));
    expect(log).toContain(`"artifactLocation":{"uri":"${uri}"}`);
    expect(sarifProblems(JSON.parse(log))).toEqual([]);
  });

  it('carries repairs as replacements in the text', () => {
    const log = JSON.parse(sarifReport(FILES, '1.2.3')) as { runs: { results: { ruleId: string; fixes?: { artifactChanges: { replacements: unknown[] }[] }[] }[] }[] };
    const fixed = log.runs[0]!.results.filter((one) => one.fixes !== undefined);
    expect(fixed.map((one) => one.ruleId)).toEqual(['OPS201']);
    const column = TEXT.length - TEXT.indexOf('primitive');
    expect(fixed[0]!.fixes![0]!.artifactChanges[0]!.replacements).toEqual([{ deletedRegion: { startLine: 2, startColumn: column, endLine: 2, endColumn: column }, insertedContent: { text: ' op monitor interval=10s' } }]);
  });

  it('is accepted without findings and with codes of an organisation', () => {
    expect(sarifProblems(JSON.parse(sarifReport([], '1.2.3')))).toEqual([]);
    const own: FileFindings = { file: 'x.crm', text: TEXT, findings: [{ code: 'ACME-1', severity: 'warning', message: 'm', span: { start: 0, end: 4 } }] };
    expect(sarifProblems(JSON.parse(sarifReport([own], '1.2.3')))).toEqual([]);
  });

  it.each([
    ['another version', { version: '2.0.0' }],
    ['no runs', { runs: undefined }],
    ['a run without tool', { runs: [{ results: [] }] }],
    ['a result of a rule that is not listed', { runs: [{ tool: { driver: { name: 'x', rules: [] } }, results: [{ ruleId: 'A', ruleIndex: 0, message: { text: 'm' } }] }] }],
    ['a region that ends before it starts', { runs: [{ tool: { driver: { name: 'x' } }, results: [{ message: { text: 'm' }, locations: [{ physicalLocation: { artifactLocation: { uri: 'a' }, region: { startLine: 2, startColumn: 1, endLine: 1, endColumn: 1 } } }] }] }] }],
    ['a blank in an address', { runs: [{ tool: { driver: { name: 'x' } }, results: [{ message: { text: 'm' }, locations: [{ physicalLocation: { artifactLocation: { uri: 'a b' } } }] }] }] }],
  ])('would be refused with %s', (_what, change) => {
    expect(sarifProblems({ version: '2.1.0', ...change })).not.toEqual([]);
  });
});

describe('the report for code hosts', () => {
  it('is one escaped annotation a finding', () => {
    const lines = githubReport(FILES).trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toBe(`::error file=a folder/ä%3Aweb.crm,line=2,col=${ADDRESS - 13},title=AGT111::no address: 100%25, really`);
    expect(lines.map((line) => line.split(' ')[0])).toEqual(['::error', '::warning', '::notice']);
  });
});

describe('the JUnit report', () => {
  it('is XML with a suite a file and a failure for everything but hints', () => {
    const read = readXml(junitReport(FILES));
    if (!read.ok) throw new Error('no XML');
    const suites = [...read.root.elements('testsuite')];
    expect(suites.map((one) => [one.get('name'), one.get('tests'), one.get('failures')])).toEqual([['a folder/ä:web.crm', '2', '2'], ['clean.crm', '1', '0']]);
    expect(suites.map((one) => [...one.elements('testcase')].length)).toEqual([2, 1]);
  });
});

describe('findings of a change', () => {
  const error = FINDINGS[0]!;

  it('are none when nothing changed', () => {
    expect(newFindings(TEXT, FINDINGS, TEXT, FINDINGS)).toEqual([]);
  });

  it('are not those that only moved to another line', () => {
    const moved = { ...error, span: { start: error.span.start + 2, end: error.span.end + 2 } };
    expect(newFindings(`\n\n${TEXT}`, [moved], TEXT, [error])).toEqual([]);
  });

  it('are those about other words', () => {
    const other = TEXT.replace('300', '301');
    expect(newFindings(other, [error], TEXT, [error])).toEqual([error]);
  });

  it('include a second copy of an old one', () => {
    expect(newFindings(TEXT, [error, error], TEXT, [error])).toEqual([error]);
  });

  it('are counted by severity', () => {
    expect([countOf(FILES, 'error'), countOf(FILES, 'warning'), countOf(FILES, 'info')]).toEqual([1, 1, 1]);
  });
});
