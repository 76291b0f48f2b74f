// SPDX-License-Identifier: GPL-2.0-or-later
/** What is printed reads back as itself. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attributeSet, isReserved, pair, parse, printDocument, word, type Statement } from '../../src/language/index.ts';

const NOWHERE = { start: -1, end: -1 };
const id = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_.-]{0,8}$/);
const value = fc.oneof(fc.stringMatching(/^[a-z0-9/:=.,-]{1,12}$/), fc.string({ unit: 'grapheme', maxLength: 12 }).filter((text) => !/[\n\r\u2028\u2029]/.test(text)));
const name = fc.oneof(id, fc.constantFrom('meta', 'op', 'date', 'my param', 'and', '('));
const items = fc.array(fc.tuple(name, fc.option(value, { nil: undefined })).map(([one, text]) => pair(one, text ?? (isReserved(one) ? 'x' : undefined))), { minLength: 1, maxLength: 4 });
const rule = fc.tuple(id, fc.constantFrom('eq', 'number:lt', 'ne'), id, fc.option(id, { nil: undefined })).map(([attribute, operator, operand, own]) => ({
  kind: 'rule' as const, id: own === undefined ? undefined : word(own), reference: undefined, role: undefined, score: word('100'),
  expression: { terms: [{ kind: 'comparison' as const, id: undefined, attribute: word(attribute), operator: word(operator), value: word(operand), ...NOWHERE }], operators: [], ...NOWHERE }, ...NOWHERE,
}));
const set = fc.tuple(fc.constantFrom('params' as const, 'meta' as const, 'utilization' as const), fc.option(id, { nil: undefined }), fc.array(rule, { maxLength: 2 }), items)
  .map(([section, own, rules, pairs]) => attributeSet(section, { id: own === undefined ? undefined : word(own), rules, items: pairs }));
const primitive: fc.Arbitrary<Statement> = fc.tuple(id, fc.array(set, { maxLength: 3 })).map(([own, sections]) => ({
  kind: 'primitive', keyword: word('primitive'), id: word(own), agent: word('ocf:heartbeat:Dummy'), description: undefined, sections, ...NOWHERE,
}));
const group: fc.Arbitrary<Statement> = fc.tuple(id, fc.uniqueArray(id.filter((one) => one !== 'params' && one !== 'meta'), { minLength: 1, maxLength: 4 })).map(([own, members]) => ({
  kind: 'group', keyword: word('group'), id: word(own), members: members.map(word), description: undefined, sections: [], ...NOWHERE,
}));
const order: fc.Arbitrary<Statement> = fc.tuple(id, fc.array(fc.tuple(fc.constantFrom('' as const, '(' as const, '[' as const), fc.array(id, { minLength: 1, maxLength: 3 })), { minLength: 1, maxLength: 3 })).map(([own, groups]) => ({
  kind: 'order', keyword: word('order'), id: word(own), label: word('Mandatory'), isMarked: true, options: [], lifetime: [],
  sets: groups.map(([bracket, members]) => ({ bracket, members: members.map((one) => ({ kind: 'resource' as const, word: word(one) })), ...NOWHERE })), ...NOWHERE,
}));
const document = fc.array(fc.oneof(primitive, group, order), { maxLength: 5 }).map((statements) => ({ statements: statements.map((statement) => ({ statement, comments: [word('# note')] })), trailing: [] }));

/** The tree without places. */
function bare(node: unknown): unknown {
  return JSON.parse(JSON.stringify(node, (key, inner: unknown) => (key === 'start' || key === 'end' || key === 'isNamed' ? undefined : inner)));
}

describe('printed text', () => {
  it('reads back as the same tree', () => {
    fc.assert(fc.property(document, (tree) => {
      const read = parse(printDocument(tree));
      expect(read.diagnostics.filter((one) => one.severity === 'error')).toEqual([]);
      const printed = tree.statements.filter(({ statement }) => statement.kind !== 'order');
      const again = read.statements.filter(({ statement }) => statement.kind !== 'order');
      expect(bare(again)).toEqual(bare(printed));
    }), { numRuns: 300 });
  });

  it('is a fixed point, on one line or on many', () => {
    fc.assert(fc.property(document, fc.constantFrom('lines' as const, 'line' as const), (tree, layout) => {
      const text = printDocument(tree, layout);
      expect(printDocument(parse(text), layout)).toBe(text);
    }), { numRuns: 300 });
  });

  it('survives any mutation without an exception', () => {
    fc.assert(fc.property(document, fc.nat(), fc.string({ unit: 'binary', maxLength: 3 }), (tree, at, junk) => {
      const text = printDocument(tree);
      const place = text.length === 0 ? 0 : at % text.length;
      const mutated = text.slice(0, place) + junk + text.slice(place + junk.length);
      expect(() => parse(mutated)).not.toThrow();
    }), { numRuns: 300 });
  });
});

it('the name of a pair with an id is quoted where it needs quotes', () => {
  const text = 'primitive a Dummy \\\n\tparams $v:" @y:z "=1\n';
  expect(printDocument(parse(text))).toBe(text);
});
