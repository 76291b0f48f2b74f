// SPDX-License-Identifier: GPL-2.0-or-later
/** crm_ticket: tickets of a multi-site cluster. */
import type { Backend } from '../../backends/index.ts';
import { element, isTrue, type CibChange, type XmlElement } from '../../cib/index.ts';
import { EXIT } from '../exit/codes.ts';
import { withBackend } from '../live.ts';
import { tool, ToolFailure, type ToolRun } from '../run.ts';
import { table } from './options.ts';
import { showConstraints, showStates, showTickets, ticketsOf, ticketStates } from './show.ts';

export { table };

const QUERIES = new Set(['info', 'details', 'raw', 'query-xml', 'constraints']);
const CHANGES = new Set(['grant', 'revoke', 'standby', 'activate', 'set-attr', 'delete-attr', 'cleanup']);
const NO_TICKET = 'Must supply ticket ID with -t';

export const run = tool(table, async (run) => {
  const { options } = run;
  const isChange = options.last(CHANGES) !== undefined;
  const query = options.last(QUERIES)?.name;
  if (!isChange && query === undefined && !options.has('get-attr')) throw new ToolFailure(EXIT.usage, 'Must supply a command');
  const id = options.value('ticket');
  if (query === undefined && id === undefined) throw new ToolFailure(isChange ? EXIT.usage : EXIT.noSuch, NO_TICKET);
  if (options.has('set-attr') && !options.has('attr-value')) throw new ToolFailure(EXIT.usage, `Must supply value with -v for -S ${options.value('set-attr')}`);
  return withBackend(run, async (backend) => {
    const cib = await backend.query();
    if (isChange) return options.has('cleanup') ? cleanup(run, backend, cib, id!) : change(run, backend, cib, id!);
    if (options.has('get-attr')) return showAttribute(run, cib, id!);
    switch (query) {
      case 'query-xml':
        return showStates(run, cib);
      case 'constraints':
        return showConstraints(run, cib);
      default:
        return showTickets(run, cib, query === 'details' ? 'details' : query === 'raw' ? 'raw' : 'info');
    }
  });
});

function showAttribute({ options, output }: ToolRun, cib: XmlElement, id: string): number {
  const name = options.value('get-attr') ?? '';
  const value = ticketsOf(cib).get(id)?.get(name) ?? options.value('default');
  if (value === undefined) return EXIT.noSuch;
  output.text(value);
  output.element(element('tickets', {}, [element('ticket', { id }, [element('attribute', { name, value })])]));
  return EXIT.ok;
}

/** All given commands make one update; of contradicting ones the later decides. */
async function change(run: ToolRun, backend: Backend, cib: XmlElement, id: string): Promise<number> {
  const present = ticketStates(cib).findLast((state) => state.id === id);
  const { values, deleted } = wanted(run);
  const granted = deleted.has('granted') ? 'false' : values.get('granted');
  if (granted !== undefined && !run.options.has('force')) {
    run.output.error(granted === 'true' ? grantWarning(id) : revokeWarning(cib, id));
    throw new ToolFailure(EXIT.unsafe, 'Ticket modification not allowed without --force');
  }
  if (present === undefined && values.size === 0) throw new ToolFailure(EXIT.noSuch, 'Could not modify ticket: No such device or address');
  if (values.get('granted') === 'true' && !isTrue(present?.get('granted'))) values.set('last-granted', String(Math.floor(run.context.epochMs() / 1000)));
  const reply = await backend.apply({ client: 'crm_ticket', change: ticketChange(present, id, values, deleted), ...(deleted.size === 0 ? {} : { countsUnchanged: 'numUpdates' }) });
  if (!reply.ok) throw new ToolFailure(reply.code, `Could not modify ticket: ${reply.message}`);
  return EXIT.ok;
}

function wanted({ options }: ToolRun): { values: Map<string, string>; deleted: ReadonlySet<string> } {
  const values = new Map<string, string>();
  const deleted = new Set<string>();
  for (const { name, value } of options.given) {
    if (name === 'grant') values.set('granted', 'true');
    if (name === 'revoke') values.set('granted', 'false');
    if (name === 'standby') values.set('standby', 'true');
    if (name === 'activate') values.set('standby', 'false');
    if (name === 'set-attr' && value !== undefined) values.set(value, options.value('attr-value') ?? '');
    if (name === 'delete-attr' && value !== undefined) deleted.add(value);
  }
  const granted = values.get('granted');
  if (granted !== undefined) values.set('granted', isTrue(granted) ? 'true' : 'false');
  return { values, deleted };
}

function ticketChange(present: XmlElement | undefined, id: string, values: ReadonlyMap<string, string>, deleted: ReadonlySet<string>): CibChange {
  if (present === undefined || deleted.size === 0) {
    const state = element('ticket_state', [['id', id], ...values]);
    return { op: 'modify', data: element('status', {}, [element('tickets', {}, [state])]), allowCreate: true };
  }
  let state = present;
  for (const [name, value] of values) state = state.with(name, value);
  for (const name of deleted) state = state.with(name, undefined);
  return { op: 'replace', section: 'status', data: state };
}

async function cleanup(run: ToolRun, backend: Backend, cib: XmlElement, id: string): Promise<number> {
  const present = ticketStates(cib).findLast((state) => state.id === id);
  if (present === undefined) return EXIT.ok;
  if (isTrue(present.get('granted')) && !run.options.has('force')) {
    run.output.error(revokeWarning(cib, id));
    return EXIT.insufficientPrivileges;
  }
  const reply = await backend.apply({ client: 'crm_ticket', change: { op: 'delete', section: 'status', data: element('ticket_state', { id }) } });
  if (!reply.ok) throw new ToolFailure(reply.code, `Could not clean up ticket: ${reply.message}`);
  run.output.text(`Cleaned up ${id}`);
  return EXIT.ok;
}

function grantWarning(id: string): string {
  return [
    `This command cannot help you verify whether '${id}' has been already granted elsewhere.`,
    `If you really want to grant '${id}' to this site now, and you know what you are doing,`,
    'please specify --force.',
  ].join('\n');
}

/** Names the loss policy only when a constraint depends on the ticket. */
function revokeWarning(cib: XmlElement, id: string): string {
  const isUsed = (cib.at('configuration', 'constraints')?.elements('rsc_ticket') ?? []).some((one) => one.get('ticket') === id);
  const policy = isUsed ? [`Revoking '${id}' can trigger the specified 'loss-policy'(s) relating to '${id}'.`, '', 'You can check that with:', `crm_ticket --ticket ${id} --constraints`, ''] : [];
  return [
    ...policy,
    `${isUsed ? 'Otherwise before' : 'Before'} revoking '${id}', you may want to make '${id}'standby with:`,
    `crm_ticket --ticket ${id} --standby`,
    '',
    `If you really want to revoke '${id}' from this site now, and you know what you are doing,`,
    'please specify --force.',
  ].join('\n');
}
