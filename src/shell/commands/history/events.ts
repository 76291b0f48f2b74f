// SPDX-License-Identifier: GPL-2.0-or-later
/** What happened, read from one input of the scheduler to the next: nodes coming and going, results of operations, changes of the configuration. */
import { exitCodeWord } from '../../../agents/index.ts';
import type { FencingRecord } from '../../../backends/index.ts';
import { changesBetween, summaryOf, type XmlElement } from '../../../cib/index.ts';
import { isOnline } from '../node/show.ts';
import type { SchedulerInput } from './source.ts';

export interface HistoryEvent {
  /** Number of the transition it belongs to: the one it caused, or the one it is a result of; null for results older than the first input. */
  readonly transition: number | null;
  readonly role: 'cause' | 'result';
  readonly epochSeconds: number;
  readonly kind: 'node' | 'resource' | 'configuration';
  /** Node or resource it is about. */
  readonly subject: string;
  readonly node: string;
  readonly text: string;
  readonly isFailure: boolean;
}

const MS_PER_SECOND = 1000;
const NOT_RUNNING = 7;
/** `op-status` of an operation that still runs. */
const PENDING = '-1';
/** Stands for the transition in the key of an operation that no transition asked for. */
const UNASKED = '-1';

/**
 * What shows in each input for the first time. A cause belongs to the transition of that input, a result to the one before: the
 * scheduler is asked again only when the actions of a transition have ended. Times cannot decide it, they count whole seconds.
 * `final` is the state after the last transition.
 */
export function eventsOf(inputs: readonly SchedulerInput[], final?: XmlElement, fencings: readonly FencingRecord[] = []): readonly HistoryEvent[] {
  const events: HistoryEvent[] = [];
  const seen = new Set<string>();
  let before: { readonly cib: XmlElement; readonly number: number } | undefined;
  for (const input of inputs) {
    const cib = input.cib();
    events.push(...fencingEvents(fencings, before?.number ?? null), ...operationEvents(cib, seen, before?.number ?? null, input.number), ...nodeEvents(before?.cib, cib, input), ...configurationEvents(before?.cib, cib, input));
    before = { cib, number: input.number };
  }
  // Causes that no input shows yet wait for their transition.
  if (before !== undefined) events.push(...fencingEvents(fencings, before.number));
  if (final !== undefined && before !== undefined) events.push(...operationEvents(final, seen, before.number, undefined));
  return events.sort((a, b) => a.epochSeconds - b.epochSeconds);
}

function nodeEvents(before: XmlElement | undefined, cib: XmlElement, { number, epochSeconds }: SchedulerInput): HistoryEvent[] {
  const events: HistoryEvent[] = [];
  for (const state of cib.first('status')?.elements('node_state') ?? []) {
    const node = state.get('uname') ?? state.id ?? '';
    const now = isOnline(cib, node);
    const was = before === undefined ? undefined : isOnline(before, node);
    if (was !== now && (was !== undefined || now)) events.push({ transition: number, role: 'cause', epochSeconds, kind: 'node', subject: node, node, text: now ? 'member' : 'lost', isFailure: !now });
  }
  return events;
}

/** What came of the fencings that a transition asked for; one asked for by hand stands where it happened. */
function fencingEvents(fencings: readonly FencingRecord[], transition: number | null): HistoryEvent[] {
  return fencings
    .filter((one) => one.transition === transition)
    .map((one) => {
      const isFailure = one.state === 'failed';
      const outcome = isFailure ? `failed${one.exitReason === undefined ? '' : ` (${one.exitReason})`}` : 'ok';
      const text = `fencing (${one.action}${one.device === undefined ? '' : ` by ${one.device}`}, for ${one.client} on ${one.origin}): ${outcome}`;
      return { transition, role: 'result', epochSeconds: Math.floor(one.epochMs / MS_PER_SECOND), kind: 'node', subject: one.target, node: one.target, text, isFailure };
    });
}

/** Each result once. The first input shows results of another time (`asked` is null), but they tell where things began. */
function operationEvents(cib: XmlElement, seen: Set<string>, asked: number | null, caused: number | undefined): HistoryEvent[] {
  const events: HistoryEvent[] = [];
  for (const state of cib.first('status')?.elements('node_state') ?? []) {
    const node = state.get('uname') ?? state.id ?? '';
    const ofNode: { readonly event: HistoryEvent; readonly call: number }[] = [];
    for (const resource of state.at('lrm', 'lrm_resources')?.elements('lrm_resource') ?? []) {
      for (const record of resource.elements('lrm_rsc_op')) {
        const key = `${node} ${resource.id} ${record.get('operation_key')} ${record.get('call-id')} ${record.get('rc-code')} ${record.get('last-rc-change')}`;
        if (seen.has(key) || record.get('op-status') === PENDING) continue;
        seen.add(key);
        const event = operationEvent(record, resource.id ?? '', node, asked, caused);
        if (event !== undefined && (asked !== null || event.isFailure || record.get('operation') !== 'monitor')) ofNode.push({ event, call: Number(record.get('call-id') ?? '0') });
      }
    }
    // A node counts its calls: that orders what happened within one second.
    events.push(...ofNode.sort((a, b) => a.call - b.call).map((one) => one.event));
  }
  return events;
}

/** Undefined for a cause whose transition is still to come. */
function operationEvent(record: XmlElement, resource: string, node: string, asked: number | null, caused: number | undefined): HistoryEvent | undefined {
  const operation = record.get('operation') ?? '';
  const interval = Number(record.get('interval') ?? '0');
  const code = Number(record.get('rc-code') ?? '0');
  const isProbe = operation === 'monitor' && interval === 0;
  const [, transition, expected = '0'] = (record.get('transition-key') ?? '').split(':');
  const isFailure = isProbe ? ![0, NOT_RUNNING, 8].includes(code) : code !== Number(expected);
  // A start that fails is what its transition led to; a monitor that fails later comes out of the blue.
  const role = isFailure && (interval > 0 || transition === UNASKED) ? 'cause' : 'result';
  if (role === 'cause' && caused === undefined) return undefined;
  const what = isProbe ? 'probe' : interval > 0 ? `${operation} every ${interval / 1000} s` : operation;
  const reason = record.get('exit-reason') ?? '';
  const text = `${what}: ${exitCodeWord(code)}${reason === '' ? '' : ` (${reason})`}`;
  return { transition: role === 'cause' ? caused! : asked, role, epochSeconds: Number(record.get('last-rc-change') ?? '0'), kind: 'resource', subject: resource, node, text, isFailure };
}

function configurationEvents(before: XmlElement | undefined, cib: XmlElement, { number, epochSeconds }: SchedulerInput): HistoryEvent[] {
  if (before === undefined) return [];
  const changes = changesBetween(before, cib);
  if (changes.length === 0) return [];
  const by = cib.get('update-client') ?? '';
  return [{ transition: number, role: 'cause', epochSeconds, kind: 'configuration', subject: '', node: '', text: `${summaryOf(changes)}${by === '' ? '' : ` (${by})`}`, isFailure: false }];
}
