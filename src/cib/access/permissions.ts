// SPDX-License-Identifier: GPL-2.0-or-later
/** What a user may do, from the access section of a document: his roles and the elements their permissions select. */
import { selectXPath } from '../select/index.ts';
import { isTrue } from '../values/index.ts';
import { located, type XmlElement } from '../xml/index.ts';

/** Ordered by strength on one element: refusal beats writing, writing beats reading. */
export type Access = 'read' | 'write' | 'deny';

/** A person who asks: his name and the Unix groups he is in. */
export interface AccessUser {
  readonly name: string;
  readonly groups?: readonly string[];
}

const PRIVILEGED: ReadonlySet<string> = new Set(['root', 'hacluster']);
const STRENGTH: Readonly<Record<Access, number>> = { read: 1, write: 2, deny: 3 };

/** Whether access rules apply to a user: only when the cluster has them switched on, and never to root and the daemons. */
export function accessApplies(root: XmlElement, user: string): boolean {
  return !PRIVILEGED.has(user) && isAccessEnabled(root);
}

function isAccessEnabled(root: XmlElement): boolean {
  for (const set of root.at('configuration', 'crm_config')?.elements('cluster_property_set') ?? []) {
    for (const pair of set.elements('nvpair')) if (pair.get('name') === 'enable-acl') return isTrue(pair.get('value'));
  }
  return false;
}

/** The permissions of a user: those of all roles that targets and groups give him. */
export function permissionsOf(root: XmlElement, user: AccessUser): XmlElement[] {
  const acls = root.at('configuration', 'acls');
  if (acls === undefined) return [];
  const roles = new Map(acls.elements('acl_role').map((role) => [role.id, role]));
  const groups = new Set(user.groups ?? []);
  const granted: XmlElement[] = [];
  for (const entry of acls.elements()) {
    const name = entry.get('name') ?? entry.id ?? '';
    const isMine = (entry.name === 'acl_target' && name === user.name) || (entry.name === 'acl_group' && groups.has(name));
    if (isMine) granted.push(...entry.elements('role').flatMap((role) => roles.get(role.id)?.elements('acl_permission') ?? []));
  }
  return granted;
}

/** The XPath a permission selects by. */
function permissionXPath(permission: XmlElement): string | undefined {
  const reference = permission.get('reference');
  if (reference !== undefined) return `//*[@id='${reference}']`;
  const type = permission.get('object-type');
  if (type === undefined) return permission.get('xpath');
  const attribute = permission.get('attribute');
  return attribute === undefined ? `//${type}` : `//${type}[@${attribute}]`;
}

/** What each selected element of a document says about access to itself and what is below it. */
export function markAccess(root: XmlElement, permissions: readonly XmlElement[]): ReadonlyMap<XmlElement, Access> {
  const marks = new Map<XmlElement, Access>();
  for (const permission of permissions) {
    const xpath = permissionXPath(permission);
    const kind = permission.get('kind');
    if (xpath === undefined || (kind !== 'read' && kind !== 'write' && kind !== 'deny')) continue;
    for (const location of selectXPath(root, xpath) ?? []) {
      const here = located(location);
      const before = marks.get(here);
      if (before === undefined || STRENGTH[kind] > STRENGTH[before]) marks.set(here, kind);
    }
  }
  return marks;
}

/** Every XPath in the permissions of a document, so that a program can make sure they can all be evaluated. */
export function permissionXPaths(root: XmlElement): string[] {
  const permissions = root.at('configuration', 'acls')?.elements('acl_role').flatMap((role) => role.elements('acl_permission')) ?? [];
  return permissions.flatMap((permission) => permissionXPath(permission) ?? []);
}
