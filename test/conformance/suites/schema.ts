// SPDX-License-Identifier: GPL-2.0-or-later
/** Judges the schema table: for each recorded document the verdict of the grammar of its version, and what kind of fault it is. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readXml, schemaOf, validateCib, type SchemaFinding } from '../../../src/cib/index.ts';
import type { Suite } from '../suite.ts';

interface SchemaCase {
  readonly id: string;
  readonly schema: string;
  readonly category: string;
  readonly xml: string;
  readonly valid: boolean;
  readonly caughtBy: 'structure' | 'duplicate-id' | 'idref' | null;
}

export const suite: Suite = {
  name: 'schema',
  cases(dir) {
    const list = JSON.parse(readFileSync(join(dir, 'valid', 'cases.json'), 'utf8')) as SchemaCase[];
    return list.map((one) => ({
      id: one.id,
      group: one.category,
      run: () => [{ id: one.id, ...judge(one) }],
    }));
  },
};

function judge(one: SchemaCase): { difference?: string; full?: string } {
  const expected = one.valid ? 'valid' : `invalid by ${one.caughtBy}`;
  const findings = findingsOf(one);
  const actual = findings.length === 0 ? 'valid' : `invalid by ${stage(findings)}`;
  const told = findings.map((finding) => `${finding.path}: ${finding.message}`).join('\n');
  if (actual !== expected) return { difference: `expected ${expected}, got ${actual}`, full: `expected ${expected}, got ${actual}\n${told}` };
  const silent = findings.find((finding) => finding.path === '' || finding.message === '' || (finding.expected ?? finding.repair) === undefined);
  return silent === undefined ? {} : { difference: `finding without path, message or repair: ${JSON.stringify(silent.message)}` };
}

function findingsOf(one: SchemaCase): Pick<SchemaFinding, 'kind' | 'path' | 'message' | 'expected' | 'repair'>[] {
  const read = readXml(one.xml);
  if (!read.ok) return [{ kind: 'text', path: '/', message: read.problem.message, expected: 'XML' }];
  const version = schemaOf(one.schema);
  if (version === undefined || version === 'none') throw new Error(`case names schema ${one.schema}`);
  return validateCib(read.root, version);
}

/** Structure is checked before ids and references are. */
function stage(findings: readonly Pick<SchemaFinding, 'kind'>[]): string {
  if (findings.some((finding) => finding.kind !== 'duplicate-id' && finding.kind !== 'dangling-reference')) return 'structure';
  return findings.some((finding) => finding.kind === 'duplicate-id') ? 'duplicate-id' : 'idref';
}
