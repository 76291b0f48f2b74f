// SPDX-License-Identifier: GPL-2.0-or-later
/** Groups, clones and bundles as nested lists; interchangeable instances in the same state are named in one line. */
import { compareNaturally, currentNode, isActive, nodesActiveOn, parseRole, Role, withDescendants, type Bundle, type Clone, type Group, type Node, type Replica, type Resource } from '../model/index.ts';
import { briefItems, isBriefKind } from './brief.ts';
import { exitText } from '../exit-text.ts';
import { isElsewhere, isFilteredOut, isMemberShown, isNamed, isReplicaPartShown, shownId } from './filter.ts';

import { item, list, type OutlineNode } from './outline.ts';
import { isDisabled, primitiveItem, shownNode } from './resource-text.ts';
import { NameFilter, type View } from './view.ts';

/** The outline of any resource; undefined when nothing of it is to be shown. */
export function resourceOutline(resource: Resource, view: View): OutlineNode | undefined {
  switch (resource.kind) {
    case 'primitive':
      if ((resource.isInternal && view.settings.isDetailed !== true) || isFilteredOut(resource, view.resources, true)) return undefined;
      return primitiveItem(resource, shownId(resource), shownNode(resource), view);
    case 'group':
      return groupOutline(resource, view);
    case 'clone':
      return cloneOutline(resource, view);
    case 'bundle':
      return bundleOutline(resource, view);
  }
}

function groupOutline(group: Group, view: View): OutlineNode | undefined {
  if (isFilteredOut(group, view.resources, true)) return undefined;
  const showsInactive = view.settings.showsInactive === true;
  const nodes: OutlineNode[] = [];
  if (view.settings.isBrief === true) {
    const members = group.children.filter((child) => !isFilteredOut(child, view.resources, true));
    if (members.length === 0) return undefined;
    nodes.push(...briefItems(members.filter(isBriefKind), view.with({ showsInactive: true })));
  } else {
    const parentPasses = isNamed(group, view.resources);
    for (const child of group.children) {
      if (!isMemberShown(child, isActive(child), parentPasses, view.resources, showsInactive)) continue;
      const shown = resourceOutline(child, view);
      if (shown !== undefined) nodes.push(shown);
    }
    if (nodes.length === 0) return undefined;
  }
  const inactive = isActive(group) && !isActive(group, true) ? group.children.filter((child) => !isActive(child, true)).length : 0;
  const notes = [...(inactive > 0 && !showsInactive ? [`${inactive} member${inactive === 1 ? '' : 's'} inactive`] : []), ...commonNotes(group)];
  return list(`Resource Group: ${group.id}${inParentheses(notes)}${describe(group, view)}`, nodes);
}

function commonNotes(resource: Resource): string[] {
  const notes = isDisabled(resource) ? ['disabled'] : [];
  if (resource.isInMaintenance) notes.push('maintenance');
  else if (!resource.isManaged) notes.push('unmanaged');
  return notes;
}

function inParentheses(notes: readonly string[]): string {
  return notes.length === 0 ? '' : ` (${notes.join(', ')})`;
}

function describe(resource: Resource, view: View): string {
  const description = view.settings.showsDescriptions === true ? resource.xml.get('description') : undefined;
  return description === undefined ? '' : ` (${description})`;
}

function cloneOutline(clone: Clone, view: View): OutlineNode | undefined {
  if (isFilteredOut(clone, view.resources, true)) return undefined;
  const isDetailed = view.settings.isDetailed === true;
  const nodes: OutlineNode[] = [];
  const stopped: Resource[] = [];
  const promotedOn: Node[] = [];
  const startedOn: Node[] = [];
  const all = view.with({ resources: NameFilter.everything });
  for (const child of clone.children) {
    if (isElsewhere(child, view.nodes) || isFilteredOut(child, view.resources, isNamed(clone, view.resources))) continue;
    const shown = instanceForm(clone, child, view);
    if (shown === 'stopped') stopped.push(child);
    else if (shown === 'collected') collect(child, promotedOn, startedOn);
    if (isDetailed || shown === 'full') {
      const outline = resourceOutline(child, all);
      if (outline !== undefined) nodes.push(outline);
    }
  }
  const title = cloneTitle(clone, view);
  if (isDetailed) return nodes.length === 0 ? undefined : list(title, nodes);
  const promoted = namesOf(promotedOn, view);
  const started = namesOf(startedOn, view);
  if (promoted.length > 0) nodes.push(nameList('Promoted', promoted));
  if (started.length > 0) nodes.push(nameList(startedLabel(clone), started));
  const active = promoted.length + started.length;
  if (view.settings.showsInactive === true) nodes.push(...stoppedItems(clone, stopped, active, view));
  return nodes.length === 0 && active > 0 ? undefined : list(title, nodes);
}

type InstanceForm = 'full' | 'collected' | 'stopped' | 'none';

/** How an instance is shown when not everything is shown in full. */
function instanceForm(clone: Clone, child: Resource, view: View): InstanceForm {
  const isPartlyActive = isActive(child);
  if (clone.isUnique) return isPartlyActive || !clone.isRemoved ? 'full' : 'none';
  if (view.settings.showsPending === true && child.pendingTask !== undefined && child.pendingTask !== 'probe') return 'full';
  if (!isPartlyActive) return child.isRemoved ? 'none' : 'stopped';
  const parts = [...withDescendants(child)];
  if (parts.some((part) => part.isRemoved || part.isFailed || !part.isManaged)) return 'full';
  if (!isActive(child, true)) return 'full';
  const location = singleLocation(child);
  if (location === undefined) return 'full';
  return !location.isOnline && location.isUnclean ? 'full' : 'collected';
}

