// SPDX-License-Identifier: GPL-2.0-or-later
/** Settings of the history and its plain views. */
import { findResource, type XmlElement } from '../../../cib/index.ts';
import { SUCCESS } from '../../command.ts';
import type { Session } from '../../session.ts';
import { nodesOf } from '../resource/names.ts';
import { chosenEvents, chosenInputs, currentSource, timeText } from './choose.ts';
import type { HistoryEvent } from './events.ts';
import { pointInTime } from './moment.ts';
import { historyState, openSource } from './source.ts';

export async function setSource(session: Session, name: string | undefined): Promise<number> {
  const state = historyState(session);
  if (name === undefined) {
    session.present({ data: state.sourceName, text: () => state.sourceName });
    return SUCCESS;
  }
  const opened = await openSource(session, name);
  if (typeof opened === 'string') return session.error(`history.source: ${opened}`);
  state.sourceName = name;
  state.source = opened;
  return SUCCESS;
}

export async function refreshSource(session: Session): Promise<number> {
  historyState(session).source = undefined;
  const source = await currentSource(session);
  return typeof source === 'string' ? session.error(source) : SUCCESS;
}

export async function setLimit(session: Session, words: readonly string[]): Promise<number> {
  const state = historyState(session);
  const [from, to] = words.map((word) => pointInTime(session, word));
  const bad = words.find((word) => pointInTime(session, word) === undefined);
  if (bad !== undefined) return session.error(`history.limit: expected a time (2024-05-01 12:00, 30m, 2h, 1d), found "${bad}"`);
  state.fromSeconds = from ?? 0;
  state.toSeconds = to ?? Number.POSITIVE_INFINITY;
  return SUCCESS;
}

export async function setDetail(session: Session, word: string): Promise<number> {
  if (word !== '0' && word !== '1') return session.error(`history.detail: expected 0 or 1, found "${word}"`);
  historyState(session).detail = Number(word);
  return SUCCESS;
}

export async function setNodes(session: Session, nodes: readonly string[]): Promise<number> {
  historyState(session).nodes = nodes;
  return SUCCESS;
}

export async function setExclude(session: Session, word: string | undefined): Promise<number> {
  const state = historyState(session);
  if (word === undefined) {
    session.present({ data: state.exclude ?? null, text: () => state.exclude ?? '' });
    return SUCCESS;
  }
  if (word !== 'clear' && compiled(word) === undefined) return session.error(`history.exclude: "${word}" is no regular expression`);
  state.exclude = word === 'clear' ? undefined : word;
  return SUCCESS;
}

function compiled(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern);
  } catch {
    // The user's pattern, not ours.
    return undefined;
  }
}

export async function showInfo(session: Session): Promise<number> {
  const source = await currentSource(session);
  const inputs = await chosenInputs(session);
  if (typeof source === 'string' || typeof inputs === 'string') return session.error(String(source));
  const [first, last] = [inputs[0], inputs.at(-1)];
  const data = { source: source.name, transitions: inputs.length, from: first?.epochSeconds ?? null, to: last?.epochSeconds ?? null };
  session.present({ data, text: () => `Source: ${source.name}\nTransitions: ${inputs.length}${first === undefined ? '' : `, ${shown(session, first.epochSeconds)} to ${shown(session, last!.epochSeconds)}`}` });
  return SUCCESS;
}

function shown(session: Session, epochSeconds: number): string {
  return timeText(epochSeconds, session.context.zoneOffsetSeconds(epochSeconds));
}

/** `a on node1: start: ok`. */
export function eventText(event: HistoryEvent): string {
  const where = event.kind === 'resource' ? `${event.subject} on ${event.node}: ` : event.kind === 'node' ? `node ${event.node}: ` : 'configuration: ';
  return where + event.text;
}

export function eventLine(session: Session, event: HistoryEvent): string {
  return `${shown(session, event.epochSeconds)}  ${event.isFailure ? '!' : ' '} ${eventText(event)}`;
}

