// SPDX-License-Identifier: GPL-2.0-or-later
/** The list of nodes: those in an unusual state one by one, the others by name in brackets. */
import { shownId, isFilteredOut } from './filter.ts';
import { briefItems } from './brief.ts';
import { nodeFeatureSet, nodeHealth, nodeLine, nodeName } from './node-text.ts';
import { item, list, spansItem, type OutlineList, type OutlineNode, type Span } from './outline.ts';
import { primitiveItem } from './resource-text.ts';
import type { Node } from '../model/index.ts';
import type { View } from './view.ts';

/** Undefined when there is no node to list. */
export function nodeList(view: View): OutlineList | undefined {
  const nodes: OutlineNode[] = [];
  const groups = new Map<string, string[]>(GROUPS.map((label) => [label, []]));
  let isEmpty = true;
  for (const node of view.cluster.nodes) {
    if (!view.nodes.has(node.name)) continue;
    isEmpty = false;
    if (isListedAlone(node, view)) nodes.push(...nodeOutlines(node, view));
    else if (node.isOnline || !node.isGuest) groups.get(groupOf(node))?.push(nodeName(node, view.settings.isDetailed === true));
  }
  if (isEmpty) return undefined;
  for (const [label, names] of groups) if (names.length > 0) nodes.push(item(`${label}: [ ${names.join(' ')} ]`));
  return list('Node List', nodes);
}

const GROUPS = ['Online', 'OFFLINE', 'RemoteOnline', 'RemoteOFFLINE', 'GuestOnline'] as const;

function groupOf(node: Node): (typeof GROUPS)[number] {
  if (node.isGuest) return 'GuestOnline';
  if (node.isRemoteNode) return node.isOnline ? 'RemoteOnline' : 'RemoteOFFLINE';
  return node.isOnline ? 'Online' : 'OFFLINE';
}

function isListedAlone(node: Node, view: View): boolean {
  if (node.isUnclean || node.isPending || (node.isStandbyOnFail && node.isOnline) || node.isStandby || node.isInMaintenance) return true;
  return view.settings.isByNode === true || view.settings.isDetailed === true || nodeHealth(node, view.cluster) !== 'green';
}

/** Grouped by node and in brief, a node without resources is not worth a line. */
function nodeOutlines(node: Node, view: View): OutlineNode[] {
  const line = nodeLine(node, view.cluster, view.settings.isDetailed === true);
  if (view.settings.isByNode !== true) return [item(line)];
  const inner = view.with({ omitsNodes: true });
  const showsInternal = view.settings.isBrief === true || view.settings.isDetailed === true;
  const running = node.running.filter((resource) => !resource.isInternal || showsInternal).filter((resource) => !isFilteredOut(resource, view.resources, true));
  if (view.settings.isBrief === true) {
    if (running.length === 0) return [];
    return [list(line, [list('Resources', briefItems(running, inner.with({ showsInactive: false })))])];
  }
  return [list(line, [list('Resources', running.map((resource) => primitiveItem(resource, shownId(resource), node, inner)))])];
}

/** The same list with every node on its own line, in words that carry colours. */
export function styledNodeList(view: View): OutlineList | undefined {
  const nodes = view.cluster.nodes.filter((node) => view.nodes.has(node.name));
  if (nodes.length === 0) return undefined;
  return list('Node List', nodes.map((node) => styledNode(node, view)));
}

function styledNode(node: Node, view: View): OutlineNode {
  const name = `${nodeName(node, view.settings.isDetailed === true)}:`;
  if (view.settings.isByNode !== true) return spansItem({ text: name, style: 'bold' }, ...stateSpans(node, view));
  const inner = view.with({ omitsNodes: true });
  const status = spansItem({ text: 'Status:' }, ...stateSpans(node, view));
  const running = node.running.filter((resource) => !isFilteredOut(resource, view.resources, true));
  if (running.length === 0) return list(name, [status]);
  const items = view.settings.isBrief === true ? briefItems(running, inner.with({ showsInactive: false })) : running.map((resource) => primitiveItem(resource, shownId(resource), node, inner));
  return list(name, [status, list('Resources', items)]);
}

function stateSpans(node: Node, view: View): Span[] {
  const spans: Span[] = [node.isOnline ? { text: ' online', style: 'online' } : { text: ' OFFLINE', style: 'offline' }];
  const withResources = node.running.length > 0 ? ', with active resources' : '';
  if (node.isStandbyOnFail) spans.push({ text: ` (in standby due to on-fail${withResources})`, style: 'standby' });
  else if (node.isStandby) spans.push({ text: ` (in standby${withResources})`, style: 'standby' });
  if (node.isInMaintenance) spans.push({ text: ' (in maintenance mode)', style: 'maint' });
  const health = nodeHealth(node, view.cluster);
  if (health !== 'green') spans.push({ text: ` (health is ${health.toUpperCase()})`, style: `health_${health}` });
  const featureSet = view.settings.isDetailed === true ? nodeFeatureSet(node) : undefined;
  if (featureSet !== undefined) spans.push({ text: `, feature set ${featureSet}` });
  return spans;
}
