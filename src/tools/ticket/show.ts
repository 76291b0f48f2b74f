// SPDX-License-Identifier: GPL-2.0-or-later
/** The queries of crm_ticket. */
import { dateTime, element, formatCtime, isTrue, writeXml, type XmlElement } from '../../cib/index.ts';
import { NodeLayout } from '../../scheduler/index.ts';
import { EXIT } from '../exit/codes.ts';
import { ToolFailure, type ToolRun } from '../run.ts';

/**
 * Every ticket that has a state or that a constraint names; the last of several states of one id counts. In the order in
 * which the reference walks its table of tickets.
 */
export function ticketsOf(cib: XmlElement): ReadonlyMap<string, XmlElement> {
  const tickets = new Map<string, XmlElement>();
  for (const state of ticketStates(cib)) tickets.set(state.id ?? '', state);
  for (const constraint of cib.at('configuration', 'constraints')?.elements('rsc_ticket') ?? []) {
    const id = constraint.get('ticket') ?? '';
    if (!tickets.has(id)) tickets.set(id, element('ticket_state', { id }));
  }
  let layout = NodeLayout.root<{ readonly id: string; readonly state: XmlElement }>();
  for (const [id, state] of tickets) layout = layout.with({ id, state });
  return new Map(layout.order().map(({ id, state }) => [id, state]));
}

export function ticketStates(cib: XmlElement): XmlElement[] {
  return cib.at('status', 'tickets')?.elements('ticket_state') ?? [];
}

export function showTickets(run: ToolRun, cib: XmlElement, form: 'info' | 'details' | 'raw'): number {
  const { options, output } = run;
  const wanted = options.value('ticket');
  const all = ticketsOf(cib);
  const shown = wanted === undefined ? [...all] : [...all].filter(([id]) => id === wanted);
  if (wanted !== undefined && shown.length === 0) throw new ToolFailure(EXIT.noSuch, `No such ticket '${wanted}'`);
  for (const [id, state] of shown) output.text(ticketLine(run, id, state, form));
  if (shown.length > 0) output.element(element('tickets', {}, shown.map(([id, state]) => ticketElement(run, id, state))));
  return EXIT.ok;
}

function ticketLine(run: ToolRun, id: string, state: XmlElement, form: 'info' | 'details' | 'raw'): string {
  if (form === 'raw') return id;
  const granted = state.get('last-granted');
  const status = `${isTrue(state.get('granted')) ? 'granted' : 'revoked'}${isTrue(state.get('standby')) ? ' [standby]' : ''}`;
  if (form === 'info') return `${id}\t${status}${granted === undefined ? '' : ` last-granted="${told(run, granted)}"`}`;
  const details = attributesInOrder(state).map(([name, value]) => `${name}=${name === 'last-granted' ? told(run, value) : value}`);
  return `${id}\t${status}${granted === undefined ? '' : ' '}${details.length === 0 ? '' : `\t(${details.join(', ')})`}`;
}

/** The well-known attributes first, the others as they stand. */
function attributesInOrder(state: XmlElement): [string, string][] {
  const known = ['granted', 'standby', 'last-granted'];
  const rest = [...state.entries()].filter(([name]) => name !== 'id' && !known.includes(name));
  return [...known.flatMap((name): [string, string][] => (state.has(name) ? [[name, state.get(name)!]] : [])), ...rest];
}

function ticketElement(run: ToolRun, id: string, state: XmlElement): XmlElement {
  const granted = state.get('last-granted');
  const shown = ['standby', 'last-granted', 'status'];
  return element('ticket', [
    ['id', id],
    ['status', isTrue(state.get('granted')) ? 'granted' : 'revoked'],
    ['standby', String(isTrue(state.get('standby')))],
    ...(granted === undefined ? [] : [['last-granted', told(run, granted)] as const]),
    ...attributesInOrder(state).filter(([name]) => !shown.includes(name)),
  ]);
}

function told({ context }: ToolRun, epoch: string): string {
  const seconds = Number(epoch);
  return formatCtime(dateTime(seconds, context.zoneOffsetSeconds(seconds)));
}

/** `--query-xml` */
export function showStates({ options, output }: ToolRun, cib: XmlElement): number {
  const wanted = options.value('ticket');
  const section = cib.at('status', 'tickets');
  const states = ticketStates(cib).filter((state) => wanted === undefined || state.id === wanted);
  if (section === undefined || states.length === 0) throw new ToolFailure(EXIT.noSuch, 'Could not query ticket XML: No such device or address');
  const shown = wanted === undefined ? [section] : states;
  output.text(`State XML:\n\n${shown.map((one) => writeXml(one, { indent: 2 })).join('')}`.trimEnd());
  output.element(element('tickets', {}, states.map((state) => element('ticket', [...state.entries()]))));
  return EXIT.ok;
}

/** `--constraints` */
export function showConstraints({ options, output }: ToolRun, cib: XmlElement): number {
  const wanted = options.value('ticket');
  const all = cib.at('configuration', 'constraints')?.elements('rsc_ticket') ?? [];
  const shown = all.filter((one) => wanted === undefined || one.get('ticket') === wanted);
  if (shown.length === 0) throw new ToolFailure(EXIT.noSuch, 'Could not show ticket constraints: No such device or address');
  const whole = shown.length === 1 ? shown[0]! : element('constraints', {}, shown);
  output.text(`Constraints XML:\n\n${writeXml(whole, { indent: 2 })}`.trimEnd());
  const ids = [...new Set(shown.map((one) => one.get('ticket') ?? ''))];
  const resources = [...new Set(shown.flatMap((one) => (one.has('rsc') ? [one.get('rsc')!] : [...one.descendants()].filter((ref) => ref.name === 'resource_ref').map((ref) => ref.id ?? ''))))];
  const tickets = ids.map((id) => element('ticket', { id }, [element('constraints', {}, shown.filter((one) => one.get('ticket') === id))]));
  output.element(element('tickets', {}, tickets), element('resources', {}, resources.map((id) => element('resource', { id }))));
  return EXIT.ok;
}
