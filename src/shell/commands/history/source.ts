// SPDX-License-Identifier: GPL-2.0-or-later
/** Where history comes from: the scheduler's inputs that a running cluster keeps, a directory of them, one file, or a report. */
import { BackendError, readFencings, type FencingRecord } from '../../../backends/index.ts';
import { compareCibVersions, readXml, versionOf, type XmlElement } from '../../../cib/index.ts';
import { absolute } from '../../../platform/index.ts';
import type { Session, StateKey } from '../../session.ts';
import { HISTORY_SOURCE } from '../../session/given.ts';
import { readReport } from '../report/file.ts';

export interface SchedulerInput {
  readonly number: number;
  readonly path: string;
  /** When the scheduler was asked; 0 when the input does not say. */
  readonly epochSeconds: number;
  cib(): XmlElement;
}

export interface HistorySource {
  readonly name: string;
  readonly inputs: readonly SchedulerInput[];
  /** The state after the last input, as far as the source has it. */
  readonly final?: XmlElement | undefined;
  /** Ends of fencings, oldest first. */
  readonly fencings: readonly FencingRecord[];
  /** Nodes whose logs it has. */
  logNodes(): readonly string[];
  /** Lines of logs, in the order of time, as far as the source has any. */
  logLines(nodes: readonly string[]): readonly string[];
}

export interface HistoryState {
  sourceName: string;
  source: HistorySource | undefined;
  fromSeconds: number;
  toSeconds: number;
  nodes: readonly string[];
  exclude: string | undefined;
  detail: number;
  /** The kept session these settings were loaded from or saved to. */
  sessionName: string | undefined;
}

const KEY: StateKey<HistoryState> = { name: 'history' };
const INPUT_NAME = /^pe-(?:input|warn|error)-(\d+)\.xml$/;

export function historyState(session: Session): HistoryState {
  return session.state(KEY, () => ({ sourceName: session.state(HISTORY_SOURCE, () => 'live'), source: undefined, fromSeconds: 0, toSeconds: Number.POSITIVE_INFINITY, nodes: [], exclude: undefined, detail: 0, sessionName: undefined }));
}

/** The state directory of the embedded cluster. */
export function stateDirectory(session: Session): string {
  const { env } = session.context;
  return env.get('QUORATE_DIR') || `${env.get('XDG_STATE_HOME') || `${env.get('HOME') ?? ''}/.local/state`}/quorate`;
}

/** A sentence when the source cannot be used. */
export async function openSource(session: Session, name: string): Promise<HistorySource | string> {
  const { disk, cwd } = session.context;
  if (name === 'live') return liveSource(session);
  const path = absolute(cwd, name);
  const status = disk.status(path);
  if (status === undefined) return `there is no ${path}`;
  if (status.kind === 'directory') return fromDirectory(session, name, path, () => new Map());
  const text = disk.read(path) ?? '';
  const report = readReport(text);
  if (report !== undefined) return fromReport(name, report);
  const input = inputOf(path, 0, () => text);
  return typeof input === 'string' ? `${path}: ${input}` : { name, inputs: [input], fencings: [], ...linesOf(() => new Map()) };
}

/** The present state is asked for before the inputs are read: then it is never younger than the transition after the last of them. */
async function liveSource(session: Session): Promise<HistorySource> {
  const directory = stateDirectory(session);
  const present = await presentState(session);
  const source = fromDirectory(session, 'live', `${directory}/history`, () => nodeLogs(session, `${directory}/nodes`));
  return withFinal(source, present);
}

async function presentState(session: Session): Promise<XmlElement | undefined> {
  if (!(await session.context.launcher.isRunning())) return undefined;
  try {
    const backend = await session.backend();
    return backend.kind === 'embedded' ? await backend.query() : undefined;
  } catch (problem) {
    // It stopped meanwhile; what it recorded is still there.
    if (problem instanceof BackendError) return undefined;
    throw problem;
  }
}

/** A state older than the last input says nothing about what came of it. */
function withFinal(source: HistorySource, final: XmlElement | undefined): HistorySource {
  const last = source.inputs.at(-1);
  if (final === undefined || last === undefined || compareCibVersions(versionOf(final), versionOf(last.cib())) < 0) return source;
  return { ...source, final };
}

function fromDirectory(session: Session, name: string, directory: string, logs: () => ReadonlyMap<string, string>): HistorySource {
  const { disk } = session.context;
  const inputs: SchedulerInput[] = [];
  for (const file of disk.list(directory)) {
    const number = INPUT_NAME.exec(file)?.[1];
    if (number === undefined) continue;
    const input = inputOf(`${directory}/${file}`, Number(number), () => disk.read(`${directory}/${file}`) ?? '');
    if (typeof input !== 'string') inputs.push(input);
  }
  return { name, inputs: inputs.sort((a, b) => a.number - b.number), fencings: readFencings(disk.read(`${directory}/fencing.json`)), ...linesOf(logs) };
}

function nodeLogs(session: Session, directory: string): ReadonlyMap<string, string> {
  const { disk } = session.context;
  return new Map(disk.list(directory).map((node) => [node, disk.read(`${directory}/${node}/pacemaker.log`) ?? '']));
}

function fromReport(name: string, report: NonNullable<ReturnType<typeof readReport>>): HistorySource {
  const inputs = report.inputs.flatMap(({ number, xml }) => {
    const input = inputOf(`pe-input-${number}.xml`, number, () => xml);
    return typeof input === 'string' ? [] : [input];
  });
  const final = readXml(report.cib);
  return withFinal({ name, inputs, fencings: report.fencings, ...linesOf(() => new Map(Object.entries(report.logs))) }, final.ok ? final.root : undefined);
}

function linesOf(logs: () => ReadonlyMap<string, string>): Pick<HistorySource, 'logNodes' | 'logLines'> {
  return { logNodes: () => [...logs().keys()], logLines: (nodes) => mergedLines(logs(), nodes) };
}

/** The time is read from the head of the document; the rest is parsed only when it is wanted. */
function inputOf(path: string, number: number, read: () => string): SchedulerInput | string {
  const text = read();
  const head = /<cib\b[^>]*>/.exec(text)?.[0];
  if (head === undefined) return 'not an input of the scheduler';
  const epochSeconds = Number(/\bexecution-date="(\d+)"/.exec(head)?.[1] ?? '0');
  let parsed: XmlElement | undefined;
  return {
    number,
    path,
    epochSeconds,
    cib: () => {
      if (parsed === undefined) {
        const result = readXml(read());
        if (!result.ok) throw new Error(`${path}: ${result.problem.message}`);
        parsed = result.root;
      }
      return parsed;
    },
  };
}

/** Lines of several logs by time; a line without one belongs to the line before it. */
function mergedLines(logs: ReadonlyMap<string, string>, nodes: readonly string[]): readonly string[] {
  const stamped: { readonly time: string; readonly order: number; readonly line: string }[] = [];
  for (const [node, text] of logs) {
    if (nodes.length > 0 && !nodes.includes(node)) continue;
    let time = '';
    for (const line of text.split('\n')) {
      if (line === '') continue;
      time = /^(\S+ \S+ \S+|\d{4}-\S+)/.exec(line)?.[1] ?? time;
      stamped.push({ time, order: stamped.length, line: logs.size > 1 && !line.includes(node) ? `${node}: ${line}` : line });
    }
  }
  return stamped.sort((a, b) => (a.time === b.time ? a.order - b.order : a.time < b.time ? -1 : 1)).map((one) => one.line);
}
