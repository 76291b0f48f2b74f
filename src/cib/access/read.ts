// SPDX-License-Identifier: GPL-2.0-or-later
/** What of a document a user may see. */
import { XmlElement, type XmlNode } from '../xml/index.ts';
import { accessApplies, markAccess, permissionsOf, type Access, type AccessUser } from './permissions.ts';

/** The readable part of a document: denied elements are left out, or kept with their id alone around readable ones. Undefined: nothing. */
export function readableCib(root: XmlElement, user: AccessUser): XmlElement | undefined {
  if (!accessApplies(root, user.name)) return root;
  const permissions = permissionsOf(root, user);
  return permissions.length === 0 ? undefined : readable(root, 'deny', markAccess(root, permissions));
}

function readable(here: XmlElement, inherited: Access, marks: ReadonlyMap<XmlElement, Access>): XmlElement | undefined {
  const access = marks.get(here) ?? inherited;
  let isChanged = false;
  const children = here.children.flatMap((child): readonly XmlNode[] => {
    if (child.kind !== 'element') {
      if (access === 'deny') isChanged = true;
      return access === 'deny' ? [] : [child];
    }
    const kept = readable(child, access, marks);
    isChanged ||= kept !== child;
    return kept === undefined ? [] : [kept];
  });
  if (access !== 'deny') return isChanged ? here.withChildren(children) : here;
  if (children.length === 0) return undefined;
  return new XmlElement(here.name, here.id === undefined ? [] : ['id', here.id], children, here.offset);
}
