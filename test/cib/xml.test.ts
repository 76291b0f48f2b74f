// SPDX-License-Identifier: GPL-2.0-or-later
/** Reading and writing documents: nothing is lost, nothing illegal is taken, and other parsers agree. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { readXml, sameXml, writeXml, XmlElement, XmlText, type XmlNode } from '../../src/cib/index.ts';
import { anyTree, xml } from './builders.ts';

describe('a document', () => {
  it('comes back from text as it was written', () => {
    fc.assert(
      fc.property(anyTree, fc.constantFrom(undefined, 2), (tree, indent) => {
        const back = xml(writeXml(tree, { indent }));
        expect(sameXml(back, tree)).toBe(true);
        expect(writeXml(back)).toBe(writeXml(tree));
      }),
      { numRuns: 1000 },
    );
  });

  it('means to saxes what it means to us', () => {
    fc.assert(
      fc.property(anyTree, fc.constantFrom(undefined, 2), (tree, indent) => {
        const text = writeXml(tree, { indent });
        expect(outline(xml(text))).toEqual(saxesOutline(text));
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['<a b="1" b="2"/>', 'attribute "b" twice in <a>'],
    ['<a b="1" c="2"/>', 'accepted'],
    ['<c a="1" b="1"><c a="2" b=\'1\' a="3"/></c>', 'attribute "a" twice in <c>'],
    [`<c${Array.from({ length: 10_001 }, (_, i) => ` a${i}=""`).join('')} b="1" b="2"/>`, 'attribute "b" twice in <c>'],
    ['<a><b></a>', '</a> closes <b>'],
    ['<a b=1/>', 'value of "b" is not quoted'],
    ['<a>&lt</a>', '"&" must be written "&amp;"'],
    ['<a>&x;</a>', 'unknown entity &x;'],
    ['<a/><b/>', 'second root element'],
    ['<a>]]></a>', '"]]>" in character data'],
    ['<a><!-- -- --></a>', '"--" inside a comment'],
    ['<!DOCTYPE a [<!ENTITY b "bb">]><a/>', 'DOCTYPE is not accepted in a CIB'],
    ['<a b="\u0001"/>', 'character U+0001 is not allowed in XML'],
    ['', 'document holds no element'],
    ['<a b="<"/>', '"<" in the value of "b"'],
    ['<1a/>', 'expected element name'],
  ])('%j is refused: %s', (text, message) => {
    const result = readXml(text);
    expect(result.ok ? 'accepted' : result.problem.message).toBe(message);
  });

  it('nested 10,000 deep is refused with a message', () => {
    const result = readXml(`${'<a>'.repeat(10_000)}${'</a>'.repeat(10_000)}`);
    expect(result.ok ? '' : result.problem.message).toBe('elements nested deeper than 256');
  });

  it('may use __proto__ and constructor as names and values', () => {
    const root = xml('<__proto__ __proto__="1" constructor="2"><constructor/></__proto__>');
    expect([root.name, root.get('__proto__'), root.get('constructor'), root.get('toString'), root.elements('constructor').length]).toEqual(['__proto__', '1', '2', undefined, 1]);
  });

  it('can be read again whatever its values hold: what XML does not know is written as three octal digits', () => {
    const values = Array.from({ length: 0x21 }, (_unused, code) => String.fromCharCode(code)).concat('\ufffe', '\uffff', '\ud800', '\u007f');
    for (const value of values) {
      const written = writeXml(new XmlElement('a', ['b', `x${value}y`], [new XmlText(`x${value}y`)]));
      expect(readXml(written).ok).toBe(true);
    }
    expect(writeXml(new XmlElement('a', ['b', 'x\u0001y\uffff'], []))).toBe('<a b="x\\001y\\357\\277\\277"/>');
  });

  it('keeps text that is not only white space, with its blanks', () => {
    expect(xml('<a> x <b/> </a>').children).toHaveLength(2);
    expect(xml('<a> <![CDATA[x]]> </a>').text).toBe(' x ');
    expect(xml('<a>\r\n<b/>\r\n</a>').children).toHaveLength(1);
  });
});

const RECORDED = join(process.env['QUORATE_FIXTURES'] ?? '../shared/fixtures', 'tools', 'cib');

describe.skipIf(!existsSync(RECORDED))('recorded documents', () => {
  const texts = existsSync(RECORDED) ? readdirSync(RECORDED).filter((name) => name.endsWith('.xml')).map((name) => readFileSync(join(RECORDED, name), 'utf8')).filter((text) => text.startsWith('<')) : [];

  it('mean to saxes what they mean to us', () => {
    for (const text of texts) expect(outline(xml(text))).toEqual(saxesOutline(text));
  });

  it('mean to fast-xml-parser what they mean to us', () => {
    for (const text of texts) expect(outline(xml(text))).toEqual(fastOutline(text));
  });
});

type Outline = readonly [name: string, attributes: readonly (readonly [string, string])[], children: readonly (Outline | string)[]];

/** The tree as plain data; comments out, texts joined. */
function outline(here: XmlElement): Outline {
  const children: (Outline | string)[] = [];
  for (const child of here.children) add(children, child);
  return [here.name, [...here.entries()], children];
}

function add(children: (Outline | string)[], child: XmlNode): void {
  if (child.kind === 'element') children.push(outline(child));
  if (child.kind === 'text') children.push(child.text);
}

function saxesOutline(text: string): Outline {
  const root: [string, [string, string][], (Outline | string)[]] = ['', [], []];
  const stack = [root];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => {
    const here: typeof root = [tag.name, Object.entries(tag.attributes) as [string, string][], []];
    stack[stack.length - 1]![2].push(here as unknown as Outline);
    stack.push(here);
  });
  parser.on('closetag', () => void stack.pop());
  parser.on('text', (data) => {
    const into = stack[stack.length - 1]![2];
    if (stack.length > 1 && /[^ \n\t\r]/.test(data)) into.push(data);
  });
  parser.write(text).close();
  return root[2][0] as Outline;
}

type FastNode = { readonly ':@'?: Readonly<Record<string, string>>; readonly '#text'?: string } & Readonly<Record<string, unknown>>;

function fastOutline(text: string): Outline {
  const parser = new XMLParser({ preserveOrder: true, ignoreAttributes: false, attributeNamePrefix: '', parseTagValue: false, parseAttributeValue: false, trimValues: false, ignoreDeclaration: true });
  const roots = (parser.parse(text) as FastNode[]).filter((node) => node['#text'] === undefined);
  return fastNode(roots[0]!);
}

function fastNode(node: FastNode): Outline {
  const name = Object.keys(node).find((key) => key !== ':@')!;
  const children = (node[name] as FastNode[]).flatMap((child): (Outline | string)[] => {
    if (child['#text'] === undefined) return [fastNode(child)];
    return /[^ \n\t\r]/.test(child['#text']) ? [child['#text']] : [];
  });
  return [name, Object.entries(node[':@'] ?? {}), children];
}
