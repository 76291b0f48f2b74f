// SPDX-License-Identifier: GPL-2.0-or-later
/** The score report: one line for each node a resource may use, at the moment its scores are settled. */
import { formatScore } from '../../cib/index.ts';
import type { Node, Resource, Scheduler } from '../model/index.ts';
import { placeOf } from './place.ts';

/** Name of the step that settles the scores, as the report prints it. */
export type ScoreStep = 'pcmk__primitive_assign' | 'pcmk__group_assign' | 'pcmk__clone_assign' | 'pcmk__bundle_assign';

/** Lines for a resource, then for all below it. Removed resources are left out. */
export function reportScores(scheduler: Scheduler, resource: Resource, step: ScoreStep): void {
  const lines = scheduler.scoreLines;
  if (lines === undefined || resource.isRemoved) return;
  const { allowedNodes } = resource;
  for (const node of scheduler.nodes) {
    if (allowedNodes.has(node)) lines.push(`${step}: ${resource.id} allocation score on ${node.name}: ${formatScore(allowedNodes.score(node))}`);
  }
  for (const child of resource.children) reportScores(scheduler, child, step);
}

/** What a resource takes from the node it was just given. */
export function reportUtilization(scheduler: Scheduler, resource: Resource, node: Node): void {
  scheduler.utilizationLines?.push(`pcmk__assign_resource: ${resource.id} utilization on ${node.name}:${amountsText(resource.utilization)}`);
}

/** ` cpu=2 memory=512`, nothing when there is nothing. */
function amountsText(amounts: ReadonlyMap<string, number>): string {
  return [...amounts].map(([name, amount]) => ` ${name}=${amount}`).join('');
}

/** What the cluster nodes have to give. */
export function reportCapacity(scheduler: Scheduler, title: 'Original' | 'Remaining'): void {
  for (const node of scheduler.nodes) {
    if (!node.isRemoteNode) scheduler.utilizationLines?.push(`${title}: ${node.name} capacity:${amountsText(node.utilization)}`);
  }
}

export function reportPromotionScore(scheduler: Scheduler, instance: Resource): void {
  const node = placeOf(instance, false);
  const place = node === undefined ? '(inactive)' : `on ${node.name}`;
  scheduler.scoreLines?.push(`${instance.id} promotion score ${place}: ${formatScore(instance.promotionPriority)}`);
}
