// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * A scheduler for tests of the engine alone: probes, fences, and keeps each primitive on the first node that can have
 * it. It knows nothing of constraints; the real one has tests of its own.
 */
import type { XmlElement } from '../../src/cib/index.ts';
import type { GraphAction, GraphActionReference, Synapse, TransitionGraph } from '../../src/scheduler/index.ts';

interface Place {
  readonly id: string;
  readonly name: string;
  readonly isOnline: boolean;
  readonly isUnclean: boolean;
  readonly wantsOut: boolean;
  readonly state: XmlElement | undefined;
}

/** What the history of a resource on a node says. */
type Known = 'unknown' | 'active' | 'stopped' | 'failed' | 'blocked';

export function tinySchedule(cib: XmlElement, epochMs: number): TransitionGraph {
  const builder = new GraphBuilder();
  const places = placesOf(cib);
  const isQuorate = cib.get('have-quorum') === '1';
  for (const place of places) if (place.isUnclean && isQuorate) builder.fence(place);
  for (const primitive of cib.at('configuration', 'resources')?.elements('primitive') ?? []) placePrimitive(builder, primitive, places, isQuorate);
  for (const place of places) if (place.isOnline && place.wantsOut) builder.shutdown(place);
  return builder.graph(epochMs);
}

function placePrimitive(builder: GraphBuilder, primitive: XmlElement, places: readonly Place[], isQuorate: boolean): void {
  const known = new Map(places.map((place) => [place, knownOf(place, primitive.id!)]));
  const before: GraphActionReference[] = [...builder.fencings];
  for (const place of places) if (place.isOnline && known.get(place) === 'unknown') before.push(builder.operation(place, primitive, 'monitor', 0, '7', []));
  const candidates = places.filter((place) => place.isOnline && !place.wantsOut && !isBanned(place, primitive.id!));
  const active = places.filter((place) => place.isOnline && (known.get(place) === 'active' || known.get(place) === 'failed'));
  const keep = isQuorate && active.length === 1 && known.get(active[0]!) === 'active' && candidates.includes(active[0]!) ? active[0] : undefined;
  for (const place of active) if (place !== keep) before.push(builder.operation(place, primitive, 'stop', 0, '0', before.filter(({ operation }) => operation === 'monitor')));
  const isBlocked = places.some((place) => known.get(place) === 'blocked') || places.some((place) => place.isUnclean && !isQuorate);
  const target = keep ?? (isQuorate && !isBlocked ? candidates[0] : undefined);
  if (target === undefined) return;
  const start = keep === undefined ? builder.operation(target, primitive, 'start', 0, '0', before) : undefined;
  const intervalMs = 5000;
  if (start !== undefined || !hasRecurring(target, primitive.id!, intervalMs)) builder.operation(target, primitive, 'monitor', intervalMs, '0', start === undefined ? [] : [start]);
}

class GraphBuilder {
  readonly fencings: GraphActionReference[] = [];
  private readonly synapses: Synapse[] = [];

  operation(place: Place, primitive: XmlElement, operation: string, intervalMs: number, targetRc: string, inputs: readonly GraphActionReference[]): GraphActionReference {
    const id = primitive.id!;
    const attributes: [string, string][] = [['CRM_meta_on_node', place.name], ['CRM_meta_on_node_uuid', place.id], ['CRM_meta_op_target_rc', targetRc], ['CRM_meta_timeout', '20000'], ['crm_feature_set', '3.20.5']];
    if (intervalMs > 0) attributes.push(['CRM_meta_interval', String(intervalMs)]);
    return this.add({
      id: this.synapses.length + 1,
      kind: 'rsc',
      operation,
      operationKey: `${id}_${operation}_${intervalMs}`,
      onNode: place.name,
      onNodeUuid: place.id,
      primitive: { element: 'primitive', id, class: primitive.get('class'), provider: primitive.get('provider'), type: primitive.get('type') },
      attributes,
    }, inputs);
  }

