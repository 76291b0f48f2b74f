// SPDX-License-Identifier: GPL-2.0-or-later
/** The `resources` section: nodes made by resources, then the resources, then the order they are worked on. */
import type { Scheduler } from '../../model/index.ts';
import { linkLaunchers } from './launchers.ts';
import { unpackRemoteNodes } from './remote-nodes.ts';
import { unpackResource } from './resource.ts';

export function unpackResources(scheduler: Scheduler): void {
  for (const xml of unpackRemoteNodes(scheduler)) {
    if (xml.name === 'template') {
      if (xml.id !== undefined && !scheduler.templates.has(xml.id)) scheduler.templates.set(xml.id, { id: xml.id, references: [] });
      continue;
    }
    const resource = unpackResource(scheduler, xml);
    if (resource === undefined) continue;
    resource.rank = scheduler.resources.length;
    scheduler.resources.push(resource);
  }
  for (const resource of scheduler.resources) linkLaunchers(scheduler, resource);
  sortByPriority(scheduler);
  if (scheduler.options.isFencingEnabled && !scheduler.hasFenceDevice) scheduler.messages.push({ severity: 'error', text: NO_FENCING });
}

const NO_FENCING =
  'Resource start-up disabled since no fencing resources have been defined. Either configure some or disable fencing with the fencing-enabled option. NOTE: Clusters with shared data need fencing to ensure data integrity.';

/** Higher priority first; the sort is stable. */
function sortByPriority(scheduler: Scheduler): void {
  setResourceOrder(scheduler, [...scheduler.resources].sort((a, b) => b.priority - a.priority));
}

export function setResourceOrder(scheduler: Scheduler, resources: Scheduler['resources']): void {
  scheduler.resources = resources;
  resources.forEach((resource, rank) => {
    resource.rank = rank;
  });
}

export { addInstance } from './clone.ts';
export { findResource, setHistoryName } from './names.ts';
export { addRemoteNode, linkConnection } from './remote-nodes.ts';
export { unpackResource } from './resource.ts';
