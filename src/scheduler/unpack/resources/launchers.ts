// SPDX-License-Identifier: GPL-2.0-or-later
/** Launchers: the container that a resource names with its meta-attribute `container`. */
import { leaves, type Primitive, type Resource, type Scheduler } from '../../model/index.ts';
import { findResource } from './names.ts';
import { linkConnection } from './remote-nodes.ts';

/** For each top-level resource in document order: its leaves to their launchers, then a connection to its node. */
export function linkLaunchers(scheduler: Scheduler, resource: Resource): void {
  for (const leaf of leaves(resource)) linkLauncher(scheduler, leaf);
  if (resource.kind === 'primitive' && resource.isRemoteConnection) linkConnection(scheduler, resource);
}

function linkLauncher(scheduler: Scheduler, leaf: Primitive): void {
  const name = leaf.meta.get('container');
  const launcher = name === undefined ? undefined : findResource(scheduler, name);
  if (launcher === undefined || launcher === leaf) return;
  leaf.launcher = launcher;
  launcher.launched.push(leaf);
}
