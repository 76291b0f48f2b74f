// SPDX-License-Identifier: GPL-2.0-or-later
/** Changes of single name/value pairs of resources and nodes, as crm_resource and the shell make them. */
import { sanitizeId } from '../ids.ts';
import type { CibChange } from '../request.ts';
import { element, type XmlElement } from '../xml/index.ts';

export type SettingKind = 'instance_attributes' | 'meta_attributes' | 'utilization';

/** The pair of that name in the first set that has it. Sets with a rule are passed over: their values hold only at times. */
export function findSetting(owner: XmlElement, kind: SettingKind, name: string): { readonly set: XmlElement; readonly pair: XmlElement } | undefined {
  for (const set of owner.elements(kind)) {
    if (set.first('rule') !== undefined) continue;
    const pair = set.elements('nvpair').find((one) => one.get('name') === name);
    if (pair !== undefined) return { set, pair };
  }
  return undefined;
}

export function settingOf(owner: XmlElement, kind: SettingKind, name: string): string | undefined {
  return findSetting(owner, kind, name)?.pair.get('value');
}

/** Sets a value where it stands, else in the first plain set, else in a new one. */
export function setSetting(section: 'resources' | 'nodes' | 'status', owner: XmlElement, kind: SettingKind, name: string, value: string): CibChange {
  const found = findSetting(owner, kind, name);
  const set = found?.set ?? owner.elements(kind).find((one) => one.first('rule') === undefined && one.get('id-ref') === undefined);
  const setId = set?.id ?? `${owner.id ?? ''}-${kind}`;
  const pairId = found?.pair.id ?? sanitizeId(`${setId}-${name}`);
  const pair = element('nvpair', { id: pairId, name, value });
  return { op: 'modify', section, data: element(owner.name, { id: owner.id }, [element(kind, { id: setId }, [pair])]) };
}

/** Removes a value, and its set with it when nothing is left; undefined when there is none. */
export function deleteSetting(section: 'resources' | 'nodes' | 'status', owner: XmlElement, kind: SettingKind, name: string): CibChange | undefined {
  const found = findSetting(owner, kind, name);
  if (found === undefined) return undefined;
  const data = found.set.elements().length === 1 ? element(kind, { id: found.set.id }) : element('nvpair', { id: found.pair.id, name });
  return { op: 'delete', section, data };
}
