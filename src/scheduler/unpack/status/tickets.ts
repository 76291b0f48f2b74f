// SPDX-License-Identifier: GPL-2.0-or-later
/** States of tickets. */
import { isTrue, parseInteger, type XmlElement } from '../../../cib/index.ts';
import { Ticket, type Scheduler } from '../../model/index.ts';

export function unpackTicketStates(scheduler: Scheduler, tickets: XmlElement): void {
  for (const xml of tickets.elements('ticket_state')) {
    if (xml.id === undefined) continue;
    const ticket = ensureTicket(scheduler, xml.id);
    for (const [name, value] of xml.entries()) if (name !== 'id') ticket.state.set(name, value);
    ticket.isGranted = isTrue(ticket.state.get('granted'));
    ticket.isStandby = isTrue(ticket.state.get('standby'));
    ticket.lastGranted = parseInteger(ticket.state.get('last-granted') ?? '') ?? -1;
  }
}

/** The ticket of that id; an unknown one is made, not granted. */
export function ensureTicket(scheduler: Scheduler, id: string): Ticket {
  const known = scheduler.tickets.get(id);
  if (known !== undefined) return known;
  const ticket = new Ticket(id);
  scheduler.tickets.set(id, ticket);
  return ticket;
}
