// SPDX-License-Identifier: GPL-2.0-or-later
/** Settings of resources as they stand in the configuration. */
import type { XmlElement } from '../../cib/index.ts';
import type { ToolRun } from '../run.ts';

export type SettingKind = 'instance_attributes' | 'meta_attributes' | 'utilization';

export interface Setting {
  readonly owner: XmlElement;
  readonly set: XmlElement;
  readonly pair: XmlElement;
}

/** Which kind of setting the options ask for. */
export function settingKind({ options }: ToolRun): SettingKind | 'element' {
  const last = options.last(new Set(['meta', 'utilization', 'element']))?.name;
  if (last === 'meta') return 'meta_attributes';
  if (last === 'utilization') return 'utilization';
  return last === 'element' ? 'element' : 'instance_attributes';
}

/** Settings of that kind of a resource and of everything inside it, in document order. */
export function findSettings(resource: XmlElement, kind: SettingKind, wanted: { readonly name: string; readonly set?: string; readonly id?: string }): Setting[] {
  const found: Setting[] = [];
  const visit = (owner: XmlElement): void => {
    for (const child of owner.elements()) {
      if (child.name !== kind) {
        if (RESOURCES.has(child.name)) visit(child);
        continue;
      }
      if (wanted.set !== undefined && child.id !== wanted.set) continue;
      for (const pair of child.elements('nvpair')) {
        if (pair.get('name') === wanted.name && (wanted.id === undefined || pair.id === wanted.id)) found.push({ owner, set: child, pair });
      }
    }
  };
  visit(resource);
  return found;
}

const RESOURCES = new Set(['primitive', 'group', 'clone', 'master', 'bundle']);
