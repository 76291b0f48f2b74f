// SPDX-License-Identifier: GPL-2.0-or-later
/** Which actions are executed. */
import { ActionFlag, type Action } from '../model/index.ts';

const NEEDS_NO_NODE: ReadonlySet<string> = new Set(['stonith', 'do_shutdown']);

export function belongsInGraph(action: Action): boolean {
  if (!action.isRunnable) return false;
  if (action.isOptional && !action.has(ActionFlag.alwaysInGraph)) return false;
  if (isLeftAlone(action)) return false;
  if (action.isPseudo || NEEDS_NO_NODE.has(action.task)) return true;
  const { node } = action;
  if (node === undefined) return false;
  if (action.has(ActionFlag.onDc)) return true;
  // A guest that is not up yet will be by then.
  if (node.isGuest && !node.isResetNeeded) return true;
  return node.isOnline && !node.isUnclean;
}

/** Unmanaged resources are only monitored, and have recurring actions cancelled. */
function isLeftAlone(action: Action): boolean {
  if (action.resource === undefined || action.resource.isManaged || action.task === 'monitor') return false;
  return (action.meta.get('interval') ?? '0') === '0';
}
