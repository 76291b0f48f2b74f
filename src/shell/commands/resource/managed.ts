// SPDX-License-Identifier: GPL-2.0-or-later
/** manage, unmanage, maintenance: whether the cluster acts on a resource. The two settings contradict each other, so one goes when the other comes. */
import { deleteSetting, isTrue, membersOf, settingOf, type CibChange, type ResourcePlace, type XmlElement } from '../../../cib/index.ts';
import { FAILURE, SUCCESS } from '../../command.ts';
import type { Session } from '../../session.ts';
import { applyAll, effectivePlace, metaChanges } from './meta.ts';
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

async function conflicting(session: Session, place: ResourcePlace, name: string): Promise<readonly CibChange[]> {
  const other = CONFLICTS.get(name)!;
  const target = effectivePlace(place);
  const changes: CibChange[] = [];
  for (const element of [target, ...deepMembers(target)]) {
    if (settingOf(element, 'meta_attributes', other) === undefined) continue;
    if (!(await session.confirm(`'${name}' conflicts with '${other}' attribute. Remove '${other}' for resource ${element.id}?`))) continue;
    changes.push(deleteSetting('resources', element, 'meta_attributes', other)!);
  }
  return changes;
}

function deepMembers(element: XmlElement): readonly XmlElement[] {
  return membersOf(element).flatMap((member) => [member, ...deepMembers(member)]);
}

/** `on`, `off` and their like; on without a word. */
export function maintenanceWord(word: string | undefined): boolean | undefined {
  if (word === undefined) return true;
  if (!/^(on|off|true|false|yes|no)$/i.test(word)) return undefined;
  return isTrue(word);
}
