// SPDX-License-Identifier: GPL-2.0-or-later
/** Which inputs are meant: those of the source within the limits, and one of them by number, place from the end, or file. */
import type { Session } from '../../session.ts';
import { eventsOf, type HistoryEvent } from './events.ts';
import { historyState, openSource, type HistorySource, type SchedulerInput } from './source.ts';

/** A sentence when the source cannot be used. */
export async function currentSource(session: Session): Promise<HistorySource | string> {
  const state = historyState(session);
  if (state.source === undefined) {
    const opened = await openSource(session, state.sourceName);
    if (typeof opened === 'string') return `history: ${opened}`;
    state.source = opened;
  }
  return state.source;
}

export async function chosenInputs(session: Session): Promise<readonly SchedulerInput[] | string> {
  const source = await currentSource(session);
  if (typeof source === 'string') return source;
  const { fromSeconds, toSeconds } = historyState(session);
  return source.inputs.filter((input) => input.epochSeconds >= fromSeconds && input.epochSeconds <= toSeconds);
}

/** What happened in the chosen transitions. Their neighbours are read as well: a cause shows against the input before, a result in the one after. */
export async function chosenEvents(session: Session, wanted?: SchedulerInput): Promise<readonly HistoryEvent[] | string> {
  const [source, inputs] = [await currentSource(session), await chosenInputs(session)];
  if (typeof source === 'string') return source;
  if (typeof inputs === 'string') return inputs;
  const chosen = wanted === undefined ? inputs : [wanted];
  const numbers = new Set<number | null>(chosen.map((input) => input.number));
  const first = source.inputs.findIndex((input) => numbers.has(input.number));
  const last = source.inputs.findLastIndex((input) => numbers.has(input.number));
  if (first < 0) return eventsOf(chosen, undefined, source.fencings);
  if (first === 0 && wanted === undefined) numbers.add(null);
  const isToTheEnd = last === source.inputs.length - 1;
  return eventsOf(source.inputs.slice(Math.max(first - 1, 0), last + 2), isToTheEnd ? source.final : undefined, source.fencings).filter((event) => numbers.has(event.transition));
}

/** `12`, `-1` (the last), `pe-input-12.xml`, or a path; the last one when nothing is said. */
export async function oneInput(session: Session, word: string | undefined): Promise<SchedulerInput | string> {
  const inputs = await chosenInputs(session);
  if (typeof inputs === 'string') return inputs;
  if (word === undefined) return inputs.at(-1) ?? 'history: no transition in this time';
  if (/^-\d+$/.test(word)) return inputs.at(Number(word)) ?? `history: there are only ${inputs.length} transitions`;
  if (/^0$/.test(word) && !inputs.some((input) => input.number === 0)) return inputs.at(-1) ?? 'history: no transition in this time';
  const number = /^(?:pe-\w+-)?(\d+)(?:\.xml)?$/.exec(word)?.[1];
  const found = inputs.find((input) => input.path === word || (number !== undefined && input.number === Number(number)));
  if (found !== undefined) return found;
  const opened = word.includes('/') || word.endsWith('.xml') ? await openSource(session, word) : undefined;
  if (opened !== undefined && typeof opened !== 'string' && opened.inputs.length > 0) return opened.inputs[0]!;
  return `history: there is no transition ${word}`;
}

export function timeText(epochSeconds: number, zoneOffsetSeconds: number): string {
  if (epochSeconds === 0) return 'unknown time';
  const shown = new Date((epochSeconds + zoneOffsetSeconds) * 1000).toISOString();
  return `${shown.slice(0, 10)} ${shown.slice(11, 19)}`;
}
