// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Resources without wishes: they, and all that are colocated with them, have the score 0 for every node that can be
 * used. Adding their scores changes nothing, which spares walking the colocations behind them.
 */
import { INFINITY } from '../../cib/index.ts';
import type { NodeTable, Resource, Scheduler } from '../model/index.ts';
import { withThisColocations } from './colocation-lists.ts';

export function isNeutral(scheduler: Scheduler, resource: Resource): boolean {
  // With Pacemaker Remote nodes, nodes come up while resources are placed.
  if (scheduler.hasRemoteNodes) return false;
  return resource.isNeutral ?? findOut(scheduler, resource);
}

/** Walks the colocations without recursion, because chains can be as long as the configuration. */
function findOut(scheduler: Scheduler, start: Resource): boolean {
  const entered = new Set<Resource>([start]);
  const stack: Visit[] = [visit(start)];
  for (let here = stack.at(-1); here !== undefined; here = stack.at(-1)) {
    const next = here.holds ? here.sources[here.at++] : undefined;
    if (next === undefined) {
      here.resource.learnNeutrality(here.holds, here.holds ? here.sources : []);
      stack.pop();
      const parent = stack.at(-1);
      if (parent !== undefined && !here.holds) parent.holds = false;
    } else if (next.isNeutral === false || (next.isNeutral === undefined && entered.has(next))) {
      // A circle is left to the ordinary walk, which knows where to stop.
      here.holds = false;
    } else if (next.isNeutral === undefined) {
      entered.add(next);
      stack.push(visit(next));
    }
  }
  return start.isNeutral === true;

  function visit(resource: Resource): Visit {
    return { resource, sources: sourcesBehind(resource), holds: hasNoWish(scheduler, resource), at: 0 };
  }
}

interface Visit {
  readonly resource: Resource;
  readonly sources: readonly Resource[];
  holds: boolean;
  at: number;
}

/** The resources whose scores come with those of a resource. */
function sourcesBehind(resource: Resource): Resource[] {
  if (resource.kind === 'group') return resource.children.slice(0, 1);
  return withThisColocations(resource).map((colocation) => colocation.dependent);
}

function hasNoWish(scheduler: Scheduler, resource: Resource): boolean {
  if (resource.kind === 'group') return true;
  if (resource.kind === 'bundle' || resource.isInBundle) return false;
  // Locations of a group count for a later member that is a dependent itself.
  const group = resource.parent;
  if (group?.kind === 'group' && group.locations.length > 0 && group.children[0] !== resource) return false;
  return scheduler.nodes.every((node) => !node.isAvailable || resource.allowedNodes.score(node) === 0);
}

/** Whether every node of a table is usable or banned for good, so that not even "cannot be used" has an effect. */
export function isSettled(table: NodeTable): boolean {
  for (const node of table.nodes()) {
    const score = table.score(node);
    if (score < -INFINITY || (!node.isAvailable && score > -INFINITY)) return false;
  }
  return true;
}
