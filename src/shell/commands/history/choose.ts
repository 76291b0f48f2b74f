// SPDX-License-Identifier: GPL-2.0-or-later
/** Which inputs are meant: those of the source within the limits, and one of them by number, place from the end, or file. */
import type { Session } from '../../session.ts';
import { historyState, openSource, type HistorySource, type SchedulerInput } from './source.ts';

/** A sentence when the source cannot be used. */
export function currentSource(session: Session): HistorySource | string {
  const state = historyState(session);
  if (state.source === undefined) {
    const opened = openSource(session, state.sourceName);
    if (typeof opened === 'string') return `history: ${opened}`;
    state.source = opened;
  }
  return state.source;
}

export function chosenInputs(session: Session): readonly SchedulerInput[] | string {
  const source = currentSource(session);
  if (typeof source === 'string') return source;
  const { fromSeconds, toSeconds } = historyState(session);
  return source.inputs.filter((input) => input.epochSeconds >= fromSeconds && input.epochSeconds <= toSeconds);
}

/** `12`, `-1` (the last), `pe-input-12.xml`, or a path; the last one when nothing is said. */
export function oneInput(session: Session, word: string | undefined): SchedulerInput | string {
  const inputs = chosenInputs(session);
  if (typeof inputs === 'string') return inputs;
  if (word === undefined) return inputs.at(-1) ?? 'history: no transition in this time';
  if (/^-\d+$/.test(word)) return inputs.at(Number(word)) ?? `history: there are only ${inputs.length} transitions`;
  if (/^0$/.test(word) && !inputs.some((input) => input.number === 0)) return inputs.at(-1) ?? 'history: no transition in this time';
  const number = /^(?:pe-\w+-)?(\d+)(?:\.xml)?$/.exec(word)?.[1];
  const found = inputs.find((input) => input.path === word || (number !== undefined && input.number === Number(number)));
  if (found !== undefined) return found;
  const opened = word.includes('/') || word.endsWith('.xml') ? openSource(session, word) : undefined;
  if (opened !== undefined && typeof opened !== 'string' && opened.inputs.length > 0) return opened.inputs[0]!;
  return `history: there is no transition ${word}`;
}

export function timeText(epochSeconds: number, zoneOffsetSeconds: number): string {
  if (epochSeconds === 0) return 'unknown time';
  const shown = new Date((epochSeconds + zoneOffsetSeconds) * 1000).toISOString();
  return `${shown.slice(0, 10)} ${shown.slice(11, 19)}`;
}
