// SPDX-License-Identifier: GPL-2.0-or-later
/** Shutdown locks: what ran on a node that was cleanly shut down waits for it. */
import { msToSeconds, parseInteger } from '../../../cib/index.ts';
import type { Node, Primitive, Resource, Scheduler } from '../../model/index.ts';
import { requestAction } from '../../order/request.ts';
import { ban } from '../../scores/add-score.ts';

export function applyShutdownLock(scheduler: Scheduler, resource: Resource): void {
  if (resource.kind === 'group') for (const member of resource.children) applyShutdownLock(scheduler, member);
  if (resource.kind !== 'primitive' || resource.isFenceDevice || resource.isRemoteConnection) return;
  settleLock(scheduler, resource);
  const { lockNode } = resource;
  if (lockNode === undefined) return;
  const limitMs = scheduler.options.shutdownLockLimitMs;
  if (limitMs > 0) scheduler.recheckNoLaterThan(resource.lockTime + msToSeconds(limitMs) + 1);
  for (const node of scheduler.nodes) if (node !== lockNode) ban(scheduler, resource, node, 'shutdown-lock');
}

function settleLock(scheduler: Scheduler, resource: Primitive): void {
  if (resource.lockNode !== undefined) {
    if (resource.runningOn.length === 0) return;
    // Somebody started it all the same; it is not to be disturbed.
    requestAction(scheduler, { resource, task: 'lrm_delete', node: resource.lockNode, isOptional: false, cause: 'shutdown-lock' });
    resource.lockNode = undefined;
    resource.lockTime = 0;
    return;
  }
  const node = resource.runningOn[0];
  if (node === undefined || resource.runningOn.length > 1 || !node.isShuttingDown || node.isUnclean) return;
  resource.lockNode = node;
  resource.lockTime = shutdownTime(scheduler, node);
}

function shutdownTime(scheduler: Scheduler, node: Node): number {
  const time = parseInteger(node.attributes.get('shutdown') ?? '') ?? 0;
  return time === 0 ? scheduler.now : time;
}
