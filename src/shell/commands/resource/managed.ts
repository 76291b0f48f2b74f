// SPDX-License-Identifier: GPL-2.0-or-later
/** manage, unmanage, maintenance: whether the cluster acts on a resource. The two settings contradict each other, so one goes when the other comes. */
import { deleteSetting, isTrue, membersOf, settingOf, type CibChange, type ResourcePlace, type XmlElement } from '../../../cib/index.ts';
import { FAILURE, SUCCESS } from '../../command.ts';
import type { Session } from '../../session.ts';
import { applyAll, chosenMembers, effectivePlace, metaChanges } from './meta.ts';
import { findAll } from './names.ts';

const CONFLICTS: ReadonlyMap<string, string> = new Map([
  ['is-managed', 'maintenance'],
  ['maintenance', 'is-managed'],
]);

export async function setManaged(session: Session, words: readonly string[], name: 'is-managed' | 'maintenance', value: boolean): Promise<number> {
  const places = findAll(session, await session.cib(), words);
  if (places === undefined) return FAILURE;
  const changes: CibChange[] = [];
  for (const place of places) changes.push(...(await conflicting(session, place, name)), ...(await metaChanges(session, place, name, String(value))));
  return (await applyAll(session, changes)) ? SUCCESS : FAILURE;
}

/** The resource and its cloned member are asked about; members of a group by option (`core.manage_children`). */
async function conflicting(session: Session, place: ResourcePlace, name: string): Promise<readonly CibChange[]> {
  const other = CONFLICTS.get(name)!;
  const target = effectivePlace(place);
  const question = (element: XmlElement): string => `'${name}' conflicts with '${other}' attribute. Remove '${other}' for resource ${element.id}?`;
  const chosen: XmlElement[] = [...(await chosenMembers(session, target, other, question))];
  for (const element of target.name === 'group' ? [target] : [target, ...membersOf(target)]) {
    if (settingOf(element, 'meta_attributes', other) !== undefined && (await session.confirm(question(element)))) chosen.push(element);
  }
  return chosen.map((element) => deleteSetting('resources', element, 'meta_attributes', other)!);
}

/** `on`, `off` and their like; on without a word. */
export function maintenanceWord(word: string | undefined): boolean | undefined {
  if (word === undefined) return true;
  if (!/^(on|off|true|false|yes|no)$/i.test(word)) return undefined;
  return isTrue(word);
}
