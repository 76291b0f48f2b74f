// SPDX-License-Identifier: GPL-2.0-or-later
/** Whether a user may make a change: every element that came, went or changed is looked at. */
import { alignChildren } from '../patch/align.ts';
import type { CibChange } from '../request.ts';
import type { XmlElement } from '../xml/index.ts';
import { accessApplies, markAccess, permissionsOf, type Access, type AccessUser } from './permissions.ts';

/** Attributes of the document that programs keep, whoever asks. */
const EXEMPT: ReadonlySet<string> = new Set([
  'admin_epoch', 'epoch', 'num_updates', 'cib-last-written', 'update-origin', 'update-client', 'update-user', 'crm_feature_set', 'have-quorum', 'dc-uuid',
]);

/** Roles are those of the document before; what comes is judged by what the permissions select after. */
export function checkWrite(before: XmlElement, after: XmlElement, user: string | AccessUser, change: CibChange): boolean {
  const person = typeof user === 'string' ? { name: user } : user;
  if (!accessApplies(before, person.name)) return true;
  const permissions = permissionsOf(before, person);
  if (permissions.length === 0) return false;
  if (change.op === 'erase') return markAccess(before, permissions).get(before) === 'write';
  return new WriteCheck(markAccess(before, permissions), markAccess(after, permissions)).element(before, after, 'deny', 'deny', false);
}

class WriteCheck {
  readonly #before: ReadonlyMap<XmlElement, Access>;
  readonly #after: ReadonlyMap<XmlElement, Access>;

  constructor(before: ReadonlyMap<XmlElement, Access>, after: ReadonlyMap<XmlElement, Access>) {
    this.#before = before;
    this.#after = after;
  }

  element(old: XmlElement, now: XmlElement, oldInherited: Access, nowInherited: Access, inAcls: boolean): boolean {
    if (old === now) return true;
    const oldAccess = this.#before.get(old) ?? oldInherited;
    const nowAccess = this.#after.get(now) ?? nowInherited;
    if (oldAccess !== 'write' && attributesDiffer(old, now)) return false;
    const alignment = alignChildren(old, now);
    if (alignment === undefined) return oldAccess === 'write' && nowAccess === 'write';
    const protectedBelow = inAcls || now.name === 'acls';
    for (const at of alignment.deleted) if (!this.#mayDelete(old.children[at]!, oldAccess)) return false;
    for (const at of alignment.created) {
      const child = now.children[at]!;
      if (child.kind === 'element' ? !this.#mayCreate(child, nowAccess, protectedBelow) : nowAccess !== 'write') return false;
    }
    for (const pair of alignment.kept) {
      if (pair.isMoved && (this.#before.get(pair.old) ?? oldAccess) !== 'write') return false;
      if (!this.element(pair.old, pair.now, oldAccess, nowAccess, protectedBelow)) return false;
    }
    return true;
  }

  #mayDelete(child: XmlElement['children'][number], inherited: Access): boolean {
    if (child.kind !== 'element') return inherited === 'write';
    const access = this.#before.get(child) ?? inherited;
    return access === 'write' && child.elements().every((below) => this.#mayDelete(below, access));
  }

  /** An element with nothing but its id may be made on the way to something that is allowed, except among the access rules. */
  #mayCreate(child: XmlElement, inherited: Access, inAcls: boolean): boolean {
    const access = this.#after.get(child) ?? inherited;
    const isScaffolding = !inAcls && child.name !== 'acls' && [...child.entries()].every(([name]) => name === 'id');
    return (access === 'write' || isScaffolding) && child.elements().every((below) => this.#mayCreate(below, access, inAcls || child.name === 'acls'));
  }
}

function attributesDiffer(old: XmlElement, now: XmlElement): boolean {
  const isRoot = old.name === 'cib';
  for (const [name, value] of now.entries()) if (old.get(name) !== value && !(isRoot && EXEMPT.has(name))) return true;
  for (const [name] of old.entries()) if (!now.has(name) && !(isRoot && EXEMPT.has(name))) return true;
  return false;
}
