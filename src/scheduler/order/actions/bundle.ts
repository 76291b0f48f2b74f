// SPDX-License-Identifier: GPL-2.0-or-later
/** Actions of a bundle: of its replicas, of the bundle as a whole, and of the implicit clone inside it. */
import { INFINITY } from '../../../cib/index.ts';
import type { Bundle, Scheduler } from '../../model/index.ts';
import { containersOf } from '../parts.ts';
import { createCloneActions } from './clone.ts';
import { createInstanceActions } from './instances.ts';
import { createPrimitiveActions } from './primitive.ts';
import { requestPoint } from './point.ts';

export function createBundleActions(scheduler: Scheduler, bundle: Bundle): void {
  for (const { ip, container, remote } of bundle.replicas) {
    if (ip !== undefined) createPrimitiveActions(scheduler, ip);
    createPrimitiveActions(scheduler, container);
    if (remote !== undefined) createPrimitiveActions(scheduler, remote);
  }
  createInstanceActions(scheduler, bundle, containersOf(bundle));
  const inner = bundle.clone;
  if (inner === undefined) return;
  createCloneActions(scheduler, inner);
  if (!inner.isPromotable) return;
  requestPoint(scheduler, bundle, 'promote', true, true);
  requestPoint(scheduler, bundle, 'promoted', true, true).priority = INFINITY;
  requestPoint(scheduler, bundle, 'demote', true, true);
  requestPoint(scheduler, bundle, 'demoted', true, true).priority = INFINITY;
}
