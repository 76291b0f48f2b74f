// SPDX-License-Identifier: GPL-2.0-or-later
/** Location constraints, applied to the tables of the resources they are for. */
import { addScores } from '../../../cib/index.ts';
import { ProbeMode, Role, type Bundle, type Location, type Resource, type Scheduler } from '../../model/index.ts';
import { noteScore } from '../../scores/note-scores.ts';

export function applyLocations(scheduler: Scheduler): void {
  for (const location of scheduler.locations) applyLocation(scheduler, location.resource, location);
}

function applyLocation(scheduler: Scheduler, resource: Resource, location: Location): void {
  applyToTable(scheduler, resource, location);
  switch (resource.kind) {
    case 'primitive':
      return;
    case 'group': {
      // The first member takes the others along, so they only have to be allowed where it is.
      const weightless = { ...location, nodes: location.nodes.map(({ node }) => ({ node, score: 0 })) };
      resource.children.forEach((member, i) => applyLocation(scheduler, member, i > 0 && resource.isColocated ? weightless : location));
      return;
    }
    case 'clone':
      for (const instance of resource.children) applyLocation(scheduler, instance, location);
      return;
    case 'bundle':
      applyToBundle(scheduler, resource, location);
      return;
    default:
      resource satisfies never;
  }
}

function applyToBundle(scheduler: Scheduler, bundle: Bundle, location: Location): void {
  for (const { container, ip } of bundle.replicas) {
    applyLocation(scheduler, container, location);
    if (ip !== undefined) applyLocation(scheduler, ip, location);
  }
  const { clone } = bundle;
  if (clone === undefined || location.role < Role.unpromoted) return;
  applyLocation(scheduler, clone, location);
  clone.locations.unshift(location);
}

function applyToTable(scheduler: Scheduler, resource: Resource, location: Location): void {
  if (location.role !== Role.unknown && location.role !== resource.nextRole) return;
  const table = resource.allowedNodes;
  for (const { node, score } of location.nodes) {
    if (table.has(node)) table.setScore(node, addScores(table.score(node), score));
    else table.put(node, score);
    noteScore(scheduler, resource, node, score, location.id);
    if (table.probeMode(node) >= location.probeMode) continue;
    if (location.probeMode === ProbeMode.exclusive) resource.hasExclusiveDiscovery = true;
    table.setProbeMode(node, location.probeMode);
  }
}
