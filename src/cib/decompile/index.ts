// SPDX-License-Identifier: GPL-2.0-or-later
/** A CIB as configuration text: every object as a statement, or as XML where the language has no words for it. */
import { isValidId, word, type CommentedStatement, type Statement, type Word } from '../../language/index.ts';
import { expectedIds, hasPromotedRole, leadingComments, printOrder, schemaNumber, SECTION_ORDER, sectionOf, type CibDraft, type CibObject } from '../compile/index.ts';
import { writeXml, XmlComment, type XmlElement } from '../xml/index.ts';
import { decompileAcl, decompileAclTarget } from './acl.ts';
import { decompileColocation, decompileLocation, decompileOrder, decompileTicket } from './constraint.ts';
import { Inexpressible, type DecompileContext } from './context.ts';
import { decompileAlert, decompileNode, decompileProperty, decompileTag, decompileTopology } from './other.ts';
import { decompileBundle, decompileContainer, decompilePrimitive } from './resource.ts';

export interface DecompileOptions {
  readonly detail?: DecompileContext['detail'];
  /** Leave the objects of a kind in the order of the document (option core.sort_elements off). */
  readonly isUnsorted?: boolean;
}

/** Every object of the draft, or the ones given, in the order they are printed. */
export function decompile(draft: CibDraft, options: DecompileOptions = {}, objects: Iterable<CibObject> = draft.objects()): CommentedStatement[] {
  const context = contextOf(draft, options.detail ?? 'shown');
  const ordered = options.detail === 'whole' ? inDocumentOrder(objects) : printed(objects, options.isUnsorted === true);
  return ordered.map((object) => statementOf(object, draft, context));
}

/** Objects by kind, then by name. */
export function printed(objects: Iterable<CibObject>, isUnsorted = false): CibObject[] {
  const byName = (a: CibObject, b: CibObject): number => {
    const [one, other] = [sortName(a), sortName(b)];
    return one < other ? -1 : one > other ? 1 : 0;
  };
  return [...objects].sort((a, b) => printOrder(a.kind) - printOrder(b.kind) || (isUnsorted ? a.rank - b.rank : byName(a, b)));
}

/** Sections in the order of the schema, objects as they stand in theirs. */
function inDocumentOrder(objects: Iterable<CibObject>): CibObject[] {
  const section = (object: CibObject): number => (SECTION_ORDER as readonly string[]).indexOf(sectionOf(object.kind));
  return [...objects].sort((a, b) => section(a) - section(b) || a.rank - b.rank);
}

/** Nodes are sorted by their id, whatever they are called. */
function sortName(object: CibObject): string {
  return object.kind === 'node' ? (object.element.id ?? object.key) : object.key;
}

function contextOf(draft: CibDraft, detail: DecompileContext['detail']): DecompileContext {
  const nodeNames: string[] = [];
  for (const object of draft.objects()) if (object.kind === 'node') nodeNames.push(object.element.get('uname') ?? '');
  return { detail, nodeNames, needsNodeType: schemaNumber(draft.schema).major < 2, isReferenced: (id) => draft.isReferenced(id), expectedId: () => undefined };
}

function statementOf(object: CibObject, draft: CibDraft, context: DecompileContext): CommentedStatement {
  const { comments, rest } = commentLines(object.element);
  if (hasPlainId(object) && !hasLineBreak(rest) && !(context.detail === 'whole' && hasForeignRole(rest, draft.schema))) {
    try {
      const needsIds = context.detail === 'whole' || hasReferencedPart(rest, context);
      const expected = needsIds ? expectedIds(rest) : undefined;
      const inner = expected === undefined ? context : { ...context, expectedId: (part: XmlElement) => expected.get(part) };
      return { statement: expressed(object, rest, inner), comments };
    } catch (error) {
      if (!(error instanceof Inexpressible)) throw error;
    }
  }
  return { statement: asXml(object, draft), comments: [] };
}

