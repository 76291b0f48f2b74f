// SPDX-License-Identifier: GPL-2.0-or-later
/** What happened, read from one input of the scheduler to the next: nodes coming and going, results of operations, changes of the configuration. */
import { exitCodeWord } from '../../../agents/index.ts';
import { changesBetween, summaryOf, type XmlElement } from '../../../cib/index.ts';
import { isOnline } from '../node/show.ts';
import type { SchedulerInput } from './source.ts';

export interface HistoryEvent {
  readonly epochSeconds: number;
  readonly kind: 'node' | 'resource' | 'configuration';
  /** Node or resource it is about. */
  readonly subject: string;
  readonly node: string;
  readonly text: string;
  readonly isFailure: boolean;
}

const NOT_RUNNING = 7;

export function eventsOf(inputs: readonly SchedulerInput[]): readonly HistoryEvent[] {
  const events: HistoryEvent[] = [];
  const seen = new Set<string>();
  let before: XmlElement | undefined;
  for (const input of inputs) {
    const cib = input.cib();
    events.push(...nodeEvents(before, cib, input.epochSeconds), ...operationEvents(cib, seen, before === undefined), ...configurationEvents(before, cib, input.epochSeconds));
    before = cib;
  }
  return events.sort((a, b) => a.epochSeconds - b.epochSeconds);
}

function nodeEvents(before: XmlElement | undefined, cib: XmlElement, epochSeconds: number): HistoryEvent[] {
  const events: HistoryEvent[] = [];
  for (const state of cib.first('status')?.elements('node_state') ?? []) {
    const node = state.get('uname') ?? state.id ?? '';
    const now = isOnline(cib, node);
    const was = before === undefined ? undefined : isOnline(before, node);
    if (was !== now && (was !== undefined || now)) events.push({ epochSeconds, kind: 'node', subject: node, node, text: now ? 'member' : 'lost', isFailure: !now });
  }
  return events;
}

/** Each result once; what was there before the first input is history of another time, but tells where things began. */
function operationEvents(cib: XmlElement, seen: Set<string>, isFirst: boolean): HistoryEvent[] {
  const events: HistoryEvent[] = [];
  for (const state of cib.first('status')?.elements('node_state') ?? []) {
    const node = state.get('uname') ?? state.id ?? '';
    for (const resource of state.at('lrm', 'lrm_resources')?.elements('lrm_resource') ?? []) {
      for (const record of resource.elements('lrm_rsc_op')) {
        const key = `${node} ${resource.id} ${record.get('operation_key')} ${record.get('call-id')} ${record.get('rc-code')} ${record.get('last-rc-change')}`;
        if (seen.has(key) || record.get('op-status') === '-1') continue;
        seen.add(key);
        const event = operationEvent(record, resource.id ?? '', node);
        if (!isFirst || event.isFailure || record.get('operation') !== 'monitor') events.push(event);
      }
    }
  }
  return events;
}

function operationEvent(record: XmlElement, resource: string, node: string): HistoryEvent {
  const operation = record.get('operation') ?? '';
  const interval = Number(record.get('interval') ?? '0');
  const code = Number(record.get('rc-code') ?? '0');
  const isProbe = operation === 'monitor' && interval === 0;
  const expected = Number((record.get('transition-key') ?? '').split(':')[2] ?? '0');
  const isFailure = isProbe ? ![0, NOT_RUNNING, 8].includes(code) : code !== expected;
  const what = isProbe ? 'probe' : interval > 0 ? `${operation} every ${interval / 1000} s` : operation;
  const reason = record.get('exit-reason') ?? '';
  return { epochSeconds: Number(record.get('last-rc-change') ?? '0'), kind: 'resource', subject: resource, node, text: `${what}: ${exitCodeWord(code)}${reason === '' ? '' : ` (${reason})`}`, isFailure };
}

function configurationEvents(before: XmlElement | undefined, cib: XmlElement, epochSeconds: number): HistoryEvent[] {
  if (before === undefined) return [];
  const changes = changesBetween(before, cib);
  if (changes.length === 0) return [];
  const by = cib.get('update-client') ?? '';
  return [{ epochSeconds, kind: 'configuration', subject: '', node: '', text: `${summaryOf(changes)}${by === '' ? '' : ` (${by})`}`, isFailure: false }];
}
