// SPDX-License-Identifier: GPL-2.0-or-later
/** XPath: simple paths find what the library finds; the library answers the rest. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { isSimpleXPath, loadXPath, located, selectXPath, type XmlElement } from '../../src/cib/index.ts';
import { aCib, aDocument, aDummy } from './builders.ts';

beforeAll(loadXPath);

const CIB = aCib(
  `<nodes><node id="1" uname="n1"/></nodes><resources>${aDummy('a')}<group id="g">${aDummy('b')}${aDummy('c', 'description="x"')}</group></resources><tags><tag id="t"><obj_ref id="a"/></tag></tags>`,
);
const ids = (xpath: string): (string | undefined)[] => selectXPath(CIB, xpath)!.map((location) => located(location).id ?? located(location).name);

describe('an XPath', () => {
  it.each([
    ['//primitive', ['a', 'b', 'c'], true],
    ["//primitive[@id='b']", ['b'], true],
    ['/cib/configuration/resources/primitive', ['a'], true],
    ['/cib//group/*', ['b', 'c'], true],
    ['//*[@id="a" or @id="t"]', ['a', 't', 'a'], true],
    ["//primitive[not(@description) and @class='ocf']", ['a', 'b'], true],
    ["//primitive[@description!='y']", ['c'], true],
    ['//group/primitive[2]', ['c'], true],
    ['//primitive/@description', ['c'], true],
    ['//tag|//node', ['1', 't'], true],
    ['//*/primitive', ['a', 'b', 'c'], true],
    ['/', ['cib'], true],
    ['/cib', ['cib'], true],
    ['/*[false()]', [], true],
    ['//nosuch', [], true],
    ['//primitive[starts-with(@id, "b")]', ['b'], false],
    ['//primitive[last()]', ['a', 'c'], false],
    ['//primitive[../@id="g"]', ['b', 'c'], false],
    ['//group[primitive/@id="b"]', ['g'], false],
    ['(//primitive)[3]', ['c'], false],
  ])('%s selects %j', (xpath, found, isSimple) => {
    expect(ids(xpath)).toEqual(found);
    expect(isSimpleXPath(xpath)).toBe(isSimple);
  });

  it('that is none selects nothing and does not throw', () => expect(selectXPath(CIB, 'bad[')).toBeUndefined());

  it('in simple form selects what the library selects', () => {
    const test = fc.oneof(
      fc.constantFrom('@id', "@u='1'", "@v!='x'", 'not(@w)', "@u='x' or @v='1'", "@id='i1' and @u", '2', '1'),
    );
    const step = fc.tuple(fc.constantFrom('/', '//'), fc.constantFrom('p', 'q', '*'), fc.option(test, { nil: undefined })).map(([axis, name, predicate]) => `${axis}${name}${predicate === undefined ? '' : `[${predicate}]`}`);
    const path = fc.array(step, { minLength: 1, maxLength: 4 }).map((steps) => steps.join(''));
    fc.assert(
      fc.property(aDocument(true), fc.array(path, { minLength: 1, maxLength: 2 }), (document, paths) => {
        const expression = paths.join('|');
        expect(isSimpleXPath(expression)).toBe(true);
        // Parentheses around the expression send it to the library.
        expect(chosen(document, expression)).toEqual(chosen(document, `(${expression})`));
      }),
      { numRuns: 200 },
    );
  });
});

/** Position in the document of each selected element. */
function chosen(document: XmlElement, expression: string): number[] {
  const order = [...document.descendants()];
  return selectXPath(document, expression)!.map((location) => order.indexOf(located(location)));
}
