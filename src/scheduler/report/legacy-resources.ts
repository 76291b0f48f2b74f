// SPDX-License-Identifier: GPL-2.0-or-later
/** Resources in the layout of Pacemaker 1.1: one leading blank, double colons, Masters and Slaves, a blank after every word. */
import { compareNaturally, currentNode, isActive, nodesActiveOn, Role, withDescendants, type Bundle, type Clone, type Node, type Primitive, type Resource } from '../model/index.ts';
import { isElsewhere, isFilteredOut, shownId } from './filter.ts';
import { shownRole } from './resource-text.ts';
import type { View } from './view.ts';

const MARGIN = ' ';
const STEP = '    ';

/** Lines of all resources that are to be listed. */
export function legacyResources(view: View): string[] {
  const lines: string[] = [];
  for (const resource of view.cluster.resources) {
    const isWhole = isActive(resource, true);
    if (resource.isRemoved && !isWhole) continue;
    if (view.settings.isByNode === true && isWhole) continue;
    if (isActive(resource) ? isElsewhere(resource, view.nodes) : view.settings.showsInactive !== true) continue;
    addResource(resource, MARGIN, view, lines);
  }
  return lines;
}

function addResource(resource: Resource, margin: string, view: View, lines: string[]): void {
  if (isFilteredOut(resource, view.resources, true)) return;
  switch (resource.kind) {
    case 'primitive':
      if (!resource.isInternal) lines.push(`${margin}${legacyPrimitive(resource, shownId(resource), view.settings.omitsNodes !== true)}`);
      return;
    case 'group':
      lines.push(`${margin}Resource Group: ${resource.id}`);
      for (const child of resource.children) addResource(child, `${margin}${STEP}`, view, lines);
      return;
    case 'clone':
      addClone(resource, margin, view, lines);
      return;
    case 'bundle':
      addBundle(resource, margin, view, lines);
  }
}

const LEGACY_ROLES = ['Unknown', 'Stopped', 'Started', 'Slave', 'Master'] as const;

/** One primitive; without its node where it stands under the node. */
export function legacyPrimitive(resource: Primitive, name: string, showsNode: boolean, where: Node | undefined = currentNode(resource)): string {
  const provider = resource.provider === undefined ? '' : `::${resource.provider}`;
  const parts = [`${name}\t(${resource.class}${provider}:${resource.type}):\t`];
  if (resource.isRemoved) parts.push(' ORPHANED ');
  parts.push(`${LEGACY_ROLES[shownRole(resource)]} `);
  const isMultiple = resource.runningOn.length > 1;
  if (showsNode && where !== undefined && !isMultiple) parts.push(`${where.name} `);
  if (!resource.isManaged) parts.push('(unmanaged) ');
  if (resource.isFailed) parts.push('FAILED ');
  if (resource.isFailureIgnored) parts.push('(failure ignored)');
  if (showsNode && isMultiple) parts.push(`[ ${resource.runningOn.map((node) => node.name).join(' ')} ]`);
  return parts.join('');
}

function addClone(clone: Clone, margin: string, view: View, lines: string[]): void {
  const kind = clone.isPromotable ? 'Master/Slave Set' : 'Clone Set';
  const marks = `${clone.isUnique ? ' (unique)' : ''}${clone.isManaged ? '' : ' (unmanaged)'}`;
  lines.push(`${margin}${kind}: ${clone.id} [${clone.instanceXml?.id ?? ''}]${marks}`);
  const inner = `${margin}${STEP}`;
  const promoted: Node[] = [];
  const started: Node[] = [];
  for (const child of clone.children) {
    const node = singleNode(child);
    const parts = [...withDescendants(child)];
    const isPlain = !clone.isUnique && view.settings.isDetailed !== true && !parts.some((part) => part.isFailed || part.isRemoved || !part.isManaged);
    if (isPlain && !isActive(child)) continue;
    if (isPlain && node !== undefined && isActive(child, true)) (parts.some((part) => part.role > Role.unpromoted) ? promoted : started).push(node);
    else if (!child.isRemoved || isActive(child)) addResource(child, inner, view, lines);
  }
  addNames(inner, clone.isPromotable ? 'Masters' : 'Started', promoted, lines);
  addNames(inner, clone.isPromotable ? 'Slaves' : 'Started', started, lines);
  if (!clone.isUnique && clone.cloneMax > promoted.length + started.length) {
    const running = new Set(nodesActiveOn(clone));
    addNames(inner, 'Stopped', clone.allowedNodes.nodes().filter((node) => !running.has(node)), lines);
  }
}

function singleNode(resource: Resource): Node | undefined {
  const nodes = nodesActiveOn(resource);
  return nodes.length === 1 ? nodes[0] : undefined;
}

function addNames(margin: string, label: string, nodes: readonly Node[], lines: string[]): void {
  if (nodes.length === 0) return;
  lines.push(`${margin}${label}: [ ${nodes.map((node) => node.name).sort(compareNaturally).join(' ')} ]`);
}

function addBundle(bundle: Bundle, margin: string, view: View, lines: string[]): void {
  const set = bundle.replicas.length > 1 ? ' set' : '';
  lines.push(`${margin}Container bundle${set}: ${bundle.id} [${bundle.image}]${bundle.isUnique ? ' (unique)' : ''}${bundle.isManaged ? '' : ' (unmanaged)'}`);
  for (const replica of bundle.replicas) {
    if (isElsewhere(replica.container, view.nodes)) continue;
    const name = `${shownId(replica.remote ?? replica.container)}${replica.address === undefined ? '' : ` (${replica.address})`}`;
    lines.push(`${margin}${STEP}${legacyPrimitive(replica.inner ?? replica.container, name, view.settings.omitsNodes !== true, currentNode(replica.container))}`);
  }
}
