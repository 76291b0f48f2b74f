// SPDX-License-Identifier: GPL-2.0-or-later
/** Attributes of online nodes, with a remark where they measure connectivity. */
import { element, type XmlElement } from '../../cib/index.ts';
import type { Node, Primitive } from '../model/index.ts';
import { resourceParameters } from '../order/parameters.ts';
import { nodeName } from './node-text.ts';
import { item, list, type OutlineList } from './outline.ts';
import type { View } from './view.ts';

/** Attributes that other parts of a report show, or that nobody wants to see. */
const HIDDEN_PREFIXES = ['fail-count', 'last-failure', 'shutdown', 'terminate', 'standby', '#'] as const;

export interface ShownAttribute {
  readonly name: string;
  readonly value: string;
  /** Value a connectivity attribute has when every host answers. */
  readonly expected: number | undefined;
}

export interface NodeAttributes {
  readonly node: Node;
  readonly attributes: readonly ShownAttribute[];
}

export function shownAttributes(view: View): NodeAttributes[] {
  const found: NodeAttributes[] = [];
  for (const node of view.cluster.nodes) {
    if (!node.isOnline || !view.nodes.has(node.name)) continue;
    const names = [...node.attributes.keys()].filter((name) => !HIDDEN_PREFIXES.some((prefix) => name.startsWith(prefix)));
    if (names.length === 0) continue;
    const monitors = connectivityMonitors(node, view);
    const attributes = names.sort(byBytes).map((name) => ({ name, value: node.attributes.get(name) ?? '', expected: monitors.get(name.toLowerCase()) }));
    found.push({ node, attributes });
  }
  return found;
}

function byBytes(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Expected values by the attribute name that a running ping agent sets. */
function connectivityMonitors(node: Node, view: View): ReadonlyMap<string, number> {
  const expected = new Map<string, number>();
  for (const resource of node.running) {
    if (!isConnectivityMonitor(resource)) continue;
    const parameters = resourceParameters(view.cluster, resource, node);
    const name = (parameters.get('name') ?? 'pingd').toLowerCase();
    if (expected.has(name)) continue;
    const hosts = parameters.get('host_list');
    const multiplier = Number.parseInt(parameters.get('multiplier') ?? '1', 10);
    expected.set(name, (hosts === undefined ? 0 : hosts.split(' ').length) * (Number.isNaN(multiplier) ? 1 : multiplier));
  }
  return expected;
}

function isConnectivityMonitor(resource: Primitive): boolean {
  const type = resource.type.toLowerCase();
  return type === 'ping' || type === 'pingd';
}

export function attributeList(view: View): OutlineList | undefined {
  const nodes = shownAttributes(view).map(({ node, attributes }) =>
    list(`Node: ${nodeName(node, view.settings.isDetailed === true)}`, attributes.map((attribute) => item(attributeText(attribute)))),
  );
  return nodes.length === 0 ? undefined : list('Node Attributes', nodes);
}

function attributeText({ name, value, expected }: ShownAttribute): string {
  const line = `${name.padEnd(32)}\t: ${value.padEnd(10)}`;
  if (expected === undefined) return line;
  const score = Number.parseInt(value, 10) || 0;
  if (score <= 0) return `${line}\t: Connectivity is lost`;
  return score < expected ? `${line}\t: Connectivity is degraded (Expected=${expected})` : line;
}

export function attributesXml(view: View): XmlElement | undefined {
  const nodes = shownAttributes(view).map(({ node, attributes }) =>
    element('node', { name: node.name }, attributes.map(({ name, value, expected }) => element('attribute', { name, value, expected: expected?.toString() }))),
  );
  return nodes.length === 0 ? undefined : element('node_attributes', {}, nodes);
}