  fence(place: Place): void {
    this.fencings.push(this.add({ id: this.synapses.length + 1, kind: 'crm', operation: 'stonith', operationKey: `stonith-${place.name}-reboot`, onNode: place.name, onNodeUuid: place.id, attributes: [['CRM_meta_stonith_action', 'reboot']] }, []));
  }

  shutdown(place: Place): void {
    const inputs = this.synapses.map(({ action }) => action).filter((action) => action.onNode === place.name);
    this.add({ id: this.synapses.length + 1, kind: 'crm', operation: 'do_shutdown', operationKey: `do_shutdown-${place.name}`, onNode: place.name, onNodeUuid: place.id, attributes: [] }, inputs);
  }

  graph(_epochMs: number): TransitionGraph {
    return { clusterDelay: '60s', fencingTimeout: '60s', failedStopOffset: 'INFINITY', failedStartOffset: 'INFINITY', batchLimit: '0', transitionId: 0, synapses: this.synapses };
  }

  private add(action: Omit<GraphAction, 'parameters' | 'downed' | 'maintenance'>, inputs: readonly GraphActionReference[]): GraphActionReference {
    const whole: GraphAction = { ...action, parameters: [], downed: [], maintenance: [] };
    this.synapses.push({ id: this.synapses.length, priority: 0, action: whole, inputs });
    return whole;
  }
}

function placesOf(cib: XmlElement): Place[] {
  const states = new Map((cib.first('status')?.elements('node_state') ?? []).map((state) => [state.id, state]));
  return (cib.at('configuration', 'nodes')?.elements('node') ?? []).map((node) => {
    const state = states.get(node.id);
    const isMember = (state?.get('in_ccm') ?? '0') !== '0';
    const attributes = transient(state);
    const hasFailedStop = [...attributes].some(([name, value]) => name.startsWith('fail-count-') && name.includes('#stop_') && value === 'INFINITY');
    return {
      id: node.id!,
      name: node.get('uname')!,
      isOnline: isMember && state?.get('join') === 'member' && !hasFailedStop,
      isUnclean: hasFailedStop || (state === undefined ? true : !isMember && state.get('expected') !== 'down'),
      wantsOut: attributes.has('shutdown'),
      state,
    };
  });
}

function transient(state: XmlElement | undefined): Map<string, string> {
  const found = new Map<string, string>();
  for (const set of state?.first('transient_attributes')?.elements('instance_attributes') ?? []) {
    for (const pair of set.elements('nvpair')) found.set(pair.get('name')!, pair.get('value')!);
  }
  return found;
}

function entriesOf(place: Place, id: string): XmlElement[] {
  const resource = place.state?.at('lrm', 'lrm_resources')?.elements('lrm_resource').find((one) => one.id === id);
  return (resource?.elements('lrm_rsc_op') ?? []).sort((a, b) => callOf(a) - callOf(b));
}

function callOf(entry: XmlElement): number {
  const call = Number(entry.get('call-id'));
  return call < 0 ? Number.MAX_SAFE_INTEGER : call;
}

function knownOf(place: Place, id: string): Known {
  let known: Known = 'unknown';
  for (const entry of entriesOf(place, id)) {
    const [operation, rc, status] = [entry.get('operation'), Number(entry.get('rc-code')), Number(entry.get('op-status'))];
    const isOk = status === 0 && rc === 0;
    if (operation === 'stop') known = isOk ? 'stopped' : status === -1 ? 'active' : 'blocked';
    else if (operation === 'monitor' && status === 0 && rc === 7 && entry.get('interval') === '0') known = 'stopped';
    else if (operation === 'monitor' && rc === 5) known = 'stopped';
    else known = isOk || (status === -1 && operation === 'start') ? 'active' : status === -1 ? known : 'failed';
  }
  return known;
}

function isBanned(place: Place, id: string): boolean {
  return [...transient(place.state)].some(([name, value]) => name.startsWith(`fail-count-${id}#start`) && value === 'INFINITY');
}

function hasRecurring(place: Place, id: string, intervalMs: number): boolean {
  return entriesOf(place, id).some((entry) => entry.get('operation') === 'monitor' && entry.get('interval') === String(intervalMs));
}
