// SPDX-License-Identifier: GPL-2.0-or-later
/** Lint: a case must give exactly its codes, a clean text none, and the automatic repair must arrive at the recorded text. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCatalogue } from '../../../src/agents/index.ts';
import { catalogueSource, fix, lint, type LintOptions, type Target } from '../../../src/lint/index.ts';
import type { ConformanceCase, Outcome, Suite } from '../suite.ts';

const CATALOGUE = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'agents', 'catalogue.json');

interface RecordedCase {
  readonly id: string;
  readonly expect: readonly string[];
  readonly target: Target;
  readonly crm: string;
  readonly fixed?: string;
  readonly repair?: 'auto' | 'example';
}

export const suite: Suite = {
  name: 'lint',
  cases(dir) {
    const recorded = JSON.parse(readFileSync(join(dir, 'cases.json'), 'utf8')) as { cases: RecordedCase[]; clean: (string | { id?: string; crm: string; target?: Target })[] };
    const agents = catalogueSource(readCatalogue(readFileSync(CATALOGUE, 'utf8')));
    const judged = recorded.cases.map((one): ConformanceCase => ({ id: one.id, group: one.id.slice(0, 3), outcomes: outcomeIds(one), run: () => judge(one, { agents, target: one.target }) }));
    const clean = recorded.clean.map((one, i): ConformanceCase => {
      const text = typeof one === 'string' ? one : one.crm;
      const id = typeof one === 'string' || one.id === undefined ? `clean-${i + 1}` : one.id;
      return { id, group: 'clean', run: () => [codes(id, [], text, { agents, target: typeof one === 'string' ? undefined : one.target })] };
    });
    return [...judged, ...clean];
  },
};

function outcomeIds(one: RecordedCase): string[] {
  return one.fixed === undefined ? [one.id] : [one.id, `${one.id}.fixed`];
}

function judge(one: RecordedCase, options: LintOptions): Outcome[] {
  const found = codes(one.id, one.expect, one.crm, options);
  if (one.fixed === undefined) return [found];
  const id = `${one.id}.fixed`;
  if (one.repair !== 'auto') return [found, codes(id, [], one.fixed, options)];
  const [expected, actual] = [normal(one.fixed), normal(fix(one.crm, options))];
  if (expected === actual) return [found, codes(id, [], one.fixed, options)];
  const at = expected.split('\n').findIndex((line, i) => line !== actual.split('\n')[i]);
  const difference = `expected ${JSON.stringify(expected.split('\n')[at])}, got ${JSON.stringify(actual.split('\n')[at])}`;
  return [found, { id, difference, full: `--- expected\n${expected}\n+++ got\n${actual}` }];
}

function codes(id: string, expect: readonly string[], text: string, options: LintOptions): Outcome {
  const findings = lint(text, options);
  const found = [...new Set(findings.map((one) => one.code))].sort().join(' ');
  const wanted = [...expect].sort().join(' ');
  if (found === wanted) return { id };
  return { id, difference: `expected [${wanted}], got [${found}]`, full: `expected [${wanted}]\n${findings.map((one) => `${one.code} ${one.span.start} ${one.message}`).join('\n')}\n${text}` };
}

/** Blanks and the order of pairs inside one section do not count, nor the order of statements. */
function normal(text: string): string {
  const statements = text.replace(/\\\s*\n\s*/g, ' ').split('\n').map((line) => line.trim()).filter((line) => line !== '');
  return statements.map(normalStatement).sort().join('\n');
}

function normalStatement(line: string): string {
  const words = line.match(/(?:[^\s"]|"[^"]*")+/g) ?? [];
  const out: string[] = [];
  let pairs: string[] = [];
  for (const word of words) {
    if (word.includes('=') && !word.startsWith('#')) pairs.push(word.replaceAll('"', ''));
    else {
      out.push(...pairs.sort(), word.replaceAll('"', ''));
      pairs = [];
    }
  }
  return [...out, ...pairs.sort()].join(' ');
}
