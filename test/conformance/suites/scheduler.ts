// SPDX-License-Identifier: GPL-2.0-or-later
/** The scheduler: each recorded CIB is judged three times, by its scores, its transition graph and the report of its simulation. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dateTime, parseDateTime, readXml, type XmlElement } from '../../../src/cib/index.ts';
import { effectiveTime, schedule, writeGraph } from '../../../src/scheduler/index.ts';
import { tools } from '../../../src/tools/index.ts';
import { toolContext } from '../../tools/world.ts';
import { firstDifference, type ConformanceCase, type Outcome, type Suite } from '../suite.ts';

interface Recorded {
  readonly name: string;
  readonly args?: readonly string[];
  readonly group?: string;
  readonly level?: number;
}

const PARTS = ['scores', 'graph', 'summary'] as const;
type Part = (typeof PARTS)[number];

export const suite: Suite = {
  name: 'scheduler',
  cases(dir) {
    return recordedCases(dir).map((one): ConformanceCase => {
      const outcomes = PARTS.map((part) => `${one.name}.${part}`);
      return { id: one.name, group: one.group, outcomes, run: () => judge(dir, one) };
    });
  },
};

/** The list of a folder, which may come in several files. */
function recordedCases(dir: string): readonly Recorded[] {
  const files = readdirSync(dir).filter((name) => /^cases.*\.json$/.test(name)).sort();
  const all = files.flatMap((file) => {
    const data = JSON.parse(readFileSync(join(dir, file), 'utf8')) as Recorded[] | { cases: Recorded[] };
    return Array.isArray(data) ? data : data.cases;
  });
  return [...new Map(all.map((one) => [one.name, one])).values()];
}

async function judge(dir: string, one: Recorded): Promise<Outcome[]> {
  const text = readFileSync(join(dir, 'xml', `${one.name}.xml`), 'utf8');
  const read = (folder: string, ending: string): string => readFileSync(join(dir, folder, `${one.name}.${ending}`), 'utf8');
  const outcomes = new Map<Part, () => Promise<string[][]> | string[][]>([
    ['scores', () => [lines(read('scores', 'scores')).sort(), lines(scoreText(text, one)).sort()]],
    ['graph', () => [lines(withoutVersion(read('exp', 'exp'))), lines(withoutVersion(graphText(text, one)))]],
    ['summary', async () => [lines(read('summary', 'summary')), lines(await summaryText(text, one))]],
  ]);
  const results: Outcome[] = [];
  for (const [part, compare] of outcomes) results.push(await attempt(`${one.name}.${part}`, compare));
  return results;
}

/** A crash in one part says nothing about the others. */
async function attempt(id: string, compare: () => Promise<string[][]> | string[][]): Promise<Outcome> {
  try {
    const [expected, actual] = await compare();
    return { id, ...firstDifference(expected!, actual!) };
  } catch (error) {
    const full = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { id, difference: `exception: ${full.split('\n').slice(0, 2).join(' ')}`, full };
  }
}

/** White space and blank lines do not count. */
function lines(text: string): string[] {
  return text.split('\n').map((line) => line.replace(/\s+/g, '')).filter((line) => line !== '');
}

function withoutVersion(text: string): string {
  return text.replace(/crm_feature_set="[^"]*"/g, '').replace(/batch-limit="[0-9]*"/g, '');
}

const EPOCH_NOW = Date.parse('2026-06-01T12:00:00Z');

function clockOf(cib: XmlElement, { args = [] }: Recorded): ReturnType<typeof dateTime> {
  const clock = dateTime(EPOCH_NOW / 1000);
  const at = args.indexOf('-t');
  return effectiveTime(cib, clock, at < 0 ? undefined : parseDateTime(args[at + 1]!.replaceAll('"', ''), clock));
}

function parse(text: string): XmlElement {
  const result = readXml(text);
  if (!result.ok) throw new Error(`the case cannot be read: ${JSON.stringify(result.problem)}`);
  return result.root;
}

function scoreText(text: string, one: Recorded): string {
  const cib = parse(text);
  return schedule(cib, { now: clockOf(cib, one), isSanitized: true, scores: true }).scores.join('\n');
}

function graphText(text: string, one: Recorded): string {
  const cib = parse(text);
  return writeGraph(schedule(cib, { now: clockOf(cib, one), isSanitized: true }).graph);
}

/** What the program prints, both streams in the order written. */
async function summaryText(text: string, one: Recorded): Promise<string> {
  const args = (one.args ?? []).flatMap((arg) => arg.replaceAll('"', ''));
  const world = { files: new Map([['/case.xml', text]]), nowEpochMs: EPOCH_NOW };
  let printed = '';
  const print = (part: string): void => void (printed += part);
  const simulate = await tools.get('crm_simulate')!();
  await simulate(['-x', '/case.xml', '-S', ...args], toolContext(world, print, print));
  return printed;
}
