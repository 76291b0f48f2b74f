// SPDX-License-Identifier: GPL-2.0-or-later
/** Fence devices as the configuration describes them: which nodes they reach, under which names, how long they take. */
import { parseTimeout, type XmlElement } from '../../cib/index.ts';
import type { AgentName, Pairs } from '../../agents/index.ts';

export interface FenceDevice {
  readonly id: string;
  readonly agent: AgentName;
  readonly attributes: Pairs;
  /** Nodes named by `pcmk_host_list` and `pcmk_host_map`; undefined when the agent has to be asked. */
  readonly staticTargets: ReadonlySet<string> | undefined;
  readonly check: 'static-list' | 'dynamic-list' | 'status' | 'none';
  readonly priority: number;
}

/** All devices of the configuration that may be used from this node. */
export function devicesFor(cib: XmlElement, node: string): FenceDevice[] {
  const configuration = cib.first('configuration');
  const resources = configuration?.first('resources');
  if (configuration === undefined || resources === undefined) return [];
  const banned = bannedFrom(configuration, node);
  const found: FenceDevice[] = [];
  for (const primitive of resources.descendants()) {
    if (primitive.name !== 'primitive' || primitive.get('class') !== 'stonith' || banned.has(primitive.id ?? '')) continue;
    if (metaOf(primitive, 'target-role')?.toLowerCase() === 'stopped') continue;
    found.push(device(primitive));
  }
  return found.sort((a, b) => b.priority - a.priority || (a.id < b.id ? -1 : 1));
}

export function parameter(device: FenceDevice, name: string): string | undefined {
  return device.attributes.find(([key]) => key === name)?.[1];
}

/** The name a node has at the device: `pcmk_host_map="node1:1;node2:2,3"`. */
export function plugOf(device: FenceDevice, node: string): string {
  return hostMap(parameter(device, 'pcmk_host_map')).get(node) ?? node;
}

export function actionTimeoutMs(device: FenceDevice, action: string, otherwiseMs: number): number {
  return parseTimeout(parameter(device, `pcmk_${action}_timeout`) ?? '') ?? otherwiseMs;
}

/** Tries of one action, within its time. */
export function actionTries(device: FenceDevice, action: string): number {
  const tries = Number(parameter(device, `pcmk_${action}_retries`) ?? '2');
  return Number.isInteger(tries) && tries > 0 ? tries : 1;
}

/** `pcmk_delay_base` may name nodes: `node1:0s;node2:5s`. */
export function delayMs(device: FenceDevice, node: string, fraction: number): number {
  const text = parameter(device, 'pcmk_delay_base') ?? '0';
  const base = text.includes(':') ? hostMap(text).get(node) : text;
  const baseMs = parseTimeout(base ?? '0') ?? 0;
  const mostMs = parseTimeout(parameter(device, 'pcmk_delay_max') ?? '0') ?? 0;
  return baseMs + Math.max(0, mostMs - baseMs) * fraction;
}

function device(primitive: XmlElement): FenceDevice {
  const attributes: [string, string][] = [];
  for (const set of primitive.elements('instance_attributes')) {
    for (const pair of set.elements('nvpair')) attributes.push([pair.get('name') ?? '', pair.get('value') ?? '']);
  }
  const get = (name: string): string | undefined => attributes.find(([key]) => key === name)?.[1];
  const [list, map] = [get('pcmk_host_list'), get('pcmk_host_map')];
  const named = list === undefined && map === undefined ? undefined : new Set([...(list ?? '').split(/[\s,;]+/).filter((name) => name !== ''), ...hostMap(map).keys()]);
  const check = get('pcmk_host_check');
  return {
    id: primitive.id ?? '',
    agent: { class: 'stonith', provider: undefined, type: primitive.get('type') ?? '' },
    attributes,
    staticTargets: named,
    check: check === 'static-list' || check === 'dynamic-list' || check === 'status' || check === 'none' ? check : named === undefined ? 'dynamic-list' : 'static-list',
    priority: Number(metaOf(primitive, 'priority') ?? '0') || 0,
  };
}

function hostMap(text: string | undefined): Map<string, string> {
  const found = new Map<string, string>();
  for (const part of (text ?? '').split(/[;\s]+/)) {
    const cut = part.search(/[:=]/);
    if (cut > 0) found.set(part.slice(0, cut), part.slice(cut + 1));
  }
  return found;
}

function metaOf(primitive: XmlElement, name: string): string | undefined {
  for (const set of primitive.elements('meta_attributes')) {
    for (const pair of set.elements('nvpair')) if (pair.get('name') === name) return pair.get('value');
  }
  return undefined;
}

function bannedFrom(configuration: XmlElement, node: string): ReadonlySet<string> {
  const banned = new Set<string>();
  for (const location of configuration.first('constraints')?.elements('rsc_location') ?? []) {
    const isHere = location.get('node')?.toLowerCase() === node.toLowerCase();
    if (isHere && /^-inf(inity)?$/i.test(location.get('score') ?? '')) banned.add(location.get('rsc') ?? '');
  }
  return banned;
}
