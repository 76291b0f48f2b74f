// SPDX-License-Identifier: GPL-2.0-or-later
/** `xml <ELEMENT ...>`: an object given as its element. */
import type { Word, XmlStatement } from '../../language/index.ts';
import { readXml, XmlComment, type XmlElement } from '../xml/index.ts';
import type { CompileContext } from './context.ts';
import { assignIds } from './ids.ts';
import { Building } from './building.ts';
import { kindOf, objectKey, RESOURCE_ELEMENTS, SECTION_ORDER, type ObjectKind } from './kinds.ts';
import { adoptMembers } from './membership.ts';

interface XmlObject {
  readonly key: string;
  readonly kind: ObjectKind;
  readonly at: Word;
  readonly element: XmlElement;
}

const SECTIONS_BY_ELEMENT: ReadonlyMap<string, string> = new Map([
  ['rsc_defaults', 'rsc_defaults'],
  ['op_defaults', 'op_defaults'],
]);

/** The object that the element is, or undefined after saying what is wrong with it. */
export function xmlObject(statement: XmlStatement, context: CompileContext): XmlObject | undefined {
  const read = readXml(statement.xml.text);
  if (!read.ok) {
    context.sink.add('invalid-xml', statement.xml, `this is no XML element: ${read.problem.message} (character ${read.problem.offset + 1})`);
    return undefined;
  }
  const defaults = SECTIONS_BY_ELEMENT.get(read.root.name);
  const root = defaults === undefined ? read.root : read.root.first('meta_attributes');
  const section = defaults ?? SECTION_ORDER.find((name) => kindOf(read.root, name) !== undefined && name !== 'rsc_defaults' && name !== 'op_defaults');
  const kind = root === undefined || section === undefined ? undefined : kindOf(root, section);
  const key = root === undefined || section === undefined ? '' : objectKey(root, section);
  if (root === undefined || kind === undefined || key === '') {
    context.sink.add('invalid-xml', statement.xml, kind === undefined ? `<${read.root.name}> is no object of the configuration` : `<${read.root.name}> has no id`);
    return undefined;
  }
  return { key, kind, at: statement.xml, element: root };
}

export function applyXml(statement: XmlStatement, comments: readonly Word[], context: CompileContext, keys: Set<string>): void {
  const object = xmlObject(statement, context);
  if (object === undefined) return;
  const { draft, sink } = context;
  const { key, kind, at } = object;
  const old = draft.get(key);
  if (old !== undefined && old.kind !== kind) sink.add('id-clash', at, `${key} is a ${old.kind} already`, { object: key });
  else if (old !== undefined && context.mode === 'typed') sink.add('duplicate-object', at, `${kind} ${key} exists already`, { object: key, repair: `change it with: edit ${key}` });
  else {
    put(withComments(object.element, comments), key, kind, undefined, context, keys);
  }
}

/** Comments that are in the element already are not doubled. */
function withComments(element: XmlElement, comments: readonly Word[]): XmlElement {
  const present = new Set(element.children.map((child) => (child.kind === 'comment' ? child.text.trim() : '')));
  const added = comments.filter((comment) => !present.has(comment.text.trim()) && !present.has(comment.text.replace(/^#\s*/, ''))).map((comment) => new XmlComment(comment.text));
  return added.length === 0 ? element : element.withChildren([...added, ...element.children]);
}

/** Puts an element with everything inside it; resources in a container become objects of their own. */
function put(whole: XmlElement, key: string, kind: ObjectKind, parent: string | undefined, context: CompileContext, keys: Set<string>): void {
  const { draft } = context;
  const old = draft.get(key);
  for (const member of whole.elements()) {
    const known = member.id === undefined ? undefined : draft.get(member.id);
    if (!RESOURCE_ELEMENTS.has(member.name) || member.id === undefined) continue;
    if (known === undefined || !isStub(member)) put(member, member.id, kindOf(member, 'resources')!, known?.parent, context, keys);
  }
  const own = whole.withChildren(whole.children.map((child) => (child.kind === 'element' && RESOURCE_ELEMENTS.has(child.name) ? child.withChildren([]) : child)));
  const made = Building.of(own);
  for (const child of made.parts()) if (RESOURCE_ELEMENTS.has(child.name)) child.attributes.splice(0, child.attributes.length, 'id', child.get('id') ?? '');
  draft.release(key);
  assignIds(made, old?.element, draft);
  const object = draft.put({ key, kind, element: made.seal(), parent: old?.parent ?? parent, rank: old?.rank ?? context.ranks.get(key) });
  keys.add(key);
  adoptMembers(object, old, context);
}

function isStub(member: XmlElement): boolean {
  return member.children.length === 0 && member.attributes.length === 2;
}
