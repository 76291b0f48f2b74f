// SPDX-License-Identifier: GPL-2.0-or-later
/** References between objects: resolved and checked after everything of a text has been made. */
import { canonical, ORDER_KINDS, scoreOf, type CommentedStatement, type Word } from '../../language/index.ts';
import type { XmlElement } from '../xml/index.ts';
import { meantObject, type CompileContext } from './context.ts';
import { namedResources, type CibObject } from './draft.ts';
import { ownReferences } from './ids.ts';
import { sectionOf, type ObjectKind } from './kinds.ts';
import { NOWHERE } from './membership.ts';

/** Replaces `id-ref` to an object by the id of the set that is meant, and reports what leads nowhere. */
export function resolveReferences(keys: ReadonlySet<string>, context: CompileContext): void {
  for (const key of keys) {
    const object = context.draft.get(key);
    if (object === undefined || ownReferences(object.element).length === 0) continue;
    const resolved = resolveIn(object.element, object, context);
    if (resolved !== object.element) context.draft.put({ ...object, element: resolved });
  }
}

function resolveIn(part: XmlElement, object: CibObject, context: CompileContext): XmlElement {
  let here = part;
  const reference = part.get('id-ref');
  if (reference !== undefined) here = part.with('id-ref', targetOf(part, reference, object, context));
  if (here.children.length === 0) return here;
  const children = here.children.map((child) => (child.kind === 'element' ? resolveIn(child, object, context) : child));
  return children.every((child, i) => child === here.children[i]) ? here : here.withChildren(children);
}

function targetOf(part: XmlElement, reference: string, object: CibObject, context: CompileContext): string {
  const { draft, sink } = context;
  const named = draft.get(reference);
  const name = object.key.replace(/^node:/, '');
  if (named !== undefined) {
    const fitting = [...named.element.descendants()].filter((one) => one.name === part.name && one.id !== undefined);
    if (fitting.length > 1) sink.add('several-sets', NOWHERE, `${reference} has several ${part.name}; ${fitting[0]!.id} is used`, { object: name });
    return fitting[0]?.id ?? reference;
  }
  if (!draft.isTaken(reference) && !context.unread.has(reference)) sink.add('missing-reference', NOWHERE, `${name} refers to ${reference}, which does not exist`, { object: name });
  return reference;
}

/** What constraints named before a text changed them: what was missing then is no fault of the text. */
export type NamedBefore = ReadonlyMap<string, ReadonlySet<string>>;

export function namedBefore(statements: readonly CommentedStatement[], context: CompileContext): NamedBefore {
  const named = new Map<string, ReadonlySet<string>>();
  for (const { statement } of statements) {
    const old = 'id' in statement && statement.id !== undefined ? context.draft.get(statement.id.text) : undefined;
    if (old !== undefined && sectionOf(old.kind) === 'constraints') named.set(old.key, new Set(namedResources(old.element)));
  }
  return named;
}

/** Constraints of a file must name resources that exist. */
export function checkReferences(keys: ReadonlySet<string>, statements: readonly CommentedStatement[], before: NamedBefore, context: CompileContext): void {
  for (const key of keys) {
    const object = context.draft.get(key);
    if (object === undefined || sectionOf(object.kind) !== 'constraints') continue;
    for (const resource of new Set(namedResources(object.element))) {
      if (isResource(context, resource) || before.get(key)?.has(resource) === true || context.unread.has(resource)) continue;
      const at = placeOf(key, resource, statements) ?? NOWHERE;
      context.sink.add('unknown-resource', at, `${object.kind} ${key} names ${resource}, which does not exist`, { object: key, ...(meantWord(resource, object) ?? meantObject(resource, NAMEABLE, context)) });
    }
  }
}

/** `order o Mandatory a b`: a kind or score without its colon is read as a resource, and so is a lifetime without its rule. */
function meantWord(name: string, constraint: CibObject): { suggestion: string } | undefined {
  if (name.toLowerCase() === 'lifetime') return { suggestion: 'lifetime rule' };
  const isLabel = constraint.kind === 'order' && (canonical(name, ORDER_KINDS) !== undefined || scoreOf(name) !== undefined);
  return isLabel ? { suggestion: `${name}:` } : undefined;
}

/** What a constraint can be on. */
const NAMEABLE: readonly ObjectKind[] = ['primitive', 'rsc_template', 'group', 'clone', 'ms', 'bundle', 'tag'];

function isResource(context: CompileContext, name: string): boolean {
  const object = context.draft.get(name);
  return object !== undefined && (sectionOf(object.kind) === 'resources' || object.kind === 'tag');
}

/** The word of the text that names the resource. */
function placeOf(key: string, resource: string, statements: readonly CommentedStatement[]): Word | undefined {
  for (const { statement } of statements) {
    if (!('id' in statement) || statement.id?.text !== key || !('sets' in statement)) continue;
    if (statement.kind === 'location' && statement.target?.text === resource) return statement.target;
    for (const group of statement.sets ?? []) {
      for (const member of group.members) if (member.kind === 'resource' && member.word.text.split(':')[0] === resource) return member.word;
    }
  }
  return undefined;
}
