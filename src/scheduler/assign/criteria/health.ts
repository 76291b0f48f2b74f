// SPDX-License-Identifier: GPL-2.0-or-later
/** Node health: attributes `#health...` become locations for every resource. */
import { addScores, isTrue } from '../../../cib/index.ts';
import { ProbeMode, Role, type Node, type Scheduler } from '../../model/index.ts';
import { addLocation } from '../../unpack/constraints/index.ts';
import { readScore } from '../../unpack/scores.ts';

export function applyNodeHealth(scheduler: Scheduler): void {
  const { healthStrategy } = scheduler.options;
  if (healthStrategy === 'none') return;
  for (const node of scheduler.nodes) {
    const score = healthScore(scheduler, node);
    if (score === 0) continue;
    for (const resource of scheduler.resources) {
      if (score < 0 && isTrue(resource.meta.get('allow-unhealthy-nodes'))) continue;
      addLocation(scheduler, { id: healthStrategy, resource, role: Role.unknown, probeMode: ProbeMode.always, nodes: [{ node, score }] });
    }
  }
}

/** Sum of all health attributes, from the base on. */
function healthScore(scheduler: Scheduler, node: Node): number {
  let sum = scheduler.options.healthBase;
  for (const [name, value] of node.attributes) if (name.startsWith('#health')) sum = addScores(sum, readScore(scheduler, value) ?? 0);
  return sum;
}
