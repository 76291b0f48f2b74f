// SPDX-License-Identifier: GPL-2.0-or-later
/** Ids of the parts of an object, made by fixed rules where the object had none before. */
import type { XmlElement } from '../xml/index.ts';
import { Building } from './building.ts';
import { keep } from './continuity.ts';

/** Their `id` names another object. */
const REFERENCES: ReadonlySet<string> = new Set(['obj_ref', 'resource_ref', 'role', 'role_ref']);
/** Parts that must have an id; what is unknown is left alone. */
const WITH_ID: ReadonlySet<string> = new Set([
  'instance_attributes', 'meta_attributes', 'utilization', 'nvpair', 'op', 'rule', 'expression', 'date_expression', 'rsc_expression', 'op_expression', 'duration', 'date_spec',
  'resource_set', 'acl_permission', 'read', 'write', 'deny', 'port-mapping', 'storage-mapping', 'fencing-level', 'recipient', 'attribute',
]);
const STUBS: ReadonlySet<string> = new Set(['primitive', 'group', 'clone', 'master', 'bundle', 'template']);

/** Ids that an object's element defines, without those of the resources inside it. */
export function ownIds(element: XmlElement): string[] {
  const found: string[] = [];
  collect(element, true, found);
  return found;
}

/** Ids that an object's element refers to by `id-ref`. */
export function ownReferences(element: XmlElement): string[] {
  const found: string[] = [];
  collectReferences(element, found);
  return found;
}

function collectReferences(element: XmlElement, found: string[]): void {
  const reference = element.get('id-ref');
  if (reference !== undefined) found.push(reference);
  for (const child of element.children) if (child.kind === 'element') collectReferences(child, found);
}

function collect(element: XmlElement, isTop: boolean, found: string[]): void {
  if (REFERENCES.has(element.name) || (!isTop && STUBS.has(element.name))) return;
  // Nodes and access targets are named in spaces of their own.
  const id = element.get('id');
  if (id !== undefined && element.name !== 'node' && element.name !== 'acl_target') found.push(id);
  for (const child of element.children) if (child.kind === 'element') collect(child, false, found);
}

export interface IdRegistry {
  isTaken(id: string): boolean;
}

/** Gives every part of `made` its id. `old` is the same object as it was; its ids must not count as taken. */
export function assignIds(made: Building, old: XmlElement | undefined, registry: IdRegistry): void {
  const used = new Set<string>();
  const isTaken = (id: string): boolean => used.has(id) || registry.isTaken(id);
  keep(made, old, used);
  const prefix = made.name === 'node' ? (made.get('uname') ?? '') : (made.get('id') ?? (made.name === 'fencing-topology' ? 'fencing' : ''));
  const counters: Counters = { recipients: 0 };
  for (const part of made.children) if (part instanceof Building) generate(part, prefix, counters, used, isTaken);
}

interface Counters {
  recipients: number;
}

function generate(part: Building, prefix: string, counters: Counters, used: Set<string>, isTaken: (id: string) => boolean): void {
  if (part.name === 'recipient') counters.recipients++;
  if (part.get('id') === undefined && part.get('id-ref') === undefined && WITH_ID.has(part.name)) {
    const id = free(stem(part, prefix, counters), isTaken);
    used.add(id);
    part.set('id', id);
  }
  if (STUBS.has(part.name)) return;
  const inner = part.get('id') ?? prefix;
  for (const child of part.children) if (child instanceof Building) generate(child, inner, counters, used, isTaken);
}

function stem(part: { readonly name: string; readonly spelling?: string | undefined; get(name: string): string | undefined }, prefix: string, counters: Counters): string {
  switch (part.name) {
    case 'instance_attributes':
    case 'meta_attributes':
    case 'utilization':
    case 'rule':
    case 'duration':
    case 'date_spec':
    case 'read':
    case 'write':
    case 'deny':
      return `${prefix}-${part.name}`;
    case 'nvpair':
      return `${prefix}-${part.spelling ?? part.get('name') ?? ''}`;
    case 'op': {
      const interval = part.get('interval');
      return interval === undefined ? `${prefix}-${part.get('name')}` : `${prefix}-${part.get('name')}-${interval}`;
    }
    case 'expression':
    case 'date_expression':
    case 'rsc_expression':
    case 'op_expression':
      return `${prefix}-expression`;
    case 'recipient':
      return `${prefix}-recipient-${counters.recipients}`;
    default:
      return prefix;
  }
}

/** The id itself or, taken, the first free number behind it. */
export function free(wanted: string, isTaken: (id: string) => boolean): string {
  const clean = wanted.replaceAll('#', '.');
  const id = /^\d+(?:-|$)/.test(clean) ? `num-${clean}` : clean;
  if (!isTaken(id)) return id;
  for (let number = 0; ; number++) if (!isTaken(`${id}-${number}`)) return `${id}-${number}`;
}

/** The ids that the language would make for the parts of an object, given the ids of what is around each. */
export function expectedIds(element: XmlElement): Map<XmlElement, string> {
  const found = new Map<XmlElement, string>();
  const used = new Set<string>(element.id === undefined ? [] : [element.id]);
  const isTaken = (id: string): boolean => used.has(id);
  const visit = (part: XmlElement, prefix: string, counters: Counters): void => {
    if (part.name === 'recipient') counters.recipients++;
    if (part.get('id-ref') === undefined && WITH_ID.has(part.name)) {
      const id = free(stem(part, prefix, counters), isTaken);
      found.set(part, id);
      used.add(part.id ?? id);
    }
    if (!STUBS.has(part.name)) for (const child of part.elements()) visit(child, part.id ?? prefix, counters);
  };
  const prefix = element.name === 'node' ? (element.get('uname') ?? '') : (element.id ?? (element.name === 'fencing-topology' ? 'fencing' : ''));
  const counters: Counters = { recipients: 0 };
  for (const child of element.elements()) visit(child, prefix, counters);
  return found;
}
