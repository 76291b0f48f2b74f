// SPDX-License-Identifier: GPL-2.0-or-later
/** Whether a resource's action can run, as far as its node and the quorum decide. */
import { ActionFlag, isActive, Role, type Action, type Node, type Resource, type Scheduler } from '../model/index.ts';
import { canFence } from './can-fence.ts';
import { requestFencing } from './fence.ts';

/** Sets or takes away the runnable mark; done again each time the action is asked for. */
export function updateRunnable(scheduler: Scheduler, action: Action, resource: Resource): void {
  if (action.isPseudo) return;
  const node = action.node;
  if (node === undefined) action.clear(ActionFlag.runnable);
  else if (!action.has(ActionFlag.onDc) && isUnreachable(node)) blockOnOfflineNode(scheduler, action, resource, node);
  else if (!action.has(ActionFlag.onDc) && node.isPending) action.clear(ActionFlag.runnable);
  else if (action.need === 'nothing') allowUnlessLost(scheduler, action, node);
  else applyQuorumPolicy(scheduler, action, resource);
}

/** Actions on a guest that is not online yet wait for its connection; others cannot run. */
function isUnreachable(node: Node): boolean {
  return !node.isOnline && (!node.isGuest || node.isResetNeeded);
}

function blockOnOfflineNode(scheduler: Scheduler, action: Action, resource: Resource, node: Node): void {
  action.clear(ActionFlag.runnable);
  if (resource.isManaged && action.task === 'stop' && !node.isUnclean) requestFencing(scheduler, node, 'stop is unrunnable', false);
}

/** What needs nothing can run, except on a guest whose unclean host cannot be fenced. */
function allowUnlessLost(scheduler: Scheduler, action: Action, node: Node): void {
  action.reason = undefined;
  if (node.isGuest && !canFence(scheduler, node)) action.clear(ActionFlag.runnable);
  else action.set(ActionFlag.runnable);
}

function applyQuorumPolicy(scheduler: Scheduler, action: Action, resource: Resource): void {
  switch (effectivePolicy(scheduler, resource)) {
    case 'stop':
      action.clear(ActionFlag.runnable);
      action.reason = 'no quorum';
      return;
    case 'freeze':
      if (isActive(resource, true) && resource.nextRole <= resource.role) return;
      action.clear(ActionFlag.runnable);
      action.reason = 'quorum freeze';
      return;
    case 'allow':
      action.set(ActionFlag.runnable);
  }
}

function effectivePolicy(scheduler: Scheduler, resource: Resource): 'stop' | 'freeze' | 'allow' {
  if (scheduler.isQuorate) return 'allow';
  switch (scheduler.options.quorumPolicy) {
    case 'stop':
      return 'stop';
    case 'freeze':
      return 'freeze';
    case 'demote':
      if (resource.role < Role.unpromoted) return 'stop';
      if (resource.nextRole > Role.unpromoted) resource.nextRole = Role.unpromoted;
      return 'allow';
    case 'ignore':
    case 'fence':
      return 'allow';
  }
}
