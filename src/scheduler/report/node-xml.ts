// SPDX-License-Identifier: GPL-2.0-or-later
/** Nodes as data for programs, with what runs on them when asked to group by node. */
import { element, type XmlElement } from '../../cib/index.ts';
import type { Node } from '../model/index.ts';
import { isFilteredOut } from './filter.ts';
import { nodeFeatureSet, nodeHealth } from './node-text.ts';
import { primitiveXml } from './resource-xml.ts';
import type { View } from './view.ts';

export function nodesXml(view: View): XmlElement {
  const nodes = view.cluster.nodes.filter((node) => view.nodes.has(node.name)).map((node) => nodeXml(node, view));
  return element('nodes', {}, nodes);
}

function nodeXml(node: Node, view: View): XmlElement {
  const attributes = {
    name: node.name,
    id: node.id,
    online: String(node.isOnline),
    standby: String(node.isStandby),
    standby_onfail: String(node.isStandbyOnFail),
    maintenance: String(node.isInMaintenance),
    pending: String(node.isPending),
    unclean: String(node.isUnclean),
    health: nodeHealth(node, view.cluster),
    feature_set: nodeFeatureSet(node),
    shutdown: String(node.isShuttingDown),
    expected_up: String(node.isExpectedUp),
    is_dc: String(node === view.cluster.dcNode),
    resources_running: String(node.running.length),
    type: node.kind,
    id_as_resource: node.isGuest ? node.connection?.launcher?.id : undefined,
  };
  if (view.settings.isByNode !== true) return element('node', attributes);
  const inner = view.with({ omitsNodes: true });
  const running = node.running.filter((resource) => !isFilteredOut(resource, view.resources, true)).map((resource) => primitiveXml(resource, inner));
  return element('node', attributes, running);
}
