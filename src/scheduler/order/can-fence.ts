// SPDX-License-Identifier: GPL-2.0-or-later
/** Whether a node can be fenced now. */
import type { Node, Scheduler } from '../model/index.ts';

export function canFence(scheduler: Scheduler, node: Node): boolean {
  return canFenceOutside(scheduler, node, new Set());
}

/** The guests are those whose hosts are being looked at: a broken history can make a guest its own host, and then nothing outside could stop it. */
function canFenceOutside(scheduler: Scheduler, node: Node, guests: ReadonlySet<Node>): boolean {
  const { options } = scheduler;
  if (node.isGuest) {
    if (guests.has(node)) return false;
    // A guest is fenced by stopping its launcher, wherever that runs.
    const hosts = node.connection?.launcher?.runningOn ?? [];
    return hosts.every((host) => host.isOnline || canFenceOutside(scheduler, host, new Set([...guests, node])));
  }
  if (!options.isFencingEnabled || !scheduler.hasFenceDevice) return false;
  if (scheduler.isQuorate || options.quorumPolicy === 'ignore') return true;
  if (!node.isOnline) return false;
  // A remote node counts as online once its connection is assigned, so being online alone proves nothing.
  if (!node.isRemoteOnly || options.canFenceRemoteWithoutQuorum) return true;
  return node.connection!.allowedNodes.nodes().every((host) => host.isOnline);
}