/** Blanks around an id are no part of it for a schema, and cannot be written in text. Nodes go by their name, and the id of an access target is a name. */
function hasPlainId({ kind, element }: CibObject): boolean {
  return kind === 'node' || kind === 'acl_target' || element.id === undefined || isValidId(element.id);
}

/** Roles under the name that the schema of the CIB does not prefer would be renamed when the text is read. */
function hasForeignRole(element: XmlElement, schema: string): boolean {
  const foreign = hasPromotedRole(schema) ? /^(?:Master|Slave)$/ : /^(?:Promoted|Unpromoted)$/;
  for (const part of element.descendants()) {
    for (let i = 1; i < part.attributes.length; i += 2) if (foreign.test(part.attributes[i]!)) return true;
  }
  return false;
}

function hasReferencedPart(element: XmlElement, context: DecompileContext): boolean {
  for (const part of element.descendants()) if (part.id !== undefined && context.isReferenced(part.id)) return true;
  return false;
}

/** Comments at the head of the object; they are written above it. */
function commentLines(element: XmlElement): { readonly comments: Word[]; readonly rest: XmlElement } {
  const comments = leadingComments(element);
  // Only what reads back as it was can stand as a comment line.
  if (comments.length === 0 || comments.some(({ text }) => !/^#[^\n\r]*$/.test(text) || text.trimEnd() !== text)) return { comments: [], rest: element };
  return { comments: comments.map(({ text }) => word(text)), rest: element.withChildren(element.children.slice(comments.length)) };
}

function hasLineBreak(element: XmlElement): boolean {
  for (const part of element.descendants()) {
    for (let i = 1; i < part.attributes.length; i += 2) if (/[\n\r]/.test(part.attributes[i]!)) return true;
  }
  return false;
}

function expressed(object: CibObject, element: XmlElement, context: DecompileContext): Statement {
  const { kind } = object;
  switch (kind) {
    case 'node':
      return decompileNode(element, context);
    case 'primitive':
    case 'rsc_template':
      return decompilePrimitive(element, context);
    case 'group':
    case 'clone':
    case 'ms':
      return decompileContainer(element, kind, context);
    case 'bundle':
      return decompileBundle(element, context);
    case 'location':
      return decompileLocation(element, context);
    case 'colocation':
      return decompileColocation(element, context);
    case 'order':
      return decompileOrder(element, context);
    case 'rsc_ticket':
      return decompileTicket(element, context);
    case 'tag':
      return decompileTag(element);
    case 'property':
    case 'rsc_defaults':
    case 'op_defaults':
      return decompileProperty(element, kind, context);
    case 'fencing_topology':
      return decompileTopology(element, context);
    case 'role':
    case 'user':
      return decompileAcl(element, kind, context);
    case 'acl_target':
    case 'acl_group':
      return decompileAclTarget(element, kind);
    case 'alert':
      return decompileAlert(element, context);
  }
}

/** Lines of a statement are joined when it is read, those of a comment too. */
function onOneLine(element: XmlElement): XmlElement {
  const children = element.children.map((child) => {
    if (child.kind === 'element') return onOneLine(child);
    return child.kind === 'comment' && /[\n\r]/.test(child.text) ? new XmlComment(child.text.replace(/\s*[\n\r]\s*/g, ' ')) : child;
  });
  return children.every((child, i) => child === element.children[i]) ? element : element.withChildren(children);
}

/** The element itself; defaults are wrapped in their section, which says what they are. */
function asXml(object: CibObject, draft: CibDraft): Statement {
  const whole = writeXml(onOneLine(draft.whole(object)), { indent: 2 }).trimEnd();
  const isDefaults = object.kind === 'rsc_defaults' || object.kind === 'op_defaults';
  const text = isDefaults ? `<${object.kind}>\n${whole.replace(/^/gm, '  ')}\n</${object.kind}>` : whole;
  return { kind: 'xml', keyword: word('xml'), xml: word(text), start: -1, end: -1 };
}

