// SPDX-License-Identifier: GPL-2.0-or-later
import { describe, expect, it } from 'vitest';
import { parse, printDocument } from '../../src/language/index.ts';
import { fuzz } from '../fuzz.ts';
import { textOracle } from './fuzz/text.ts';

describe('lexer, parser and printer', () => {
  it('answer mutated texts: at once, with a place, and print what they accepted as a fixed point', () => {
    expect(fuzz(textOracle, 3000, 11).failures).toEqual([]);
  });

  it('refuse rules nested 10,000 deep with a message', () => {
    const found = parse(`location l p rule ${'( '.repeat(10_000)}a eq b${' )'.repeat(10_000)}`).diagnostics.find((one) => one.severity === 'error');
    expect(found?.message).toMatch(/\w+ \w+/);
  });

  it.each([
    ['xml " type="t"/>', ['invalid-xml'], ''],
    ["xml '<node id=\"1\" uname=\"a b\"/>'", [], 'xml <node id="1" uname="a b"/>\n'],
    ['xml <node id="1" \\ \\', [], 'xml <node id="1"\n'],
    ['group g a met\\a \\params b=1', [], 'group g a \\meta \\params \\\n\tparams b=1\n'],
    ['fencing_topology index=3" st3"x st1', ['invalid-value'], ''],
    ['node 1: n1 description=""""', [], 'node 1: n1 \\\n\tattributes description=""\n'],
    ["colocation c inf: a b node-attribute'=(rack'", ['unexpected-word'], ''],
    ['node 1: n1 "description="a b=1', [], 'node 1: n1 \\\n\tattributes description=a b=1\n'],
    ['location l { a }\\ x=y 5: n1', [], 'location l { a } " x"=y 5: n1\n'],
  ])('take %j for what it says: %j', (text, codes, printed) => {
    const read = parse(text);
    expect([read.diagnostics.map((one) => one.code), printDocument(read), printDocument(parse(printDocument(read)))]).toEqual([codes, printed, printed]);
  });

  it.each([['meta'], ['op'], ['and'], ['@x'], ['a=b'], ['('], ['_rsc_set_'], ['$id=x']])('take an escaped %j for a plain name', (name) => {
    const text = `primitive r Dummy params x=1 \\${name.replace('=', '\\=')}`;
    const { statements, diagnostics } = parse(text);
    const section = statements[0]?.statement.kind === 'primitive' ? statements[0].statement.sections[0] : undefined;
    const item = section?.kind === 'set' ? section.items[1] : undefined;
    if (name.startsWith('$')) expect(diagnostics[0]?.code).toBe('unexpected-word');
    else expect(item?.kind === 'pair' && item.name.text).toBe(name);
    expect(printDocument(parse(printDocument({ statements, trailing: [] })))).toBe(printDocument({ statements, trailing: [] }));
  });
});
