// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Reads the messages in which a cluster tells its changes: the first format (`diff-removed` and `diff-added`, alone or inside
 * a `notify`) and the second (a list of `change` elements with paths).
 */
import type { XmlElement } from '../../cib/index.ts';
import { decodeOperation, MEMBERSHIP_ATTRIBUTES, type NodeEvent, type NodeStateChange, type NotifyEvent, type OperationEvent } from './notify-event.ts';

/** Name of a node by its id, where a message has only that. */
export type NodeNames = (id: string) => string | undefined;

/** Every operation and node event in a message, in document order, what came before what went. */
export function messageEvents(message: XmlElement, names: NodeNames = () => undefined): NotifyEvent[] {
  const diff = message.name === 'diff' ? message : findDiff(message);
  if (diff === undefined) return [];
  return diff.get('format') === '2' ? patchEvents(diff, names) : skeletonEvents(diff, names);
}

function findDiff(message: XmlElement): XmlElement | undefined {
  for (const here of message.descendants()) if (here.name === 'diff') return here;
  return undefined;
}

/** What is known from the elements above the one being read. */
interface Place {
  readonly nodeState: XmlElement | undefined;
  readonly nodeId: string | undefined;
  readonly resource: string | undefined;
}

const NOWHERE: Place = { nodeState: undefined, nodeId: undefined, resource: undefined };

function skeletonEvents(diff: XmlElement, names: NodeNames): NotifyEvent[] {
  const added = diff.first('diff-added');
  const removed = diff.first('diff-removed');
  const events: NotifyEvent[] = [];
  if (added !== undefined) collect(added, NOWHERE, 'added', names, events);
  if (removed !== undefined) collect(removed, NOWHERE, 'removed', names, events);
  return [...events, ...nodeChanges(removed, added, names)];
}

/** Walks down and decodes each operation for itself. */
function collect(here: XmlElement, place: Place, change: OperationEvent['change'], names: NodeNames, events: NotifyEvent[]): void {
  if (here.name === 'lrm_rsc_op') {
    const decoded = decodeOperation(here);
    if (decoded !== undefined && place.resource !== undefined) events.push({ kind: 'operation', change, node: nodeName(place, names), resource: place.resource, ...decoded });
    return;
  }
  const inner = within(here, place);
  for (const child of here.elements()) collect(child, inner, change, names, events);
}

function within(here: XmlElement, place: Place): Place {
  switch (here.name) {
    case 'node_state':
      return { ...place, nodeState: here, nodeId: here.id ?? place.nodeId };
    case 'lrm':
      return { ...place, nodeId: place.nodeId ?? here.id };
    case 'lrm_resource':
      return { ...place, resource: here.id };
    default:
      return place;
  }
}

/** The name in the node state, else the one configured for its id, else the id. */
function nodeName({ nodeState, nodeId }: Place, names: NodeNames): string {
  return nodeState?.get('uname') ?? (nodeId === undefined ? '' : (names(nodeId) ?? nodeId));
}

/** Node states whose membership differs between what went and what came. */
function nodeChanges(removed: XmlElement | undefined, added: XmlElement | undefined, names: NodeNames): NodeEvent[] {
  const before = new Map(nodeStates(removed).map((state) => [state.id ?? '', state]));
  const events: NodeEvent[] = [];
  for (const state of nodeStates(added)) {
    const event = nodeEvent(before.get(state.id ?? ''), state, names);
    if (event !== undefined) events.push(event);
  }
  return events;
}

function nodeStates(side: XmlElement | undefined): XmlElement[] {
  return side?.at('cib', 'status')?.elements('node_state') ?? [];
}

/** Undefined when nothing about membership changed. In a skeleton an attribute that stayed the same is left out on both sides. */
export function nodeEvent(before: XmlElement | undefined, after: XmlElement, names: NodeNames): NodeEvent | undefined {
  const changes: NodeStateChange[] = [];
  for (const attribute of MEMBERSHIP_ATTRIBUTES) {
    const old = before?.get(attribute);
    const now = after.get(attribute);
    if (old !== now && (now !== undefined || old !== undefined)) changes.push({ attribute, before: old, after: now });
  }
  if (changes.length === 0) return undefined;
  const id = after.id ?? '';
  return { kind: 'node', node: after.get('uname') ?? names(id) ?? id, isUp: isUp(after), origin: after.get('crm-debug-origin'), changes };
}

/** Newer clusters write times, 0 for a node that is gone, where older ones write words. */
function isUp(state: XmlElement): boolean {
  const isThere = (value: string | undefined): boolean => value === undefined || (value !== 'false' && value !== 'offline' && value !== '0' && value !== '');
  return isThere(state.get('crmd')) && isThere(state.get('in_ccm'));
}

function patchEvents(diff: XmlElement, names: NodeNames): NotifyEvent[] {
  const events: NotifyEvent[] = [];
  for (const change of diff.elements('change')) {
    const place = placeOf(change.get('path') ?? '');
    const operation = change.get('operation');
    if (operation === 'create') for (const child of change.elements()) collectCreated(child, place, names, events);
    else if (operation === 'modify') collectModified(change, place, names, events);
  }
  return events;
}

function collectCreated(created: XmlElement, place: Place, names: NodeNames, events: NotifyEvent[]): void {
  collect(created, place, 'added', names, events);
  const states = created.name === 'node_state' ? [created] : created.name === 'status' ? created.elements('node_state') : [];
  for (const state of states) {
    const event = nodeEvent(undefined, state, names);
    if (event !== undefined) events.push(event);
  }
}

function collectModified(change: XmlElement, place: Place, names: NodeNames, events: NotifyEvent[]): void {
  const result = change.first('change-result')?.elements()[0];
  if (result === undefined) return;
  if (result.name === 'lrm_rsc_op') {
    collect(result, place, 'added', names, events);
    return;
  }
  if (result.name !== 'node_state') return;
  // The list of changes has only new values; old ones are empty unless they went.
  const changed = new Set(change.first('change-list')?.elements('change-attr').map((attribute) => attribute.get('name')) ?? []);
  const changes = MEMBERSHIP_ATTRIBUTES.filter((attribute) => changed.has(attribute)).map((attribute) => ({ attribute, before: undefined, after: result.get(attribute) }));
  if (changes.length === 0) return;
  const id = result.id ?? '';
  events.push({ kind: 'node', node: result.get('uname') ?? names(id) ?? id, isUp: isUp(result), origin: result.get('crm-debug-origin'), changes });
}

/** What a path says: `/cib/status/node_state[@id='1']/lrm[@id='1']/lrm_resources/lrm_resource[@id='vip']`. */
function placeOf(path: string): Place {
  const id = (name: string): string | undefined => new RegExp(`/${name}\\[@id=['"]([^'"]*)['"]\\]`).exec(path)?.[1];
  return { nodeState: undefined, nodeId: id('node_state') ?? id('lrm'), resource: id('lrm_resource') };
}
