// SPDX-License-Identifier: GPL-2.0-or-later
/** What was fenced, is being fenced, or could not be. */
import { dateTime, element, formatDate, formatTimeOfDay, type XmlElement } from '../../cib/index.ts';
import { item, list, type OutlineList } from './outline.ts';
import type { View } from './view.ts';

/** One fencing operation, as the fencer remembers it. */
export interface FencingRecord {
  readonly target: string;
  readonly action: string;
  readonly delegate: string | undefined;
  readonly client: string;
  readonly origin: string;
  readonly state: 'success' | 'failed' | 'pending';
  readonly epochMs: number;
  readonly exitReason?: string;
}

/** Newest first; of those alike in target, action and state only the newest unless everything is asked for. */
export function reducedHistory(records: readonly FencingRecord[], keepsAll: boolean): FencingRecord[] {
  const newestFirst = [...records].sort((a, b) => b.epochMs - a.epochMs);
  if (keepsAll) return newestFirst;
  const seen = new Set<string>();
  return newestFirst.filter(({ target, action, state, delegate }) => {
    const key = JSON.stringify([target, action, state, state === 'success' ? delegate : '']);
    return state === 'pending' || (!seen.has(key) && seen.add(key));
  });
}

/** `isReduced` says that the times are those of the last of several events. */
export function fencingList(title: string, records: readonly FencingRecord[], view: View, isReduced: boolean): OutlineList | undefined {
  if (records.length === 0) return undefined;
  return list(title, records.map((record) => item(recordText(record, view, isReduced))));
}

function recordText(record: FencingRecord, view: View, isReduced: boolean): string {
  const { target, action, delegate, client, origin, state } = record;
  const common = [`client=${client}`, `origin=${origin}`];
  if (state === 'pending') return `${action} of ${target} pending: ${common.join(', ')}`;
  const details = [...(delegate === undefined || delegate === '' ? [] : [`delegate=${delegate}`]), ...common];
  const word = isReduced ? (state === 'success' ? 'last-successful' : 'last-failed') : 'completed';
  const reason = state === 'failed' && record.exitReason !== undefined ? ` (${record.exitReason})` : '';
  return `${action} of ${target} ${state === 'success' ? 'successful' : 'failed'}${reason}: ${details.join(', ')}, ${word}='${timeText(record.epochMs, view)}'`;
}

function timeText(epochMs: number, view: View): string {
  const seconds = Math.floor(epochMs / 1000);
  const offset = view.zoneOffset(seconds);
  const time = dateTime(seconds, offset);
  const fraction = String(epochMs % 1000).padStart(3, '0');
  const zone = offset === 0 ? 'Z' : ` ${offset < 0 ? '-' : '+'}${String(Math.floor(Math.abs(offset) / 3600)).padStart(2, '0')}:${String(Math.floor((Math.abs(offset) % 3600) / 60)).padStart(2, '0')}`;
  return `${formatDate(time)} ${formatTimeOfDay(time)}.${fraction}${zone}`;
}

export function fencingXml(records: readonly FencingRecord[], view: View): XmlElement {
  return element('fence_history', { status: '0' }, records.map((record) =>
    element('fence_event', {
      action: record.action,
      target: record.target,
      client: record.client,
      origin: record.origin,
      delegate: record.delegate,
      'extended-status': record.state === 'success' ? 'ok' : record.state,
      status: record.state,
      'exit-reason': record.exitReason,
      completed: record.state === 'pending' ? undefined : timeText(record.epochMs, view),
    }),
  ));
}
