// SPDX-License-Identifier: GPL-2.0-or-later
/** Nodes: those listed in the configuration, with their attributes and capacities. */
import { parseInteger, parseScore, type XmlElement } from '../../cib/index.ts';
import { compareNaturally, insertSorted, Node, type NodeKind, type Scheduler } from '../model/index.ts';
import { mergeAttributeSets } from './attribute-sets.ts';

export function unpackNodes(scheduler: Scheduler): void {
  for (const element of scheduler.cib.at('configuration', 'nodes')?.elements('node') ?? []) {
    const id = element.id;
    if (id === undefined) continue;
    const kind = element.get('type')?.toLowerCase() === 'remote' ? 'remote' : 'member';
    const node = createNode(scheduler, id, element.get('uname') ?? id, kind, initialScore(element));
    markStartupFencing(scheduler, node);
    addNodeAttributes(scheduler, node, element, false);
    addCapacities(scheduler, node, element);
  }
}

function initialScore(element: XmlElement): number {
  return parseScore(element.get('score') ?? '') ?? 0;
}

export function createNode(scheduler: Scheduler, id: string, name: string, kind: NodeKind, score: number): Node {
  const node = new Node(scheduler.nodesByIndex.length, id, name, kind, score);
  scheduler.nodesByIndex.push(node);
  indexOnce(scheduler.nodeById, id, node);
  indexOnce(scheduler.nodeByName, name, node);
  insertSorted(scheduler.nodes, node, (a, b) => compareNaturally(a.name, b.name));
  if (kind === 'remote') scheduler.hasRemoteNodes = true;
  node.attributes.set('#kind', kind === 'remote' ? 'remote' : 'cluster');
  return node;
}

function indexOnce(index: Map<string, Node>, key: string, node: Node): void {
  const word = key.toLowerCase();
  if (!index.has(word)) index.set(word, node);
}

/** With start-up fencing a node is unclean until its state is seen; a remote entry without connection never is. */
export function markStartupFencing(scheduler: Scheduler, node: Node): void {
  if (node.kind === 'remote' && node.connection === undefined) return;
  node.isUnclean = scheduler.options.hasStartupFencing;
}

/** Takes up a node's attributes; transient ones overwrite what the configuration says. */
export function addNodeAttributes(scheduler: Scheduler, node: Node, holder: XmlElement | undefined, overwrite: boolean): void {
  const { attributes } = node;
  const clusterName = scheduler.options.clusterName;
  attributes.set('#uname', node.name);
  attributes.set('#id', node.id);
  node.isDc = scheduler.dcId !== undefined && node.id === scheduler.dcId;
  if (node.isDc) scheduler.dcNode = node;
  attributes.set('#is_dc', String(node.isDc));
  if (clusterName !== undefined) attributes.set('#cluster-name', clusterName);
  mergeAttributeSets(scheduler, attributes, holder, 'instance_attributes', { nodeAttribute: (name) => attributes.get(name) }, { overwrite });
  if (attributes.has('#site-name')) return;
  const site = attributes.get('site-name') ?? clusterName;
  if (site !== undefined) attributes.set('#site-name', site);
}

function addCapacities(scheduler: Scheduler, node: Node, element: XmlElement): void {
  addUtilization(scheduler, node.utilization, element, (name) => node.attributes.get(name));
}

/** Reads `utilization` sets; what is no whole number counts as 0. */
export function addUtilization(
  scheduler: Scheduler,
  into: Map<string, number>,
  holder: XmlElement,
  nodeAttribute?: (name: string) => string | undefined,
): void {
  if (holder.first('utilization') === undefined) return;
  const values = new Map<string, string>();
  mergeAttributeSets(scheduler, values, holder, 'utilization', { nodeAttribute });
  for (const [name, value] of values) into.set(name, parseInteger(value) ?? 0);
}
