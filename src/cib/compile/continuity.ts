// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * What an object keeps when a text replaces it: the ids of its parts, defaults that were spelled out, empty elements, the order of
 * attributes, and the place of the members among the sets. The text says none of these, so its silence must not change them.
 */
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
      return `expression ${part.get('attribute') ?? ''} ${part.get('operation') ?? ''} ${part.get('value') ?? ''}`;
    default:
      return part.name;
  }
}

function keepAttributes(made: Building, old: XmlElement): void {
  for (const [name, value] of DEFAULTS.get(made.name) ?? []) if (old.get(name) === value && made.get(name) === undefined) made.set(name, value);
  // With one term the operator means nothing, whichever it is.
  if (made.name === 'rule' && made.parts().length === 1 && made.get('boolean-op') === undefined) made.set('boolean-op', old.get('boolean-op'));
  const place = new Map([...old.entries()].map(([name], i) => [name, i]));
  const pairs: [string, string][] = [];
  for (let i = 0; i < made.attributes.length; i += 2) pairs.push([made.attributes[i]!, made.attributes[i + 1]!]);
  const at = ([name]: [string, string]): number => place.get(name) ?? place.size;
  made.attributes.splice(0, made.attributes.length, ...pairs.sort((a, b) => at(a) - at(b)).flat());
}

/** Sets of a container stay behind as many members as they stood before; an empty list of operations stays. */
function keepOrder(made: Building, old: XmlElement): void {
  // Comments between the parts come from XML, which says itself what stands where.
  const isXml = made.children.some((child, i) => child instanceof XmlComment && i > 0 && !(made.children[i - 1] instanceof XmlComment));
  if (!isXml && made.name !== 'bundle' && old.children.some(isMember)) keepSetsAmongMembers(made, old);
  const operations = old.first('operations');
  const hasOwn = made.children.some((child) => 'name' in child && child.name === 'operations');
  if (operations === undefined || hasOwn || operations.attributes.length + operations.children.length > 0) return;
  made.children.splice(old.children.indexOf(operations), 0, operations);
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
