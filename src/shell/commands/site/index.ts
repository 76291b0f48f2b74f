// SPDX-License-Identifier: GPL-2.0-or-later
/** The site level: tickets of a geo cluster, granted and taken by hand. */
import { FAILURE, SUCCESS, type Command, type CompletionRequest, type LevelBody } from '../../command.ts';
import type { Session } from '../../session.ts';
import { inOrder } from '../resource/names.ts';

const ACTIONS: ReadonlyMap<string, (ticket: string) => readonly string[]> = new Map([
  ['grant', (ticket: string) => ['--ticket', ticket, '--grant', '--force']],
  ['revoke', (ticket: string) => ['--ticket', ticket, '--revoke', '--force']],
  ['standby', (ticket: string) => ['--ticket', ticket, '--standby']],
  ['activate', (ticket: string) => ['--ticket', ticket, '--activate']],
  ['show', (ticket: string) => ['--ticket', ticket, '--info']],
  ['time', (ticket: string) => ['--ticket', ticket, '--get-attr', 'last-granted']],
  ['delete', (ticket: string) => ['--ticket', ticket, '--cleanup', '--force']],
]);

/** Tickets that constraints or the status name. */
async function ticketNames({ session }: CompletionRequest): Promise<readonly string[]> {
  const cib = await session.cib();
  const wanted = (cib.at('configuration', 'constraints')?.elements('rsc_ticket') ?? []).map((constraint) => constraint.get('ticket') ?? '');
  const known = (cib.at('status', 'tickets')?.elements('ticket_state') ?? []).map((state) => state.id ?? '');
  return [...new Set([...wanted, ...known])].sort();
}

async function ticket(session: Session, action: string, name: string): Promise<number> {
  const options = ACTIONS.get(action);
  if (options === undefined) return session.error(`site.ticket: expected one of ${[...ACTIONS.keys()].join(' ')}, found "${action}"`);
  return (await session.tool('crm_ticket', ...options(name))) === 0 ? SUCCESS : FAILURE;
}

const commands: readonly Command[] = [
  {
    name: 'ticket',
    usage: `${[...ACTIONS.keys()].join('|')} TICKET`,
    summary: 'Grant, revoke, show or delete a ticket',
    skill: 'administrator',
    takes: [2, 2],
    waits: true,
    complete: inOrder(() => [...ACTIONS.keys()], ticketNames, () => []),
    run: async ({ args: [action, name] }, session) => ticket(session, action!, name!),
  },
];

export const siteLevel: LevelBody = { commands };
