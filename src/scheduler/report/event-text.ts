// SPDX-License-Identifier: GPL-2.0-or-later
/** What was injected and what was executed, as lines and as data. */
import { element, type XmlElement } from '../../cib/index.ts';
import type { ExecutionEvent, ModificationEvent, TicketChange } from '../simulate/event.ts';
import { item, lines, type OutlineNode } from './outline.ts';

/** Events that are errors are told elsewhere. */
export function modificationItems(events: readonly ModificationEvent[]): OutlineNode[] {
  return events.flatMap((event) => {
    const text = modificationText(event);
    return text === undefined ? [] : [item(text)];
  });
}

function modificationText(event: ModificationEvent): string | undefined {
  switch (event.kind) {
    case 'quorum':
      return `Setting quorum: ${event.value}`;
    case 'watchdog':
      return `Setting watchdog: ${event.value}`;
    case 'node':
      if (event.change === 'failing') return `Failing node ${event.node}`;
      return event.change === 'online' ? `Bringing node ${event.node} online` : `Taking node ${event.node} offline`;
    case 'ticket':
      return event.change === 'standby' ? `Making ticket ${event.ticket} standby` : `${TICKET_WORDS[event.change]} ticket ${event.ticket}`;
    case 'operation':
      return `Injecting ${event.spec} into the configuration`;
    case 'attribute':
      return `Injecting attribute ${event.name}=${event.value} into /node_state '${event.nodeState}'`;
    case 'error':
      return undefined;
  }
}

const TICKET_WORDS: Readonly<Record<TicketChange, string>> = { grant: 'Granting', revoke: 'Revoking', standby: 'Standby', activate: 'Activating' };
const NODE_WORDS = { online: 'Online', offline: 'Offline', failing: 'Failing' } as const;

export function modificationsXml(events: readonly ModificationEvent[]): XmlElement {
  const settings: Record<string, string> = {};
  const children: XmlElement[] = [];
  for (const event of events) {
    switch (event.kind) {
      case 'quorum':
      case 'watchdog':
        settings[event.kind] = event.value;
        break;
      case 'node':
        children.push(element('modify_node', { action: NODE_WORDS[event.change], node: event.node }));
        break;
      case 'ticket':
        children.push(element('modify_ticket', { action: TICKET_WORDS[event.change], ticket: event.ticket }));
        break;
      case 'operation':
        children.push(element('inject_spec', { spec: event.spec }));
        break;
      case 'attribute':
        children.push(attributeXml(event));
        break;
      case 'error':
    }
  }
  return element('modifications', settings, children);
}

function attributeXml(event: { readonly name: string; readonly value: string; readonly nodeState: string }): XmlElement {
  return element('inject_attr', { name: event.name, value: event.value, node_path: '/node_state', cib_node: event.nodeState });
}

export function executionItems(events: readonly ExecutionEvent[]): OutlineNode[] {
  return events.map((event) => (event.kind === 'failure' ? lines(`Pretending action ${event.actionId} failed with rc=${event.rc}`) : event.kind === 'error' ? lines(event.text) : item(executionText(event))));
}

function executionText(event: Exclude<ExecutionEvent, { readonly kind: 'failure' | 'error' }>): string {
  switch (event.kind) {
    case 'pseudo':
      return `Pseudo action:   ${event.key}${event.node === undefined ? '' : ` on ${event.node}`}`;
    case 'resource':
      return `Resource action: ${event.resource.padEnd(15)} ${event.operation}${event.intervalMs === 0 ? '' : `=${event.intervalMs}`} on ${event.node}`;
    case 'fencing':
      return `Fencing ${event.node} (${event.action})`;
    case 'cluster':
      return `Cluster action:  ${event.operation}${event.resource === undefined ? '' : ` for ${event.resource}`} on ${event.node}`;
    case 'attribute':
      return `Injecting attribute ${event.name}=${event.value} into /node_state '${event.nodeState}'`;
  }
}

export function executionXml(events: readonly ExecutionEvent[]): XmlElement {
  return element('transition', {}, events.flatMap((event) => executionElement(event) ?? []));
}

function executionElement(event: ExecutionEvent): XmlElement | undefined {
  switch (event.kind) {
    case 'pseudo':
      return element('pseudo_action', { task: event.key, node: event.node });
    case 'resource':
      return element('rsc_action', { resource: event.resource, op: event.operation, node: event.node, interval: event.intervalMs === 0 ? undefined : String(event.intervalMs) });
    case 'fencing':
      return element('fencing_action', { target: event.node, op: event.action });
    case 'cluster':
      return element('cluster_action', { task: event.operation, node: event.node, id: event.resource });
    case 'attribute':
      return attributeXml(event);
    case 'failure':
    case 'error':
      return undefined;
  }
}
