// SPDX-License-Identifier: GPL-2.0-or-later
/** 1.3 to 2.0: users with permissions of their own become targets with a role, permissions get one form. */
import { element, mapChildren, type XmlElement, type XmlNode } from '../xml/index.ts';
import type { Notes } from './note.ts';

const PERMISSIONS: ReadonlySet<string> = new Set(['read', 'write', 'deny']);

export function upgradeAccess(root: XmlElement, notes: Notes): XmlElement {
  return mapChildren(root, (configuration) =>
    configuration.kind !== 'element' || configuration.name !== 'configuration'
      ? configuration
      : mapChildren(configuration, (section) => (section.kind === 'element' && section.name === 'acls' ? upgradeSection(section, notes) : section)),
  );
}

function upgradeSection(acls: XmlElement, notes: Notes): XmlElement {
  return mapChildren(acls, (child) => {
    if (child.kind !== 'element') return child;
    if (child.name === 'acl_role') return mapChildren(child, (one) => permission(one, notes));
    return child.name === 'acl_user' ? target(child, notes) : child;
  });
}

/** A user's own permissions move to a role made for him; comments among them move along. */
function target(user: XmlElement, notes: Notes): XmlElement[] {
  const id = user.id ?? '';
  const attributes: [string, string][] = [...user.entries()];
  const hasPermissions = user.children.some((child) => child.kind === 'element' && PERMISSIONS.has(child.name));
  if (!hasPermissions) {
    const roles = mapChildren(user, (child) => (child.kind === 'element' && child.name === 'role_ref' ? child.withName('role') : child));
    return [roles.withName('acl_target')];
  }
  const role = `auto-${id}`;
  return [
    element('acl_target', attributes, [element('role', { id: role })]),
    element('acl_role', { id: role }, mapChildren(user, (child) => permission(child, notes)).children),
  ];
}

function permission(child: XmlNode, notes: Notes): XmlNode {
  if (child.kind !== 'element' || !PERMISSIONS.has(child.name)) return child;
  const id = child.id ?? '';
  const attributes: [string, string][] = [
    ['id', id],
    ['kind', child.name],
    ...selector(child, id, notes),
  ];
  for (const [name, value] of child.entries()) {
    if (!['id', 'xpath', 'tag', 'ref', 'attribute'].includes(name)) attributes.push([name, value]);
  }
  return element('acl_permission', attributes, child.children);
}

function selector(old: XmlElement, id: string, notes: Notes): [string, string][] {
  const xpath = old.get('xpath');
  const tag = old.get('tag');
  const reference = old.get('ref');
  const attribute = old.get('attribute');
  if (xpath !== undefined) return [['xpath', attribute === undefined ? xpath : `${xpath}[@${attribute}]`]];
  if (reference !== undefined) {
    if (attribute === undefined) return [['reference', reference]];
    // The new form has no reference with an attribute; without it the permission would reach further than it did.
    notes.push({ level: 'debug', id, message: `permission ${id}: reference with attribute told as an XPath` });
    return [['xpath', `//*[@id='${reference}'][@${attribute}]`]];
  }
  if (tag === undefined) return [];
  return attribute === undefined ? [['object-type', tag]] : [['object-type', tag], ['attribute', attribute]];
}
