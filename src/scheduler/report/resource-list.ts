// SPDX-License-Identifier: GPL-2.0-or-later
/** The list of resources: all, the active ones, or those not already listed under a node. */
import { isActive, type Resource } from '../model/index.ts';
import { briefItems, isBriefKind } from './brief.ts';
import { resourceOutline } from './collective-text.ts';
import { isElsewhere, isFilteredOut } from './filter.ts';
import { item, list, type OutlineList, type OutlineNode } from './outline.ts';
import type { View } from './view.ts';

/** `showsEmpty` says in words that there is nothing to list. */
export function resourceList(view: View, showsEmpty: boolean): OutlineList | undefined {
  const { isByNode, isBrief, showsInactive } = view.settings;
  if (isByNode === true && showsInactive !== true) return undefined;
  const nodes: OutlineNode[] = [];
  let hasHeading = false;
  if (isBrief === true && isByNode !== true) {
    hasHeading = true;
    const primitives = view.cluster.resources.filter((resource) => !isFilteredOut(resource, view.resources, true)).filter(isBriefKind);
    nodes.push(...briefItems(primitives, view));
  }
  let hasResource = false;
  for (const resource of view.cluster.resources) {
    if (!isListed(resource, view)) continue;
    hasHeading = true;
    const outline = resourceOutline(resource, view);
    if (outline === undefined) continue;
    hasResource = true;
    nodes.push(outline);
  }
  if (showsEmpty && !hasResource && !(isBrief === true && nodes.length > 0)) {
    nodes.push(item(isByNode === true ? 'No inactive resources' : showsInactive === true ? 'No resources' : 'No active resources'));
    hasHeading = true;
  }
  return hasHeading ? list(heading(view), nodes) : undefined;
}

function isListed(resource: Resource, view: View): boolean {
  const { isByNode, isBrief, showsInactive } = view.settings;
  const isFullyActive = isActive(resource, true);
  if (resource.isRemoved && !isFullyActive) return false;
  if (isByNode === true) {
    if (isFullyActive) return false;
  } else if (isBrief === true && resource.kind === 'primitive') {
    return false;
  }
  if (!isActive(resource)) return showsInactive === true;
  return !isElsewhere(resource, view.nodes);
}

function heading(view: View): string {
  if (view.settings.isByNode === true) return 'Inactive Resources';
  return view.settings.showsInactive === true ? 'Full List of Resources' : 'Active Resources';
}
