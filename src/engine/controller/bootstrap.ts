// SPDX-License-Identifier: GPL-2.0-or-later
/** What a DC writes into the configuration by itself: the nodes it knows and facts about the cluster. */
import { element, type CibChange, type XmlElement } from '../../cib/index.ts';
import { nodeEntry } from './node-state.ts';

export interface ClusterFacts {
  readonly stack: string;
  readonly clusterName: string;
  readonly dcVersion: string;
  readonly hasWatchdog: boolean;
}

const SET_ID = 'cib-bootstrap-options';
/** How long the embedded supervisor needs at most to end all processes of a node. */
const WATCHDOG_TIMEOUT = '10s';

/** Missing node entries and options, as changes; none when the configuration has them. */
export function bootstrapChanges(cib: XmlElement, nodes: readonly { readonly id: number; readonly name: string }[], facts: ClusterFacts): CibChange[] {
  return [...missingNodes(cib, nodes), ...missingOptions(cib, facts)];
}

/** A node of the cluster that has no entry gets one; an entry made elsewhere under another id gets the id it has here. */
function missingNodes(cib: XmlElement, nodes: readonly { readonly id: number; readonly name: string }[]): CibChange[] {
  const known = new Map((cib.at('configuration', 'nodes')?.elements('node') ?? []).map((node) => [node.get('uname') ?? node.id ?? '', node]));
  return nodes.flatMap(({ id, name }): CibChange[] => {
    const entry = known.get(name);
    if (entry?.id === String(id)) return [];
    const data = entry?.with('id', String(id)) ?? nodeEntry(String(id), name);
    const add: CibChange = { op: 'modify', section: 'nodes', allowCreate: true, data };
    return entry === undefined ? [add] : [{ op: 'delete', section: 'nodes', data: entry.withChildren([]) }, add];
  });
}

function missingOptions(cib: XmlElement, facts: ClusterFacts): CibChange[] {
  const set = new Map<string, string>();
  for (const properties of cib.at('configuration', 'crm_config')?.elements('cluster_property_set') ?? []) {
    for (const pair of properties.elements('nvpair')) set.set(pair.get('name') ?? '', pair.get('value') ?? '');
  }
  const wanted: [string, string][] = [
    ['have-watchdog', String(facts.hasWatchdog)],
    ['dc-version', facts.dcVersion],
    ['cluster-infrastructure', facts.stack],
  ];
  if (!set.has('cluster-name')) wanted.push(['cluster-name', facts.clusterName]);
  const hasTimeout = set.has('stonith-watchdog-timeout') || set.has('fencing-watchdog-timeout');
  if (facts.hasWatchdog && !hasTimeout) wanted.push(['fencing-watchdog-timeout', WATCHDOG_TIMEOUT]);
  const missing = wanted.filter(([name, value]) => set.get(name) !== value);
  if (missing.length === 0) return [];
  const pairs = missing.map(([name, value]) => element('nvpair', { id: `${SET_ID}-${name}`, name, value }));
  return [{ op: 'modify', section: 'crm_config', allowCreate: true, data: element('cluster_property_set', { id: SET_ID }, pairs) }];
}

export function clusterOption(cib: XmlElement, ...names: readonly string[]): string | undefined {
  for (const properties of cib.at('configuration', 'crm_config')?.elements('cluster_property_set') ?? []) {
    for (const pair of properties.elements('nvpair')) if (names.includes(pair.get('name') ?? '')) return pair.get('value');
  }
  return undefined;
}
