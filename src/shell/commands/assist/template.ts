// SPDX-License-Identifier: GPL-2.0-or-later
/** What several primitives share becomes a resource template; the primitives keep what is their own. */
import { element, type CibDraft, type CibObject, type XmlElement } from '../../../cib/index.ts';

const SETS = ['instance_attributes', 'meta_attributes'];
const TYPE_ATTRIBUTES = ['class', 'provider', 'type'];

/** `ocf:heartbeat:IPaddr2`, or `@name` for a primitive that has its type from a template. */
export function typeOf(primitive: XmlElement): string {
  const template = primitive.get('template');
  if (template !== undefined) return `@${template}`;
  return TYPE_ATTRIBUTES.map((name) => primitive.get(name)).filter((word) => word !== undefined).join(':');
}

/** All are primitives of one type, without a template. */
export function shareTemplate(draft: CibDraft, primitives: readonly CibObject[], name: string): void {
  const shared = new Map(SETS.map((kind) => [kind, sharedValues(draft, primitives.map((one) => one.element), kind)]));
  const sets = [...shared].flatMap(([kind, values]) => (values.size === 0 ? [] : [templateSet(name, kind, values)]));
  const type = Object.fromEntries(TYPE_ATTRIBUTES.flatMap((key) => [[key, primitives[0]!.element.get(key)] as const].filter(([, value]) => value !== undefined)));
  draft.put({ key: name, kind: 'rsc_template', element: element('template', { id: name, ...type }, sets), parent: undefined });
  for (const primitive of primitives) draft.put({ ...primitive, element: withoutShared(primitive.element, shared).with('template', name) });
}

/** Names and values that stand in the only set of a kind of each. */
function sharedValues(draft: CibDraft, primitives: readonly XmlElement[], kind: string): ReadonlyMap<string, string> {
  const each = primitives.map((primitive) => {
    const set = plainSet(draft, primitive, kind);
    return new Map((set?.elements('nvpair') ?? []).filter((pair) => pair.has('name') && pair.has('value')).map((pair) => [pair.get('name')!, pair.get('value')!]));
  });
  const [first, ...others] = each;
  return new Map([...(first ?? [])].filter(([key, value]) => others.every((other) => other.get(key) === value)));
}

/** A set with a rule holds for a case only, and what others refer to has to stay where it is. */
function plainSet(draft: CibDraft, primitive: XmlElement, kind: string): XmlElement | undefined {
  const sets = primitive.elements(kind);
  const [only] = sets;
  if (sets.length !== 1 || only!.first('rule') !== undefined || only!.has('id-ref')) return undefined;
  const isReferenced = [only!, ...only!.elements('nvpair')].some((one) => one.id !== undefined && draft.isReferenced(one.id));
  return isReferenced ? undefined : only;
}

function templateSet(template: string, kind: string, values: ReadonlyMap<string, string>): XmlElement {
  const id = `${template}-${kind}`;
  return element(kind, { id }, [...values].map(([name, value]) => element('nvpair', { id: `${id}-${name}`, name, value })));
}

function withoutShared(primitive: XmlElement, shared: ReadonlyMap<string, ReadonlyMap<string, string>>): XmlElement {
  let bare = primitive;
  for (const name of TYPE_ATTRIBUTES) bare = bare.with(name, undefined);
  return bare.withChildren(
    bare.children.flatMap((child) => {
      const values = child.kind === 'element' ? shared.get(child.name) : undefined;
      if (child.kind !== 'element' || values === undefined || values.size === 0) return [child];
      const rest = child.children.filter((one) => one.kind !== 'element' || one.name !== 'nvpair' || !values.has(one.get('name') ?? ''));
      return rest.some((one) => one.kind === 'element') ? [child.withChildren(rest)] : [];
    }),
  );
}
