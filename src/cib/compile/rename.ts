// SPDX-License-Identifier: GPL-2.0-or-later
/** Renaming an object and everything that names it. */
import type { XmlElement } from '../xml/index.ts';
import { renameInConstraint } from './constraint-change.ts';
import type { CibDraft, CibObject } from './draft.ts';
import { RESOURCE_ELEMENTS, sectionOf } from './kinds.ts';

/** Gives an object another id; containers, constraints, tags, templates, fencing levels and access rules follow. */
export function renameObject(draft: CibDraft, from: string, to: string): void {
  const object = draft.get(from);
  if (object === undefined) throw new Error(`defect: there is no object ${from}`);
  const isResource = sectionOf(object.kind) === 'resources';
  const constraints = draft.constraintsOn(from);
  const members = [...draft.objects()].filter((one) => one.parent === from);
  draft.remove(from);
  draft.put({ ...object, key: to, element: object.element.with('id', to) });
  for (const member of members) draft.put({ ...member, parent: to });
  if (object.parent !== undefined) renameMember(draft, object.parent, from, to);
  for (const key of isResource || object.kind === 'tag' ? constraints : []) {
    const constraint = draft.get(key);
    if (constraint !== undefined) draft.put({ ...constraint, element: renameInConstraint(constraint.element, from, to) });
  }
  for (const one of [...draft.objects()]) {
    const changed = follow(one, object, from, to);
    if (changed !== one.element) draft.put({ ...one, element: changed });
  }
}

function renameMember(draft: CibDraft, container: string, from: string, to: string): void {
  const parent = draft.get(container);
  if (parent === undefined) return;
  const children = parent.element.children.map((child) => (child.kind === 'element' && RESOURCE_ELEMENTS.has(child.name) && child.id === from ? child.with('id', to) : child));
  draft.put({ ...parent, element: parent.element.withChildren(children) });
}

/** An object whose parts name the renamed one, with the new name. */
function follow(one: CibObject, renamed: CibObject, from: string, to: string): XmlElement {
  switch (one.kind) {
    case 'tag':
      return renameChildren(one.element, 'obj_ref', from, to);
    case 'primitive':
      return renameContainer(renamed.kind === 'rsc_template' && one.element.get('template') === from ? one.element.with('template', to) : one.element, from, to);
    case 'acl_target':
    case 'acl_group':
      return renamed.kind === 'role' ? renameChildren(one.element, 'role', from, to) : one.element;
    case 'user':
      return mapChildren(renamed.kind === 'role' ? renameChildren(one.element, 'role_ref', from, to) : one.element, (child) => renameInRight(child, from, to));
    case 'role':
      return mapChildren(one.element, (child) => renameInRight(child, from, to));
    case 'fencing_topology':
      return mapChildren(one.element, (child) => child.with('devices', renameDevice(child.get('devices'), from, to)));
    default:
      return one.element;
  }
}

/** The meta attribute `container` names the resource inside which another one runs. */
function renameContainer(primitive: XmlElement, from: string, to: string): XmlElement {
  return mapChildren(primitive, (set) => (set.name === 'meta_attributes' ? mapChildren(set, (pair) => (pair.get('name') === 'container' && pair.get('value') === from ? pair.with('value', to) : pair)) : set));
}

/** What a right applies to: by reference (`ref` in old schemas), or by an XPath that asks for the id. */
function renameInRight(right: XmlElement, from: string, to: string): XmlElement {
  let here = right;
  for (const name of ['reference', 'ref']) if (here.get(name) === from) here = here.with(name, to);
  const xpath = here.get('xpath');
  return xpath === undefined ? here : here.with('xpath', renameInXPath(xpath, from, to));
}

/** `@id='p1'`, and the constraint that moves made for the resource: `@id='cli-prefer-p1' and @rsc='p1'`. */
function renameInXPath(xpath: string, from: string, to: string): string {
  return xpath.replace(/(@(?:id|rsc|with-rsc|first|then|reference|template)\s*=\s*)(["'])(cli-(?:prefer|ban)-)?([^"']*)\2/g, (whole, name: string, quote: string, made: string | undefined, id: string) => {
    if (`${made ?? ''}${id}` === from) return `${name}${quote}${to}${quote}`;
    return id === from ? `${name}${quote}${made}${to}${quote}` : whole;
  });
}

function renameDevice(devices: string | undefined, from: string, to: string): string | undefined {
  return devices?.split(',').map((name) => (name.trim() === from ? to : name)).join(',');
}

function renameChildren(element: XmlElement, name: string, from: string, to: string): XmlElement {
  return mapChildren(element, (child) => (child.name === name && child.id === from ? child.with('id', to) : child));
}

function mapChildren(element: XmlElement, change: (child: XmlElement) => XmlElement): XmlElement {
  const children = element.children.map((child) => (child.kind === 'element' ? change(child) : child));
  return children.every((child, i) => child === element.children[i]) ? element : element.withChildren(children);
}