/** The one node all of an instance is active on. */
function singleLocation(instance: Resource): Node | undefined {
  const nodes = nodesActiveOn(instance);
  return nodes.length === 1 ? nodes[0] : undefined;
}

function collect(instance: Resource, promotedOn: Node[], startedOn: Node[]): void {
  const node = singleLocation(instance);
  if (node === undefined) return;
  const roles = [...withDescendants(instance)].map((part) => part.role);
  (Math.max(...roles) > Role.unpromoted ? promotedOn : startedOn).push(node);
}

function namesOf(nodes: readonly Node[], view: View): string[] {
  return nodes.map((node) => node.name).filter((name) => view.nodes.has(name)).sort(compareNaturally);
}

function nameList(label: string, names: readonly string[]): OutlineNode {
  return item(`${label}: [ ${names.join(' ')} ]`);
}

function startedLabel(clone: Clone): string {
  if (!clone.isPromotable) return 'Started';
  return targetRole(clone) === Role.unpromoted ? 'Unpromoted (target-role)' : 'Unpromoted';
}

/** The clone's own target role, else that of what is cloned. */
function targetRole(clone: Clone): Role | undefined {
  return parseRole(clone.meta.get('target-role') ?? clone.children[0]?.meta.get('target-role'));
}

/** Nodes (of an anonymous clone) or instances that are stopped, by the reason why. */
function stoppedItems(clone: Clone, stopped: readonly Resource[], active: number, view: View): OutlineNode[] {
  const byState = new Map<string, string[]>();
  const add = (state: string, name: string): void => {
    const known = byState.get(state);
    if (known === undefined) byState.set(state, [name]);
    else known.push(name);
  };
  if (clone.isUnique || clone.cloneMax <= active) {
    for (const instance of stopped) add('Stopped', instance.id);
  } else {
    const isOff = targetRole(clone) === Role.stopped;
    const running = new Set(clone.runningOn);
    for (const node of candidates(clone)) {
      if (running.has(node) || !view.nodes.has(node.name)) continue;
      const probe = view.maskedProbe(clone, node);
      if (probe !== undefined) add(`Stopped (${exitText(Number.parseInt(probe.get('rc-code') ?? '0', 10))})`, node.name);
      else add(isOff ? 'Stopped (disabled)' : 'Stopped', node.name);
    }
  }
  return [...byState.keys()].sort().map((state) => nameList(state, byState.get(state)!.sort(compareNaturally)));
}

/** Nodes the clone may use; where nothing is known of that, nodes it was probed on. */
function candidates(clone: Clone): readonly Node[] {
  const allowed = clone.allowedNodes.nodes();
  return allowed.length > 0 ? allowed : [...clone.probedOn];
}

function cloneTitle(clone: Clone, view: View): string {
  const notes = [...(clone.isPromotable ? ['promotable'] : []), ...(clone.isUnique ? ['unique'] : []), ...commonNotes(clone)];
  return `Clone Set: ${clone.id} [${clone.instanceXml?.id ?? ''}]${inParentheses(notes)}${describe(clone, view)}`;
}

function bundleOutline(bundle: Bundle, view: View): OutlineNode | undefined {
  if (isFilteredOut(bundle, view.resources, true)) return undefined;
  const nodes: OutlineNode[] = [];
  for (const replica of bundle.replicas) {
    if (isElsewhere(replica.container, view.nodes)) continue;
    const isWhole = view.resources.has(bundle.id);
    const isShown = (part: Resource | undefined): boolean => isReplicaPartShown(bundle, part, view.resources);
    const isAnyShown = [replica.ip, replica.inner, replica.container, replica.remote].some(isShown);
    if (view.settings.isDetailed === true || (!isWhole && isAnyShown)) nodes.push(...fullReplica(bundle, replica, view));
    else if (isWhole) nodes.push(replicaItem(replica, view));
  }
  if (nodes.length === 0) return undefined;
  const unique = bundle.isUnique ? ' (unique)' : '';
  const management = bundle.isInMaintenance ? ' (maintenance)' : bundle.isManaged ? '' : ' (unmanaged)';
  const set = bundle.replicas.length > 1 ? ' set' : '';
  return list(`Container bundle${set}: ${bundle.id} [${bundle.image}]${unique}${describe(bundle, view)}${management}`, nodes);
}

/** Everything a replica is made of. */
function fullReplica(bundle: Bundle, replica: Replica, view: View): OutlineNode[] {
  const nodes: OutlineNode[] = [];
  for (const part of [replica.ip, replica.inner, replica.container, replica.remote]) {
    if (part === undefined || !isReplicaPartShown(bundle, part, view.resources)) continue;
    nodes.push(primitiveItem(part, shownId(part), shownNode(part), view));
  }
  return [{ kind: 'list', title: bundle.replicas.length > 1 ? `Replica[${replica.offset}]` : undefined, nodes, colon: false }];
}

/** A replica in one line: the inner resource, at the place of its container. */
function replicaItem(replica: Replica, view: View): OutlineNode {
  const named = replica.remote ?? replica.container;
  const address = replica.address === undefined ? '' : ` (${replica.address})`;
  return primitiveItem(replica.inner ?? replica.container, `${shownId(named)}${address}`, currentNode(replica.container), view);
}

