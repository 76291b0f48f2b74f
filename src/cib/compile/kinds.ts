// SPDX-License-Identifier: GPL-2.0-or-later
/** Kinds of objects: which element each is, in which section it stands, and in which order they are printed and created. */
import type { XmlElement } from '../xml/index.ts';

export type ObjectKind =
  | 'node' | 'rsc_template' | 'primitive' | 'bundle' | 'group' | 'ms' | 'clone' | 'tag' | 'location' | 'colocation' | 'order' | 'rsc_ticket' | 'fencing_topology'
  | 'property' | 'rsc_defaults' | 'op_defaults' | 'role' | 'acl_target' | 'acl_group' | 'user' | 'alert';

interface KindFacts {
  readonly element: string;
  readonly section: string;
  /** Objects are printed, and created, in this order. */
  readonly order: number;
}

const KINDS: Readonly<Record<ObjectKind, KindFacts>> = {
  node: { element: 'node', section: 'nodes', order: 0 },
  rsc_template: { element: 'template', section: 'resources', order: 1 },
  primitive: { element: 'primitive', section: 'resources', order: 2 },
  bundle: { element: 'bundle', section: 'resources', order: 3 },
  group: { element: 'group', section: 'resources', order: 4 },
  ms: { element: 'master', section: 'resources', order: 5 },
  clone: { element: 'clone', section: 'resources', order: 6 },
  tag: { element: 'tag', section: 'tags', order: 7 },
  location: { element: 'rsc_location', section: 'constraints', order: 8 },
  colocation: { element: 'rsc_colocation', section: 'constraints', order: 8 },
  order: { element: 'rsc_order', section: 'constraints', order: 8 },
  rsc_ticket: { element: 'rsc_ticket', section: 'constraints', order: 9 },
  fencing_topology: { element: 'fencing-topology', section: 'fencing-topology', order: 9 },
  property: { element: 'cluster_property_set', section: 'crm_config', order: 10 },
  rsc_defaults: { element: 'meta_attributes', section: 'rsc_defaults', order: 11 },
  op_defaults: { element: 'meta_attributes', section: 'op_defaults', order: 12 },
  role: { element: 'acl_role', section: 'acls', order: 13 },
  acl_target: { element: 'acl_target', section: 'acls', order: 14 },
  acl_group: { element: 'acl_group', section: 'acls', order: 14 },
  user: { element: 'acl_user', section: 'acls', order: 14 },
  alert: { element: 'alert', section: 'alerts', order: 15 },
};

export const RESOURCE_ELEMENTS: ReadonlySet<string> = new Set(['primitive', 'group', 'clone', 'master', 'bundle', 'template']);

/** Sections in the order of the schema. */
export const SECTION_ORDER = ['crm_config', 'nodes', 'resources', 'constraints', 'fencing-topology', 'rsc_defaults', 'op_defaults', 'acls', 'tags', 'alerts'] as const;

const BY_ELEMENT = new Map<string, ObjectKind>();
for (const [kind, facts] of Object.entries(KINDS) as [ObjectKind, KindFacts][]) BY_ELEMENT.set(`${facts.section}/${facts.element}`, kind);

/** Kind of an element that stands in a section; undefined for what the language has no object for. */
export function kindOf(element: XmlElement, section: string): ObjectKind | undefined {
  return BY_ELEMENT.get(`${section}/${element.name}`);
}

export function sectionOf(kind: ObjectKind): string {
  return KINDS[kind].section;
}

export function elementOf(kind: ObjectKind): string {
  return KINDS[kind].element;
}

export function printOrder(kind: ObjectKind): number {
  return KINDS[kind].order;
}

export const TOPOLOGY_KEY = 'fencing_topology';

/** Nodes have a name space of their own: a resource may be called like one. */
export function nodeKey(uname: string): string {
  return `node:${uname}`;
}

/** How the draft calls an element; empty when it has no name. */
export function objectKey(element: XmlElement, section: string): string {
  if (section === 'fencing-topology') return TOPOLOGY_KEY;
  if (element.name === 'node') {
    const name = element.get('uname') ?? element.id;
    return name === undefined ? '' : nodeKey(name);
  }
  return element.id ?? '';
}
