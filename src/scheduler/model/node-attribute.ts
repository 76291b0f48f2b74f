// SPDX-License-Identifier: GPL-2.0-or-later
/** Node attributes as a resource sees them: inside a guest, those of the host may be meant. */
import type { Node } from './node.ts';
import type { Resource } from './resource.ts';
import { currentNode } from './tree.ts';

/** Whether a guest's host is where its launcher is now, or where it is assigned to. */
export type HostTime = 'current' | 'assigned';

export function nodeAttribute(node: Node, name: string, resource: Resource | undefined, time: HostTime): string | undefined {
  if (!node.isGuest || resource?.meta.get('container-attribute-target')?.toLowerCase() !== 'host') return node.attributes.get(name);
  const launcher = node.connection!.launcher!;
  const host = time === 'assigned' ? launcher.assignedNode : currentNode(launcher);
  return host?.attributes.get(name);
}
