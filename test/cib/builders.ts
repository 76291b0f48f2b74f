// SPDX-License-Identifier: GPL-2.0-or-later
/** Documents for tests, and generators of random ones. */
import fc from 'fast-check';
import { compile, element, readXml, XmlComment, XmlElement, XmlText, type AgentFacts, type CibDraft, type CompileResult, type XmlNode } from '../../src/cib/index.ts';
import { parse } from '../../src/language/index.ts';

/** A document of today's schema with the given sections of the configuration. */
export function aCib(sections = '', attributes = ''): XmlElement {
  const given = ['crm_config', 'nodes', 'resources', 'constraints'].filter((name) => !new RegExp(`<${name}[ />]`).test(sections));
  const empty = given.map((name) => `<${name}/>`).join('');
  return xml(
    `<cib validate-with="pacemaker-4.0" admin_epoch="0" epoch="5" num_updates="3" ${attributes}><configuration>${empty}${sections}</configuration><status/></cib>`,
  );
}

/** Agents of any name, of which nothing is known. */
export const UNKNOWN_AGENTS: AgentFacts = {
  resolve: (text) => {
    const [first = '', second, third] = text.split(':');
    if (third !== undefined) return { class: first, provider: second!, type: third };
    return second === undefined ? { class: 'ocf', provider: 'heartbeat', type: first } : { class: first, provider: undefined, type: second };
  },
  metadata: () => undefined,
};

/** Loads a text as a file is loaded, with nothing known of any agent. */
export function load(draft: CibDraft, text: string): CompileResult {
  return compile({ parsed: parse(text), draft, agents: UNKNOWN_AGENTS, settings: { mode: 'file', hasAdvisedOperations: false, hasAdvisedFencingOperations: false } });
}

export function aDummy(id: string, more = ''): string {
  return `<primitive id="${id}" class="ocf" provider="pacemaker" type="Dummy" ${more}/>`;
}

/** The tree with the attributes of each element in one order, for comparisons in which their order is no difference. */
export function sorted(here: XmlElement): XmlElement {
  return new XmlElement(here.name, [...here.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).flat(), here.children.map((child) => (child.kind === 'element' ? sorted(child) : child)));
}

export function xml(text: string): XmlElement {
  const result = readXml(text);
  if (!result.ok) throw new Error(`${result.problem.message} at ${result.problem.line}:${result.problem.column} of ${text.slice(0, 200)}`);
  return result.root;
}

const names = fc.constantFrom('a', 'b', 'nvpair', 'primitive', 'übung', '__proto__', 'constructor', 'x-y.z', 'cib');
const words = fc.oneof(fc.constantFrom('1', 'Started', '', ' ', 'a"b', "it's", '<&>', '\n', '\t', 'ä€😀', '__proto__'), fc.string({ unit: 'grapheme', maxLength: 8 }).map(legal));
const ids = fc.constantFrom('i0', 'i1', 'i2', 'i3', 'i4', 'i5', 'i6', 'i7', 'i8', 'i9');

/** Without characters that XML cannot hold. */
function legal(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '');
}

const attributes = fc.uniqueArray(fc.tuple(names, words), { selector: ([name]) => name, maxLength: 4 });

/** Any tree that can be written: names, values and text of all kinds. */
export const anyTree: fc.Arbitrary<XmlElement> = fc.letrec<{ node: XmlNode; tree: XmlElement }>((tie) => ({
  tree: fc
    .tuple(names, attributes, fc.array(tie('node'), { maxLength: 4, depthIdentifier: 'tree' }))
    .map(([name, pairs, children]) => new XmlElement(name, pairs.flat(), joined(children))),
  node: fc.oneof(
    { depthSize: 'small', depthIdentifier: 'tree' },
    words.filter((text) => /[^ \n\t\r]/.test(text)).map((text) => new XmlText(text.replaceAll('\r', ' '))),
    words.map((text) => new XmlComment(text.replaceAll('-', '+').replaceAll('\r', ' '))),
    tie('tree'),
  ),
})).tree;

/** Neighbouring texts are one text for every reader. */
function joined(children: readonly XmlNode[]): XmlNode[] {
  const list: XmlNode[] = [];
  for (const child of children) {
    const last = list[list.length - 1];
    if (child.kind === 'text' && last?.kind === 'text') list[list.length - 1] = new XmlText(last.text + child.text);
    else list.push(child);
  }
  return list;
}

const values = fc.constantFrom('0', '1', 'x', 'y z', 'ü', '"', '&');

/** A child list: each element has an id of its own, comments stand in between. */
const children = (depth: number, withComments: boolean): fc.Arbitrary<XmlNode[]> =>
  fc
    .tuple(
      fc.shuffledSubarray(['i0', 'i1', 'i2', 'i3', 'i4']),
      fc.array(fc.tuple(fc.constantFrom('p', 'q'), fc.uniqueArray(fc.tuple(fc.constantFrom('u', 'v', 'w'), values), { selector: ([name]) => name })), { minLength: 5, maxLength: 5 }),
      depth === 0 ? fc.constant(new Array<XmlNode[]>(5).fill([])) : fc.array(children(depth - 1, withComments), { minLength: 5, maxLength: 5 }),
      withComments ? fc.array(fc.tuple(fc.nat(5), fc.constantFrom('c', 'd')), { maxLength: 2 }) : fc.constant([]),
    )
    .map(([order, shapes, below, comments]) => {
      const list: XmlNode[] = order.map((id, i) => element(shapes[i]![0], [['id', id], ...shapes[i]![1]], below[i]));
      for (const [at, text] of comments) list.splice(Math.min(at, list.length), 0, new XmlComment(text));
      return list;
    });

/** A document as a CIB is: elements with ids that differ among siblings. */
export function aDocument(withComments: boolean): fc.Arbitrary<XmlElement> {
  return fc
    .tuple(children(2, withComments), children(1, withComments), fc.nat(9))
    .map(([resources, status, epoch]) => element('cib', { epoch: String(epoch), num_updates: '0', admin_epoch: '0' }, [element('configuration', {}, [element('resources', {}, resources)]), element('status', {}, status)]));
}

/** Elements in which siblings may share names and ids, as no CIB has them. */
export const anyDocument: fc.Arbitrary<XmlElement> = fc
  .tuple(anyTree, fc.array(fc.tuple(fc.constantFrom('p', 'q'), ids), { maxLength: 4 }))
  .map(([tree, twins]) => element('cib', {}, [tree, ...twins.map(([name, id]) => element(name, { id }))]));
