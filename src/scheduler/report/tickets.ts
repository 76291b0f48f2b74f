// SPDX-License-Identifier: GPL-2.0-or-later
/** Tickets and their state. */
import { element, type XmlElement } from '../../cib/index.ts';
import { NodeLayout, type Scheduler, type Ticket } from '../model/index.ts';
import { item, list, type OutlineList } from './outline.ts';
import type { View } from './view.ts';

export function ticketList(view: View): OutlineList | undefined {
  const items = ticketsInOrder(view.cluster).map((ticket) => item(ticketText(ticket, view)));
  return items.length === 0 ? undefined : list('Tickets', items);
}

/** In the order in which the reference walks its table of tickets. */
export function ticketsInOrder(cluster: Scheduler): readonly Ticket[] {
  let layout = NodeLayout.root<Ticket>();
  for (const ticket of cluster.tickets.values()) layout = layout.with(ticket);
  return layout.order();
}

function ticketText(ticket: Ticket, view: View): string {
  const standby = ticket.isStandby ? ' [standby]' : '';
  const last = ticket.lastGranted > -1 ? ` last-granted="${view.time(ticket.lastGranted)}"` : '';
  return `${ticket.id}\t${ticket.isGranted ? 'granted' : 'revoked'}${standby}${last}`;
}

export function ticketsXml(view: View): XmlElement | undefined {
  const tickets = ticketsInOrder(view.cluster).map((ticket) => ticketXml(ticket, view));
  return tickets.length === 0 ? undefined : element('tickets', {}, tickets);
}

function ticketXml(ticket: Ticket, view: View): XmlElement {
  let xml = element('ticket', {
    id: ticket.id,
    status: ticket.isGranted ? 'granted' : 'revoked',
    standby: String(ticket.isStandby),
    'last-granted': ticket.lastGranted > -1 ? view.time(ticket.lastGranted) : undefined,
  });
  for (const [name, value] of ticket.state) if (!xml.has(name)) xml = xml.with(name, value);
  return xml;
}
