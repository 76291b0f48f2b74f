// SPDX-License-Identifier: GPL-2.0-or-later
/** Sets a meta attribute where it takes effect: on a clone for its member, and - by option - instead of the members' own settings. */
import { deleteSetting, membersOf, setSetting, settingOf, type CibChange, type ResourcePlace, type XmlElement } from '../../../cib/index.ts';
import type { Session } from '../../session.ts';

/** The element that a setting for this resource belongs to: the outermost clone around it, else the resource itself. */
export function effectivePlace({ element, containers }: ResourcePlace): XmlElement {
  return containers.find((container) => container.name === 'clone' || container.name === 'master' || container.name === 'bundle') ?? element;
}

/** The change for one resource; asks about members that say otherwise (`core.manage_children`). */
export async function metaChanges(session: Session, place: ResourcePlace, name: string, value: string): Promise<readonly CibChange[]> {
  const target = effectivePlace(place);
  const changes: CibChange[] = [];
  for (const member of await membersToReset(session, target, name, value)) {
    const change = deleteSetting('resources', member, 'meta_attributes', name);
    if (change !== undefined) changes.push(change);
  }
  return [...changes, setSetting('resources', target, 'meta_attributes', name, value)];
}

/** A clone's own member never keeps a setting of its own; members of groups are asked about. */
async function membersToReset(session: Session, target: XmlElement, name: string, value: string): Promise<readonly XmlElement[]> {
  const cloned = target.name === 'group' ? [] : membersOf(target).filter((member) => settingOf(member, 'meta_attributes', name) !== undefined);
  const group = target.name === 'group' ? target : membersOf(target).find((member) => member.name === 'group');
  const mode = session.options.get('core.manage_children');
  if (group === undefined || mode === 'never') return cloned;
  const odd = membersOf(group).filter((member) => ![undefined, value].includes(settingOf(member, 'meta_attributes', name)));
  const reset: XmlElement[] = [...cloned];
  for (const member of odd) {
    if (mode === 'always' || (await session.confirm(`Do you want to override ${name} for child resource ${member.id}?`))) reset.push(member);
  }
  return reset;
}

/** Sends changes as one; nothing to change is success. */
export async function applyAll(session: Session, changes: readonly CibChange[]): Promise<boolean> {
  if (changes.length === 0) return true;
  return session.apply(changes.length === 1 ? changes[0]! : { op: 'transaction', changes });
}
