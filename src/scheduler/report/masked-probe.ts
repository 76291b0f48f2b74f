// SPDX-License-Identifier: GPL-2.0-or-later
/** Failed probes that are no failure to report: they say that the resource cannot run on the node at all. */
import type { XmlElement } from '../../cib/index.ts';
import { withoutInstance, type Resource, type Scheduler } from '../model/index.ts';

const INVALID_PARAMETER = '2';
const NOT_INSTALLED = '5';
const STATUS_NOT_INSTALLED = '7';

export interface MaskedProbes {
  find(resource: Resource, node: string | undefined): XmlElement | undefined;
}

/** Whether a failed operation is such a probe. */
export function isMaskedProbe(operation: XmlElement): boolean {
  const interval = operation.get('interval') ?? '0';
  if (operation.get('operation') !== 'monitor' || interval !== '0') return false;
  const rc = operation.get('rc-code');
  return rc === NOT_INSTALLED || rc === INVALID_PARAMETER || operation.get('op-status') === STATUS_NOT_INSTALLED;
}

/** Index of all of them, made once per report. */
export function maskedProbes(cluster: Scheduler): MaskedProbes {
  const byResource = new Map<string, { readonly node: string; readonly entry: XmlElement }[]>();
  for (const { node, entry } of cluster.failedOperations) {
    if (!isMaskedProbe(entry)) continue;
    const key = entry.get('operation_key') ?? entry.id ?? '';
    const name = /^(.*)_monitor_\d+$/.exec(key)?.[1] ?? key;
    const known = byResource.get(name);
    if (known === undefined) byResource.set(name, [{ node: node.name, entry }]);
    else known.push({ node: node.name, entry });
  }
  const find = (resource: Resource, node: string | undefined): XmlElement | undefined => {
    if (byResource.size === 0) return undefined;
    for (const name of namesOf(resource)) {
      const hit = byResource.get(name)?.find((probe) => node === undefined || probe.node === node);
      if (hit !== undefined) return hit.entry;
    }
    return undefined;
  };
  return { find };
}

/** Names under which a probe of the resource may be recorded; a clone answers for its instances. */
function namesOf(resource: Resource): readonly string[] {
  const names = new Set([resource.id, withoutInstance(resource.id)]);
  if (resource.historyName !== undefined) names.add(resource.historyName);
  if (resource.kind === 'clone') {
    for (const child of resource.children) names.add(withoutInstance(child.id));
  }
  return [...names];
}