export async function showEvents(session: Session, isWanted: (event: HistoryEvent) => boolean): Promise<number> {
  const found = await chosenEvents(session);
  if (typeof found === 'string') return session.error(found);
  const { nodes } = historyState(session);
  const events = found.filter((event) => isWanted(event) && (nodes.length === 0 || event.node === '' || nodes.includes(event.node)));
  session.present({ data: events, text: () => events.map((event) => eventLine(session, event)).join('\n') });
  return SUCCESS;
}

/** Members of containers in any of the configurations count as their containers. */
export async function showResources(session: Session, words: readonly string[]): Promise<number> {
  const inputs = await chosenInputs(session);
  if (typeof inputs === 'string') return session.error(inputs);
  const wanted = new Set<string>();
  const add = (element: XmlElement): void => {
    if (element.name === 'primitive') wanted.add(element.id ?? '');
    for (const child of element.elements()) if (RESOURCES.has(child.name)) add(child);
  };
  for (const input of inputs) {
    const cib = input.cib();
    for (const word of words) {
      const place = findResource(cib, word);
      if (place !== undefined) add(place.element);
    }
  }
  const known = await chosenEvents(session);
  if (typeof known === 'string') return session.error(known);
  const isAbout = (event: HistoryEvent, word: string): boolean => event.kind === 'resource' && event.subject.replace(/:\d+$/, '') === word;
  const unknown = words.find((word) => !inputs.some((input) => findResource(input.cib(), word) !== undefined) && !known.some((event) => isAbout(event, word)));
  if (unknown !== undefined) return session.error(`history.resource: there is no resource ${unknown} in this history`);
  return showEvents(session, (event) => [...words, ...wanted].some((word) => isAbout(event, word)));
}

const RESOURCES: ReadonlySet<string> = new Set(['primitive', 'group', 'clone', 'master', 'bundle']);

export async function showNodes(session: Session, words: readonly string[]): Promise<number> {
  const [inputs, events] = [await chosenInputs(session), await chosenEvents(session)];
  if (typeof inputs === 'string' || typeof events === 'string') return session.error(String(inputs));
  const unknown = words.find((word) => !events.some((event) => event.node === word) && !inputs.some((input) => nodesOf(input.cib()).includes(word)));
  if (unknown !== undefined) return session.error(`history.node: there is no node ${unknown} in this history`);
  return showEvents(session, (event) => words.includes(event.node));
}

export async function showLatest(session: Session): Promise<number> {
  const inputs = await chosenInputs(session);
  if (typeof inputs === 'string') return session.error(inputs);
  const latest = inputs.at(-1)?.number;
  return showEvents(session, (event) => event.transition === latest);
}

export async function showLog(session: Session, nodes: readonly string[]): Promise<number> {
  const source = await currentSource(session);
  if (typeof source === 'string') return session.error(source);
  const unknown = nodes.find((node) => !source.logNodes().includes(node));
  if (unknown !== undefined) return session.error(`history.log: there is no log of a node ${unknown}`);
  const state = historyState(session);
  const exclude = state.exclude === undefined ? undefined : compiled(state.exclude);
  const lines = source.logLines(nodes.length > 0 ? nodes : state.nodes).filter((line) => (exclude === undefined || !exclude.test(line)) && (state.detail > 0 || !/\b(?:debug|trace)\b/.test(line)));
  session.present({ data: lines, text: () => lines.join('\n') });
  return SUCCESS;
}

/** `peinputs`, `peinputs 3:8 v`. */
export async function listInputs(session: Session, words: readonly string[]): Promise<number> {
  const inputs = await chosenInputs(session);
  if (typeof inputs === 'string') return session.error(inputs);
  const ranges = words.filter((word) => word !== 'v').map((word) => /^(\d+)(?:[:-](\d+))?$/.exec(word));
  if (ranges.includes(null)) return session.error('history.peinputs: expected N or N:M');
  const isIn = (number: number): boolean => ranges.length === 0 || ranges.some((range) => number >= Number(range![1]) && number <= Number(range![2] ?? range![1]));
  const found = inputs.filter((input) => isIn(input.number));
  const data = found.map((input) => ({ number: input.number, path: input.path, time: input.epochSeconds }));
  session.present({ data, text: () => found.map((input) => (words.includes('v') ? `${shown(session, input.epochSeconds)}  ${input.path}` : input.path)).join('\n') });
  return SUCCESS;
}
