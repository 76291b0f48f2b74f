// SPDX-License-Identifier: GPL-2.0-or-later
/** Every kind of statement, with everything that can stand in it, reads back as what was printed. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, printDocument, type Statement } from '../../src/language/index.ts';
import { STATEMENTS } from './any-statement.ts';

/** The tree without places, and without what only spelling decides. */
function bare(node: unknown): unknown {
  return JSON.parse(JSON.stringify(node, (key, inner: unknown) => (['start', 'end', 'isNamed', 'hasBraces'].includes(key) ? undefined : inner)));
}

describe('a statement made by a program', () => {
  it.each(Object.entries(STATEMENTS) as [string, fc.Arbitrary<Statement>][])('reads back as itself, on one line or on many: %s', (_kind, statements) => {
    fc.assert(fc.property(statements, fc.constantFrom('lines' as const, 'line' as const), (statement, layout) => {
      const text = printDocument({ statements: [{ statement, comments: [] }], trailing: [] }, layout);
      const read = parse(text);
      expect([read.diagnostics.filter((one) => one.severity === 'error'), read.statements.map((one) => bare(one.statement))]).toEqual([[], [bare(statement)]]);
      expect(printDocument(read, layout)).toBe(text);
    }), { numRuns: 250 });
  });
});
