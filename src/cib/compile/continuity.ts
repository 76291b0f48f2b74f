// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * What an object keeps when a text replaces it: the ids of its parts, defaults that were spelled out, the spelling of true and false,
 * what means nothing where it stands, empty descriptions and elements, the order of attributes, and the place of the members among the sets. The text says none of these, so its silence must not change them.
 */
import { booleanOf } from '../../language/index.ts';
import { XmlComment, type XmlElement, type XmlNode } from '../xml/index.ts';
import { Building } from './building.ts';
import { RESOURCE_ELEMENTS } from './kinds.ts';

/** Attributes that say nothing but the default. */
const DEFAULTS: ReadonlyMap<string, ReadonlyArray<readonly [string, string]>> = new Map([
  ['node', [['type', 'member']]],
  ['rule', [['boolean-op', 'and']]],
  ['expression', [['type', 'string']]],
  ['resource_set', [['sequential', 'true'], ['require-all', 'true']]],
]);

/** Attributes that the text knows as true and false; a CIB may say it in other words. */
const BOOLEANS: ReadonlyMap<string, readonly string[]> = new Map([
  ['rsc_order', ['symmetrical', 'require-all']],
  ['resource_set', ['sequential', 'require-all']],
]);

/** Takes over from `old` for the whole object; `used` collects the ids, so that no new id takes one of them. */
export function keep(made: Building, old: XmlElement | undefined, used: Set<string>): void {
  const given = made.get('id');
  if (given !== undefined) used.add(given);
  if (old === undefined) {
    for (const part of made.children) if (part instanceof Building) keep(part, undefined, used);
    return;
  }
  keepAttributes(made, old);
  keepOrder(made, old);
  keepComments(made, old);
  const pool = new Map<string, XmlElement[]>();
  for (const child of old.elements()) {
    const key = likeness(child);
    const list = pool.get(key);
    if (list === undefined) pool.set(key, [child]);
    else list.push(child);
  }
  for (const part of made.parts()) {
    const match = pool.get(likeness(part))?.shift();
    if (match?.id !== undefined && takesId(part)) part.set('id', match.id);
    keep(part, match, used);
  }
}

function takesId(part: Building): boolean {
  return part.get('id') === undefined && part.get('id-ref') === undefined;
}

/** Parts are the same part when they agree in this. */
function likeness(part: { readonly name: string; get(name: string): string | undefined }): string {
  switch (part.name) {
    case 'nvpair':
      return `nvpair ${part.get('name') ?? ''} ${part.get('id-ref') ?? ''}`;
    case 'op':
      return `op ${part.get('name') ?? ''} ${part.get('interval') ?? ''}`;
    case 'rule':
      return `rule ${part.get('score') ?? part.get('score-attribute') ?? ''} ${part.get('role') ?? ''}`;
    case 'expression':
      return `expression ${part.get('attribute') ?? ''} ${part.get('operation') ?? ''} ${isDefinedTest(part) ? '' : (part.get('value') ?? '')}`;
    default:
      return part.name;
  }
}

/** Whether an attribute exists does not depend on a value; the schema allows one all the same. */
function isDefinedTest(part: { readonly name: string; get(name: string): string | undefined }): boolean {
  return part.name === 'expression' && /^(?:not_)?defined$/i.test(part.get('operation') ?? '');
}

function keepAttributes(made: Building, old: XmlElement): void {
  for (const name of BOOLEANS.get(made.name) ?? []) {
    const before = old.get(name);
    // Of a set, true is the default, which is not written.
    const now = made.get(name) ?? (made.name === 'resource_set' ? 'true' : undefined);
    if (before !== undefined && now !== undefined && booleanOf(before) === now) made.set(name, before);
  }
  if (isDefinedTest(made)) for (const name of ['type', 'value', 'value-source']) made.set(name, old.get(name));
  if (made.name === 'expression' && made.get('value') === undefined && old.get('value') === undefined) made.set('value-source', old.get('value-source'));
  if (old.get('description') === '' && made.get('description') === undefined) made.set('description', '');
  for (const [name, value] of DEFAULTS.get(made.name) ?? []) if (old.get(name) === value && made.get(name) === undefined) made.set(name, value);
  // With one term the operator means nothing, whichever it is.
  if (made.name === 'rule' && made.parts().length === 1 && made.get('boolean-op') === undefined) made.set('boolean-op', old.get('boolean-op'));
  const place = new Map([...old.entries()].map(([name], i) => [name, i]));
  const pairs: [string, string][] = [];
  for (let i = 0; i < made.attributes.length; i += 2) pairs.push([made.attributes[i]!, made.attributes[i + 1]!]);
  const at = ([name]: [string, string]): number => place.get(name) ?? place.size;
  made.attributes.splice(0, made.attributes.length, ...pairs.sort((a, b) => at(a) - at(b)).flat());
}

/** Sets of a container stay behind as many members as they stood before; an empty list of operations or events stays. */
function keepOrder(made: Building, old: XmlElement): void {
  // Comments between the parts come from XML, which says itself what stands where.
  const isXml = made.children.some((child, i) => child instanceof XmlComment && i > 0 && !(made.children[i - 1] instanceof XmlComment));
  if (!isXml && made.name !== 'bundle' && old.children.some(isMember)) keepSetsAmongMembers(made, old);
  for (const name of ['operations', 'select']) {
    const empty = old.first(name);
    const hasOwn = made.children.some((child) => 'name' in child && child.name === name);
    if (empty !== undefined && !hasOwn && empty.attributes.length + empty.children.length === 0) made.children.splice(old.children.indexOf(empty), 0, empty);
  }
}

type Child = Building['children'][number];

function isMember(child: Child | XmlNode): boolean {
  return 'name' in child && RESOURCE_ELEMENTS.has(child.name);
}

function keepSetsAmongMembers(made: Building, old: XmlElement): void {
  // How many members stood before each set.
  const before: number[] = [];
  let passed = 0;
  for (const child of old.elements()) {
    if (isMember(child)) passed++;
    else before.push(passed);
  }
  const members = made.children.filter(isMember);
  const others = made.children.filter((child) => !isMember(child));
  const placed: Child[] = [];
  let sets = 0;
  for (let at = 0; at <= members.length; at++) {
    while (others.length > 0 && (!('name' in others[0]!) || at === members.length || (before[sets] ?? 0) <= at)) {
      if ('name' in others[0]!) sets++;
      placed.push(others.shift()!);
    }
    if (at < members.length) placed.push(members[at]!);
  }
  made.children.splice(0, made.children.length, ...placed);
}

/** Line breaks and indents of a comment are lost in text; the same words are the same comment. */
export function wordsOf(comment: string): string {
  return comment.replace(/\s+/g, ' ').trim();
}

function keepComments(made: Building, old: XmlElement): void {
  const comments = old.children.filter((child) => child.kind === 'comment');
  const known = new Map(comments.map((child) => [wordsOf(child.text), child]));
  if (known.size === 0) return;
  const exact = new Set(comments.map((child) => child.text));
  made.children.forEach((child, i) => {
    if (!(child instanceof XmlComment)) return;
    if (!exact.has(child.text)) made.children[i] = known.get(wordsOf(child.text)) ?? child;
  });
}
