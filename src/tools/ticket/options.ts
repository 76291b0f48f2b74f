// SPDX-License-Identifier: GPL-2.0-or-later
/** Command line of crm_ticket. */
import type { OptionTable } from '../options/index.ts';

export const table: OptionTable = {
  tool: 'crm_ticket',
  summary: 'Query and change tickets. A ticket gives a site of a multi-site cluster the right to run the resources that depend on it.',
  usage: '<query>|<command> [options]',
  groups: [
    { key: 'queries', title: 'Queries' },
    { key: 'commands', title: 'Commands' },
    { key: 'advanced', title: 'Advanced commands' },
    { key: 'additional', title: 'Additional options' },
  ],
  options: [
    { name: 'info', short: 'l', group: 'queries', summary: 'Show the tickets' },
    { name: 'details', short: 'L', group: 'queries', summary: 'Show the tickets with all attributes' },
    { name: 'raw', short: 'w', group: 'queries', summary: 'Show the ids of the tickets' },
    { name: 'query-xml', short: 'q', group: 'queries', summary: 'Show the XML of the tickets' },
    { name: 'constraints', short: 'c', group: 'queries', summary: 'Show the constraints that depend on tickets' },
    { name: 'grant', short: 'g', group: 'commands', summary: 'Grant a ticket to this site' },
    { name: 'revoke', short: 'r', group: 'commands', summary: 'Revoke a ticket from this site' },
    { name: 'standby', short: 's', group: 'commands', summary: 'Give a ticket up in order: dependent resources stop as their loss policy does not say' },
    { name: 'activate', short: 'a', group: 'commands', summary: 'Take a ticket out of standby' },
    { name: 'get-attr', short: 'G', argument: 'ATTRIBUTE', group: 'advanced', summary: 'Show an attribute of a ticket' },
    { name: 'set-attr', short: 'S', argument: 'ATTRIBUTE', group: 'advanced', summary: 'Set an attribute of a ticket' },
    { name: 'delete-attr', short: 'D', argument: 'ATTRIBUTE', group: 'advanced', summary: 'Delete an attribute of a ticket' },
    { name: 'cleanup', short: 'C', group: 'advanced', summary: 'Delete all state of a ticket on this site' },
    { name: 'attr-value', short: 'v', argument: 'VALUE', group: 'additional', summary: 'Value for --set-attr' },
    { name: 'default', short: 'd', argument: 'VALUE', group: 'additional', summary: 'With --get-attr: show this when there is no value' },
    { name: 'force', short: 'f', group: 'additional', summary: 'Grant or revoke although it cannot be known what other sites do' },
    { name: 'ticket', short: 't', argument: 'ID', group: 'additional', summary: 'Ticket to work on' },
    { name: 'xml-file', short: 'x', argument: 'FILE', group: 'additional', summary: 'Accepted for old scripts', isHidden: true, withoutEffect: 'old scripts give it; the answer is the same with and without it' },
    { name: 'set-name', short: 'n', argument: 'ID', group: 'additional', summary: 'Accepted for old scripts', isHidden: true, withoutEffect: 'old scripts give it; the answer is the same with and without it' },
    { name: 'nvpair', short: 'i', argument: 'ID', group: 'additional', summary: 'Accepted for old scripts', isHidden: true, withoutEffect: 'old scripts give it; the answer is the same with and without it' },
    { name: 'quiet', short: 'Q', group: 'additional', summary: 'Print only what is asked for' },
  ],
  formats: ['text', 'xml', 'json'],
  examples: [
    { text: 'All tickets', command: 'crm_ticket --info' },
    { text: 'Which resources depend on a ticket', command: 'crm_ticket --ticket ticketA --constraints' },
    { text: 'Grant a ticket to this site', command: 'crm_ticket --ticket ticketA --grant --force' },
  ],
};
