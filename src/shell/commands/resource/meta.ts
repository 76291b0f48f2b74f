// SPDX-License-Identifier: GPL-2.0-or-later
/** Sets a meta attribute where it takes effect: on a clone for its member, and - by option - instead of the members' own settings. */
import { deleteSetting, membersOf, setSetting, settingOf, type CibChange, type ResourcePlace, type XmlElement } from '../../../cib/index.ts';
import type { Session } from '../../session.ts';

/** The element that a setting for this resource belongs to: a member of a group has settings of its own, anything else those of the outermost container. */
export function effectivePlace(place: ResourcePlace): XmlElement {
  return place.containers.at(-1)?.name === 'group' ? place.element : outermost(place);
}

/** The container around all others, or the resource itself. */
export function outermost({ element, containers }: ResourcePlace): XmlElement {
  return containers[0] ?? element;
}

/** The change for one resource; asks about members that have a setting of their own (`core.manage_children`). */
export async function metaChanges(session: Session, place: ResourcePlace, name: string, value: string): Promise<readonly CibChange[]> {
  const target = effectivePlace(place);
  const changes: CibChange[] = [];
  for (const member of await membersToReset(session, target, name)) {
    const change = deleteSetting('resources', member, 'meta_attributes', name);
    if (change !== undefined) changes.push(change);
  }
  return [...changes, setSetting('resources', target, 'meta_attributes', name, value)];
}

/** A clone's own member never keeps a setting of its own; members of groups are asked about. */
async function membersToReset(session: Session, target: XmlElement, name: string): Promise<readonly XmlElement[]> {
  const cloned = target.name === 'group' ? [] : membersOf(target).filter((member) => settingOf(member, 'meta_attributes', name) !== undefined);
  const odd = await chosenMembers(session, target, name, (member) => `Do you want to override ${name} for child resource ${member.id}?`);
  return [...cloned, ...odd];
}

/** Members of the group (or of the cloned group) that have the setting and are to lose it, by option or by answer. */
export async function chosenMembers(session: Session, target: XmlElement, name: string, question: (member: XmlElement) => string): Promise<readonly XmlElement[]> {
  const group = target.name === 'group' ? target : membersOf(target).find((member) => member.name === 'group');
  const mode = session.options.get('core.manage_children');
  if (group === undefined || mode === 'never') return [];
  const chosen: XmlElement[] = [];
  for (const member of membersOf(group)) {
    if (settingOf(member, 'meta_attributes', name) === undefined) continue;
    if (mode === 'always' || (await session.confirm(question(member)))) chosen.push(member);
  }
  return chosen;
}

/** Sends changes as one; nothing to change is success. */
export async function applyAll(session: Session, changes: readonly CibChange[]): Promise<boolean> {
  if (changes.length === 0) return true;
  return session.apply(changes.length === 1 ? changes[0]! : { op: 'transaction', changes });
}
