// SPDX-License-Identifier: GPL-2.0-or-later
/** Resources as data for programs. */
import { element, type XmlElement } from '../../cib/index.ts';
import { isActive, roleName, type Bundle, type Clone, type Group, type Node, type Primitive, type Resource } from '../model/index.ts';
import { isElsewhere, isFilteredOut, isMemberShown, isNamed, isReplicaPartShown, shownId } from './filter.ts';
import { agentName, isDisabled, pendingFlag, pendingState, shownRole } from './resource-text.ts';
import { NameFilter, type View } from './view.ts';

/** All listed resources, or those not already listed under their node. */
export function resourcesXml(view: View): XmlElement | undefined {
  const { isByNode, showsInactive } = view.settings;
  if (isByNode === true && showsInactive !== true) return undefined;
  let shown: XmlElement[] | undefined;
  for (const resource of view.cluster.resources) {
    const isFullyActive = isActive(resource, true);
    if (resource.isRemoved && !isFullyActive) continue;
    if (isByNode === true && isFullyActive) continue;
    if (isActive(resource) ? isElsewhere(resource, view.nodes) : showsInactive !== true) continue;
    shown ??= [];
    const xml = resourceXml(resource, view);
    if (xml !== undefined) shown.push(xml);
  }
  return shown === undefined ? undefined : element('resources', {}, shown);
}

export function resourceXml(resource: Resource, view: View): XmlElement | undefined {
  switch (resource.kind) {
    case 'primitive':
      return isFilteredOut(resource, view.resources, true) ? undefined : primitiveXml(resource, view);
    case 'group':
      return groupXml(resource, view);
    case 'clone':
      return cloneXml(resource, view);
    case 'bundle':
      return bundleXml(resource, view);
  }
}

/** One primitive, whatever is asked for. */
export function primitiveXml(resource: Primitive, view: View): XmlElement {
  const isRemoved = String(resource.isRemoved);
  const showsPending = view.settings.showsPending === true;
  const attributes = {
    id: shownId(resource),
    resource_agent: agentName(resource),
    role: (showsPending ? pendingState(resource) : undefined) ?? roleName(shownRole(resource)),
    target_role: resource.meta.get('target-role'),
    active: String(isActive(resource)),
    orphaned: isRemoved,
    removed: isRemoved,
    blocked: String(resource.isBlocked),
    maintenance: String(resource.isInMaintenance),
    managed: String(resource.isManaged),
    failed: String(resource.isFailed),
    failure_ignored: String(resource.isFailureIgnored),
    nodes_running_on: String(resource.runningOn.length),
    pending: showsPending ? pendingFlag(resource) : undefined,
    locked_to: resource.lockNode?.name,
    description: view.settings.showsDescriptions === true || view.settings.omitsNodes === true ? resource.xml.get('description') : undefined,
  };
  return element('resource', attributes, resource.runningOn.map(placeXml));
}

function placeXml(node: Node): XmlElement {
  return element('node', { name: node.name, id: node.id, cached: String(node.isOnline) });
}

function description(resource: Resource, view: View): string | undefined {
  return view.settings.showsDescriptions === true ? resource.xml.get('description') : undefined;
}

function groupXml(group: Group, view: View): XmlElement | undefined {
  if (isFilteredOut(group, view.resources, true)) return undefined;
  const parentPasses = isNamed(group, view.resources);
  const showsInactive = view.settings.showsInactive === true;
  const members: XmlElement[] = [];
  for (const child of group.children) {
    if (!isMemberShown(child, isActive(child), parentPasses, view.resources, showsInactive)) continue;
    const xml = resourceXml(child, view);
    if (xml !== undefined) members.push(xml);
  }
  if (members.length === 0) return undefined;
  const attributes = {
    id: group.id,
    number_resources: String(members.length),
    maintenance: String(group.isInMaintenance),
    managed: String(group.isManaged),
    disabled: String(isDisabled(group)),
    description: description(group, view),
  };
  return element('group', attributes, members);
}

function cloneXml(clone: Clone, view: View): XmlElement | undefined {
  if (isFilteredOut(clone, view.resources, true)) return undefined;
  const isWhole = isNamed(clone, view.resources);
  const all = view.with({ resources: NameFilter.everything });
  const instances: XmlElement[] = [];
  for (const child of clone.children) {
    if (isElsewhere(child, view.nodes) || isFilteredOut(child, view.resources, isWhole)) continue;
    const xml = resourceXml(child, all);
    if (xml !== undefined) instances.push(xml);
  }
  if (instances.length === 0) return undefined;
  const attributes = {
    id: clone.id,
    multi_state: String(clone.isPromotable),
    unique: String(clone.isUnique),
    maintenance: String(clone.isInMaintenance),
    managed: String(clone.isManaged),
    disabled: String(isDisabled(clone)),
    failed: String(clone.isFailed),
    failure_ignored: String(clone.isFailureIgnored),
    target_role: clone.meta.get('target-role'),
    description: description(clone, view),
  };
  return element('clone', attributes, instances);
}

function bundleXml(bundle: Bundle, view: View): XmlElement | undefined {
  if (isFilteredOut(bundle, view.resources, true)) return undefined;
  const replicas: XmlElement[] = [];
  for (const replica of bundle.replicas) {
    if (isElsewhere(replica.container, view.nodes)) continue;
    const parts = [replica.ip, replica.inner, replica.container, replica.remote].filter((part) => part !== undefined);
    const shown = parts.filter((part) => isReplicaPartShown(bundle, part, view.resources));
    if (shown.length > 0) replicas.push(element('replica', { id: String(replica.offset) }, shown.map((part) => primitiveXml(part, view))));
  }
  if (replicas.length === 0) return undefined;
  const attributes = {
    id: bundle.id,
    type: bundle.agent,
    image: bundle.image,
    unique: String(bundle.isUnique),
    maintenance: String(bundle.isInMaintenance),
    managed: String(bundle.isManaged),
    failed: String(bundle.isFailed),
    description: description(bundle, view),
  };
  return element('bundle', attributes, replicas);
}
