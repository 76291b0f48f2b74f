// SPDX-License-Identifier: GPL-2.0-or-later
/** Where name/value pairs of the cluster, of a node or of tickets stand in a CIB, and how a new one gets its ids. */
import { element, type XmlElement } from '../../cib/index.ts';

export type Scope = 'crm_config' | 'rsc_defaults' | 'op_defaults' | 'tickets' | 'nodes' | 'status';

export interface Place {
  readonly scope: Scope;
  /** Id of the node, for `nodes` and `status`. */
  readonly nodeId?: string;
  /** Name of a remote or guest node that has no entry among the nodes yet. */
  readonly newNode?: string;
  readonly isUtilization?: boolean;
}

export interface Selection {
  readonly name?: string;
  readonly pattern?: RegExp;
  readonly id?: string;
  readonly set?: string;
}

export interface Match {
  readonly nvpair: XmlElement;
  readonly set: XmlElement;
}

/** Every pair of the place that fits, in document order. */
export function findPairs(cib: XmlElement, place: Place, selection: Selection): Match[] {
  const tag = setTag(place);
  const found: Match[] = [];
  for (const root of scopeRoots(cib, place)) {
    for (const set of root.descendants()) {
      if (set.name !== tag || (selection.set !== undefined && set.id !== selection.set)) continue;
      for (const nvpair of set.descendants()) if (nvpair.name === 'nvpair' && fits(nvpair, selection)) found.push({ nvpair, set });
    }
  }
  return found;
}

function fits(nvpair: XmlElement, { name, pattern, id }: Selection): boolean {
  if (id !== undefined && nvpair.id !== id) return false;
  const own = nvpair.get('name') ?? '';
  if (pattern !== undefined) return pattern.test(own);
  return name === undefined || own === name;
}

function scopeRoots(cib: XmlElement, place: Place): readonly XmlElement[] {
  const section = place.scope === 'tickets' ? cib.at('status', 'tickets') : place.scope === 'status' ? cib.first('status') : cib.at('configuration', place.scope);
  if (section === undefined) return [];
  if (place.nodeId === undefined) return [section];
  const tag = place.scope === 'nodes' ? 'node' : 'node_state';
  const node = section.elements(tag).find((one) => one.id === place.nodeId);
  if (node === undefined) return [];
  return place.scope === 'nodes' ? [node] : node.elements('transient_attributes');
}

function setTag(place: Place): string {
  if (place.isUtilization === true) return 'utilization';
  switch (place.scope) {
    case 'crm_config':
      return 'cluster_property_set';
    case 'rsc_defaults':
    case 'op_defaults':
      return 'meta_attributes';
    default:
      return 'instance_attributes';
  }
}

/** Id of the set that a new pair goes into when the user names none. */
export function defaultSet({ scope, nodeId, isUtilization }: Place): string {
  switch (scope) {
    case 'crm_config':
      return 'cib-bootstrap-options';
    case 'rsc_defaults':
    case 'op_defaults':
      return `${scope}-options`;
    case 'tickets':
      return 'status-tickets';
    default:
      return `${scope}-${nodeId}${isUtilization === true ? '-utilization' : ''}`;
  }
}

/** A new pair with everything around it that may be missing, to be merged into the whole CIB. */
export function newPair(place: Place, set: string, nvpair: XmlElement): XmlElement {
  const setElement = element(setTag(place), { id: set }, [nvpair]);
  const wrap = (inner: XmlElement, ...path: ReadonlyArray<readonly [string, string?]>): XmlElement =>
    path.reduceRight((child, [name, id]) => element(name, { id }, [child]), inner);
  switch (place.scope) {
    case 'tickets':
      return wrap(setElement, ['status'], ['tickets']);
    case 'status':
      return wrap(setElement, ['status'], ['node_state', place.nodeId], ['transient_attributes', place.nodeId]);
    case 'nodes':
      if (place.newNode !== undefined) return wrap(element('nodes', {}, [element('node', { type: 'remote', id: place.nodeId, uname: place.newNode }, [setElement])]), ['configuration']);
      return wrap(setElement, ['configuration'], ['nodes'], ['node', place.nodeId]);
    default:
      return wrap(setElement, ['configuration'], [place.scope]);
  }
}
