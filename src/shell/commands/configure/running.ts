// SPDX-License-Identifier: GPL-2.0-or-later
/** Which resources run now, by the history in the CIB. */
import type { XmlElement } from '../../../cib/index.ts';
import { memberIds } from '../../../cib/index.ts';
import type { ConfigurationSession } from '../../configuration-session.ts';

/** Names among `keys` that are active on some online node, containers by their members. */
export function running(configuration: ConfigurationSession, keys: readonly string[]): string[] {
  const active = activeResources(configuration.base);
  if (active.size === 0) return [];
  const isActive = (key: string): boolean => {
    const object = configuration.draft.get(key);
    return object !== undefined && object.kind !== 'node' && (active.has(key) || memberIds(object.element).some(isActive));
  };
  return keys.filter(isActive);
}

function activeResources(cib: XmlElement): Set<string> {
  const active = new Set<string>();
  for (const state of cib.first('status')?.elements('node_state') ?? []) {
    if (state.get('crmd') !== 'online' && !/^[1-9]\d*$/.test(state.get('crmd') ?? '')) continue;
    for (const resource of state.at('lrm', 'lrm_resources')?.elements('lrm_resource') ?? []) {
      if (isActive(resource)) active.add((resource.id ?? '').replace(/:\d+$/, ''));
    }
  }
  return active;
}

const ACTIVE_CODES = new Set(['0', '8', '9']);

/** The last operation that says something about the state decides. */
function isActive(resource: XmlElement): boolean {
  let found = false;
  const operations = resource.elements('lrm_rsc_op').sort((a, b) => Number(a.get('call-id') ?? 0) - Number(b.get('call-id') ?? 0));
  for (const op of operations) {
    const [task, code] = [op.get('operation'), op.get('rc-code') ?? ''];
    if (task === 'stop') found = code !== '0';
    else if (task === 'start' || task === 'promote' || task === 'migrate_from') found = ACTIVE_CODES.has(code);
    else if (task === 'monitor') found = ACTIVE_CODES.has(code);
  }
  return found;
}
