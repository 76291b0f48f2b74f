// SPDX-License-Identifier: GPL-2.0-or-later
/** The transition graph as a drawing in the dot language. */
import { ActionFlag, currentNode, OrderKind, type Action, type Node, type Scheduler } from '../model/index.ts';
import { notifySuffix, operationKey, suffixOf } from '../order/keys.ts';
import { inputsOf } from './inputs.ts';

/** Draws what a scheduled cluster will do; with `allActions` also what it could do but will not. */
export function graphToDot(scheduler: Scheduler, allActions = false): string {
  const lines = [' digraph "g" {'];
  const shown = new Set<Action>();
  for (let i = scheduler.actions.length - 1; i >= 0; i--) {
    const action = scheduler.actions[i]!;
    const style = nodeStyle(action);
    if (style.isHidden && !allActions) continue;
    shown.add(action);
    lines.push(`${quoted(actionName(action))} [ style=${style.style} color="${style.color}" fontcolor="${style.font}"]`);
  }
  for (let i = scheduler.actions.length - 1; i >= 0; i--) lines.push(...edges(scheduler.actions[i]!, shown, allActions));
  lines.push('}', '');
  return lines.join('\n');
}

interface NodeStyle {
  readonly style: 'bold' | 'dashed';
  readonly color: 'green' | 'red' | 'blue';
  readonly font: 'black' | 'orange' | 'purple';
  readonly isHidden: boolean;
}

function nodeStyle(action: Action): NodeStyle {
  const font = action.isPseudo ? 'orange' : 'black';
  if (action.has(ActionFlag.inGraph)) return { style: 'bold', color: 'green', font, isHidden: false };
  if (action.resource?.isManaged === false) return { style: 'dashed', color: 'red', font: 'purple', isHidden: true };
  if (action.isOptional) return { style: 'dashed', color: 'blue', font, isHidden: true };
  return { style: 'dashed', color: 'red', font, isHidden: false };
}

function edges(action: Action, shown: ReadonlySet<Action>, allActions: boolean): string[] {
  if (!shown.has(action)) return [];
  const then = quoted(actionName(action));
  const inputs = new Set(action.has(ActionFlag.inGraph) ? inputsOf(action) : []);
  const lines = [...inputs].filter((first) => shown.has(first)).map((first) => edge(first, then, 'bold'));
  if (!allActions) return lines;
  const others = action.before.filter(({ action: first, kinds }) => kinds !== OrderKind.none && !inputs.has(first));
  const unused = [...new Set(others.map((relation) => relation.action))].sort((a, b) => a.id - b.id);
  for (const first of unused) lines.push(edge(first, then, 'dashed'));
  return lines;
}

function edge(first: Action, then: string, style: 'bold' | 'dashed'): string {
  return `${quoted(actionName(first))} -> ${then} [ style = ${style}]`;
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '\\"')}"`;
}

/** `KEY NODE`, or for fencing `stonith 'KIND' NODE`. */
function actionName(action: Action): string {
  const host = (action.node ?? coveredNode(action))?.name ?? (action.isPseudo ? undefined : '<none>');
  const prefix = action.task === 'cancel' ? 'Cancel ' : '';
  const name = nameWithoutHost(action, host);
  return host === undefined ? `${prefix}${name}` : `${prefix}${name} ${host}`;
}

const AT_NEXT_NODE: ReadonlySet<string> = new Set(['start', 'promote', 'demote']);

/** An action that was asked for without a node is shown on the one its resource goes to (or, to stop, is on). */
function coveredNode({ resource, task }: Action): Node | undefined {
  if (resource?.kind !== 'primitive' || !resource.isManaged) return undefined;
  if (AT_NEXT_NODE.has(task)) return resource.assignedNode;
  return task === 'stop' ? currentNode(resource) : undefined;
}

function nameWithoutHost(action: Action, host: string | undefined): string {
  const known = action.resource?.historyName;
  if (known !== undefined) return operationKey(known, suffixAsKnown(action));
  if (action.task === 'stonith') return `stonith '${action.meta.get('stonith_action') ?? ''}'`;
  return action.resource === undefined && host !== undefined ? action.task : action.key;
}

function suffixAsKnown(action: Action): string {
  if (action.task !== 'notify' && action.task !== 'notified') {
    return suffixOf(action.cancelTask ?? action.task, Number(action.meta.get('interval') ?? '0'));
  }
  return notifySuffix(action.meta.get('notify_key_type') ?? '', action.meta.get('notify_key_operation') ?? '');
}
