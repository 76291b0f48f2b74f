// SPDX-License-Identifier: GPL-2.0-or-later
/** 3.10 to 4.0, access control: permissions on elements that got other ids or are gone. */
import { rewrite, type XmlElement } from '../xml/index.ts';
import type { SplitIds } from './locations.ts';
import type { Notes } from './note.ts';

const XPATH_WARNING =
  'CIB syntax changes may invalidate ACLs that use "xpath". It is strongly recommended to run "cibadmin --upgrade" and then examine the updated CIB carefully to ensure ACLs still match the desired intent.';

/** Matches nothing, so that a permission on something dropped does not reach anything else. */
const NOTHING = '/*[false()]';

export function upgradePermissions(root: XmlElement, split: SplitIds, notes: Notes, isChanged: boolean): XmlElement {
  const ids = new Set<string>();
  for (const here of root.descendants()) if (here.id !== undefined) ids.add(here.id);
  let hasXpath = false;
  const upgraded = rewrite(root, (here) => {
    if (here.name !== 'acl_permission') return here;
    hasXpath ||= here.has('xpath');
    const reference = here.get('reference');
    if (reference === undefined) return here;
    const parts = split.get(reference);
    if (parts !== undefined) return select(here, `//*[${parts.map((id) => `@id = '${id}'`).join(' or ')}]`);
    return ids.has(reference) ? here : select(here, NOTHING);
  });
  if (hasXpath && isChanged) {
    notes.push({ level: 'warning', id: 'acls', message: XPATH_WARNING });
  }
  return upgraded;
}

function select(permission: XmlElement, xpath: string): XmlElement {
  return permission.with('reference', undefined).with('xpath', xpath);
}
