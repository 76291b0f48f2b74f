// SPDX-License-Identifier: GPL-2.0-or-later
/** Resources that a history knows and the configuration does not. */
import { XmlElement } from '../../../cib/index.ts';
import type { Primitive, Scheduler } from '../../model/index.ts';
import { banEverywhere } from '../../scores/add-score.ts';
import { addRemoteNode, findResource, linkConnection, unpackResource } from '../resources/index.ts';

/** Makes a resource from what a history entry says about it. */
export function createRemoved(scheduler: Scheduler, entry: XmlElement): Primitive | undefined {
  const resource = unpackResource(scheduler, new XmlElement('primitive', entry.attributes, []));
  if (resource?.kind !== 'primitive') return undefined;
  resource.rank = scheduler.resources.length;
  scheduler.resources.push(resource);
  if (resource.isRemoteConnection) {
    const node = addRemoteNode(scheduler, resource.id);
    linkConnection(scheduler, resource);
    node.isShuttingDown = true;
  }
  if (entry.has('container')) resource.isRemovedLaunched = true;
  resource.isRemoved = true;
  if (scheduler.options.stopRemovedResources) banEverywhere(scheduler, resource, 'removed');
  else resource.isManaged = false;
  return resource;
}

/** Ties what a removed container had launched to it, once all entries of the node are known. */
export function linkRemovedLaunched(scheduler: Scheduler, entries: readonly XmlElement[]): void {
  for (const entry of entries) {
    const container = entry.get('container');
    if (container === undefined || entry.id === undefined) continue;
    const launcher = findResource(scheduler, container);
    const resource = findResource(scheduler, entry.id);
    if (launcher === undefined || resource?.isRemovedLaunched !== true || resource.launcher !== undefined) continue;
    resource.launcher = launcher;
    launcher.launched.push(resource);
  }
}

