// SPDX-License-Identifier: GPL-2.0-or-later
/** Events between two states of a CIB, where both are at hand: nothing has to be guessed, and old values are known. */
import type { XmlElement } from '../../cib/index.ts';
import { decodeOperation, type NotifyEvent, type OperationEvent } from './notify-event.ts';
import { nodeEvent } from './notify-message.ts';

/** In the order of the status section: each node's operations, then what became of the node itself. */
export function compareEvents(before: XmlElement, after: XmlElement): NotifyEvent[] {
  const events: NotifyEvent[] = [];
  const old = new Map(states(before).map((state) => [state.id ?? '', state]));
  for (const state of states(after)) {
    const was = old.get(state.id ?? '');
    old.delete(state.id ?? '');
    if (was === state) continue;
    const node = state.get('uname') ?? nodeName(after, state.id ?? '');
    events.push(...operationEvents(was, state, node));
    const event = nodeEvent(was, state, (id) => nodeName(after, id));
    if (event !== undefined) events.push(event);
  }
  for (const [id, gone] of old) events.push(...operationEvents(gone, undefined, gone.get('uname') ?? nodeName(before, id)));
  return events;
}

function states(cib: XmlElement): XmlElement[] {
  return cib.first('status')?.elements('node_state') ?? [];
}

function nodeName(cib: XmlElement, id: string): string {
  return cib.at('configuration', 'nodes')?.elements('node').find((node) => node.id === id)?.get('uname') ?? id;
}

function operationEvents(before: XmlElement | undefined, after: XmlElement | undefined, node: string): OperationEvent[] {
  const old = operations(before);
  const events: OperationEvent[] = [];
  const add = (change: OperationEvent['change'], { resource, entry }: Recorded): void => {
    const decoded = decodeOperation(entry);
    if (decoded !== undefined) events.push({ kind: 'operation', change, node, resource, ...decoded });
  };
  for (const [key, recorded] of operations(after)) {
    const was = old.get(key);
    old.delete(key);
    if (was === undefined || isNew(was.entry, recorded.entry)) add('added', recorded);
  }
  for (const recorded of old.values()) add('removed', recorded);
  return events;
}

interface Recorded {
  readonly resource: string;
  readonly entry: XmlElement;
}

function operations(state: XmlElement | undefined): Map<string, Recorded> {
  const found = new Map<string, Recorded>();
  for (const history of state?.at('lrm', 'lrm_resources')?.elements('lrm_resource') ?? []) {
    const resource = history.id ?? '';
    for (const entry of history.elements('lrm_rsc_op')) found.set(JSON.stringify([resource, entry.id]), { resource, entry });
  }
  return found;
}

/** A record under the same id tells of another run of the operation, or of its end. */
function isNew(before: XmlElement, after: XmlElement): boolean {
  if (before === after) return false;
  return ['transition-magic', 'call-id', 'last-rc-change'].some((name) => before.get(name) !== after.get(name));
}
