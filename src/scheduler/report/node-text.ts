// SPDX-License-Identifier: GPL-2.0-or-later
/** Words for a node: its kind, name, state and health. */
import type { Node, Scheduler } from '../model/index.ts';
import { readScore } from '../unpack/scores.ts';

/** `Node`, `RemoteNode` or `GuestNode`. */
export function nodeKind(node: Node): string {
  if (node.isGuest) return 'GuestNode';
  return node.isRemoteNode ? 'RemoteNode' : 'Node';
}

/** The name; in detail also the host of a guest and an id that differs. */
export function nodeName(node: Node, isDetailed: boolean): string {
  if (!isDetailed) return node.name;
  const host = node.isGuest ? `@${node.connection?.launcher?.runningOn[0]?.name ?? ''}` : '';
  const id = node.id.toLowerCase() === node.name.toLowerCase() ? '' : ` (${node.id})`;
  return `${node.name}${host}${id}`;
}

/** The first state that applies, in the order of importance. */
export function nodeState(node: Node): string {
  if (node.isUnclean) return node.isOnline ? 'UNCLEAN (online)' : node.isPending ? 'UNCLEAN (pending)' : 'UNCLEAN (offline)';
  if (node.isPending) return 'pending';
  if (node.isStandbyOnFail && node.isOnline) return 'standby (on-fail)';
  if (node.isStandby) {
    if (!node.isOnline) return 'OFFLINE (standby)';
    return node.running.length > 0 ? 'standby (with active resources)' : 'standby';
  }
  if (node.isInMaintenance) return node.isOnline ? 'maintenance' : 'OFFLINE (maintenance)';
  return node.isOnline ? 'online' : 'OFFLINE';
}

export type Health = 'red' | 'yellow' | 'green';

/** The worst of the node's health indicators; always green without a health strategy. */
export function nodeHealth(node: Node, cluster: Scheduler): Health {
  if (cluster.options.healthStrategy === 'none') return 'green';
  let worst: Health = 'green';
  for (const [name, value] of node.attributes) {
    if (!name.startsWith('#health')) continue;
    const here = healthOf(value, cluster);
    if (here === 'red') return 'red';
    if (here === 'yellow') worst = 'yellow';
  }
  return worst;
}

/** A number is as bad as the worst colour that is worth as much or more; yellow says nothing while it is worth the same as green. */
function healthOf(value: string, cluster: Scheduler): Health {
  const word = value.toLowerCase();
  if (word === 'red' || word === 'yellow') return word;
  const { healthRed, healthYellow, healthGreen } = cluster.options;
  const score = readScore(cluster, value) ?? 0;
  if (score <= healthRed) return 'red';
  return score <= healthYellow && healthYellow !== healthGreen ? 'yellow' : 'green';
}

/** Feature set of a cluster node that is up to stay; nodes older than the attribute do not tell. */
export function nodeFeatureSet(node: Node): string | undefined {
  if (!node.isOnline || !node.isExpectedUp || node.isRemoteNode) return undefined;
  return node.attributes.get('#feature-set') ?? '<3.15.1';
}

/** One line on a node: kind, name, state, health and, in detail, the feature set. */
export function nodeLine(node: Node, cluster: Scheduler, isDetailed: boolean): string {
  const health = nodeHealth(node, cluster);
  const healthText = health === 'green' ? '' : ` (health is ${health.toUpperCase()})`;
  const featureSet = isDetailed ? nodeFeatureSet(node) : undefined;
  const featureText = featureSet === undefined ? '' : `, feature set ${featureSet}`;
  return `${nodeKind(node)} ${nodeName(node, isDetailed)}: ${nodeState(node)}${healthText}${featureText}`;
}
