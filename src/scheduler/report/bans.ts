// SPDX-License-Identifier: GPL-2.0-or-later
/** Location constraints that keep resources away from nodes. */
import { element, type XmlElement } from '../../cib/index.ts';
import { Role, topResource, type Location, type Node } from '../model/index.ts';
import { shownId } from './filter.ts';
import { nodeName } from './node-text.ts';
import { item, list, type OutlineList } from './outline.ts';
import type { View } from './view.ts';

interface Ban {
  readonly location: Location;
  readonly node: Node;
  readonly score: number;
}

/** Constraints whose id begins with the prefix. */
function bans(view: View, prefix: string): Ban[] {
  const found: Ban[] = [];
  for (const location of view.cluster.locations) {
    if (!location.id.startsWith(prefix)) continue;
    const { resource } = location;
    if (!view.resources.has(shownId(resource)) && !view.resources.has(shownId(topResource(resource)))) continue;
    for (const { node, score } of location.nodes) if (score < 0) found.push({ location, node, score });
  }
  return found;
}

export function banList(view: View, prefix = ''): OutlineList | undefined {
  const items = bans(view, prefix).map(({ location, node }) => {
    const what = location.role === Role.promoted ? 'being promoted' : 'running';
    return item(`${location.id}\tprevents ${location.resource.id} from ${what} on ${nodeName(node, view.settings.isDetailed === true)}`);
  });
  return items.length === 0 ? undefined : list('Negative Location Constraints', items);
}

export function bansXml(view: View, prefix = ''): XmlElement | undefined {
  const items = bans(view, prefix).map(({ location, node, score }) => {
    const isPromotedOnly = String(location.role === Role.promoted);
    return element('ban', { id: location.id, resource: location.resource.id, node: node.name, weight: String(score), 'promoted-only': isPromotedOnly, master_only: isPromotedOnly });
  });
  return items.length === 0 ? undefined : element('bans', {}, items);
}
