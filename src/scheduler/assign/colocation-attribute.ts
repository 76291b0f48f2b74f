// SPDX-License-Identifier: GPL-2.0-or-later
/** The value by which two nodes count as the same place for a colocation. */
import { bundleOf, nodeAttribute, topResource, type Node, type Resource } from '../model/index.ts';

/** Lower case, because values are compared without regard to it; undefined when the node has none. */
export function colocationValue(node: Node, attribute: string, resource: Resource): string | undefined {
  return attributeOf(node, attribute, resource)?.toLowerCase();
}

function attributeOf(node: Node, attribute: string, resource: Resource): string | undefined {
  // Nothing but the inner resource can be on a bundle node, so what counts is the host of its container.
  if (node.isBundleNode && resource.isInBundle && bundleOf(resource)?.clone === topResource(resource)) {
    return node.connection!.launcher!.assignedNode?.attributes.get(attribute);
  }
  return nodeAttribute(node, attribute, resource, 'assigned');
}
