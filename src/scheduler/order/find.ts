// SPDX-License-Identifier: GPL-2.0-or-later
/** Searches among the actions of one resource. */
import type { Action, Node, Resource } from '../model/index.ts';

/** The newest action with that task, on the node if one is given. */
export function newestWithTask(resource: Resource, task: string, node?: Node): Action | undefined {
  return newest(resource.actions.withTask(task), node);
}

/** The newest action with that key suffix, on the node if one is given. */
export function newestWithSuffix(resource: Resource, suffix: string, node?: Node): Action | undefined {
  return newest(resource.actions.withSuffix(suffix), node);
}

function newest(actions: readonly Action[], node: Node | undefined): Action | undefined {
  if (node === undefined) return actions[actions.length - 1];
  for (let i = actions.length - 1; i >= 0; i--) if (actions[i]!.node === node) return actions[i];
  return undefined;
}

/**
 * Actions with that key suffix, oldest first. With a node, an action without node matches as well and gets that node:
 * so a start asked for by a definition change is adopted by the first later search for a start on the new node.
 */
export function matchingActions(resource: Resource, suffix: string, node?: Node): readonly Action[] {
  const actions = resource.actions.withSuffix(suffix);
  if (node === undefined || actions.length === 0) return actions;
  const found: Action[] = [];
  for (const action of actions) {
    action.node ??= node;
    if (action.node === node) found.push(action);
  }
  return found;
}

/** Actions with that key suffix that are known to be on the node, oldest first. */
export function exactActions(resource: Resource, suffix: string, node: Node): readonly Action[] {
  return resource.actions.withSuffix(suffix).filter((action) => action.node === node);
}
