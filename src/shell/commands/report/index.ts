// SPDX-License-Identifier: GPL-2.0-or-later
/** `crm report`: configuration, status, inputs of the scheduler and logs in one file, secrets hidden, for looking at elsewhere. */
import { writeXml, type XmlElement } from '../../../cib/index.ts';
import { absolute } from '../../../platform/index.ts';
import { SUCCESS } from '../../command.ts';
import type { Session } from '../../session.ts';
import { pointInTime } from '../history/moment.ts';
import { openSource, stateDirectory } from '../history/source.ts';
import { REPORT_FORMAT, writeReport, type Report } from './file.ts';

const STARS = '******';
const MS_PER_SECOND = 1000;

/** `report [-f FROM] [-t TO] [-n NODE] [-Z] [FILE]`; the file is named after host and time when no name is given. */
export async function makeReport(session: Session, args: readonly string[]): Promise<number> {
  const words = readWords(session, args);
  if (typeof words === 'string') return session.error(`report: ${words}`);
  const { context } = session;
  const target = absolute(context.cwd, words.file);
  if (context.disk.status(target) !== undefined && !words.mayOverwrite) return session.error(`report: ${words.file} exists already`);
  const hide = hider(words.secrets);
  // Before the inputs are read, so that it is never younger than the transition after the last of them.
  const cib = await session.cib();
  const source = await openSource(session, 'live');
  const inputs = typeof source === 'string' ? [] : source.inputs.filter((input) => input.epochSeconds >= words.fromSeconds && input.epochSeconds <= words.toSeconds);
  const report: Report = {
    format: REPORT_FORMAT,
    program: `crm ${context.version}`,
    madeEpochMs: context.epochMs(),
    host: context.hostName,
    cib: writeXml(hide(cib)),
    inputs: inputs.map((input) => ({ number: input.number, xml: writeXml(hide(input.cib())) })),
    fencings: typeof source === 'string' ? [] : source.fencings.filter(({ epochMs }) => epochMs >= words.fromSeconds * MS_PER_SECOND && epochMs <= words.toSeconds * MS_PER_SECOND),
    logs: typeof source === 'string' ? {} : nodeLogs(session, words),
  };
  context.disk.write(target, writeReport(report), 0o600);
  session.present({ data: { file: words.file, inputs: inputs.length, logs: Object.keys(report.logs) }, text: () => `${words.file}: ${inputs.length} transitions, logs of ${Object.keys(report.logs).length} nodes. Look at it anywhere with: crm history source ${words.file}` });
  return SUCCESS;
}

interface ReportWords {
  readonly fromSeconds: number;
  readonly toSeconds: number;
  /** Whose logs; empty: of all. */
  readonly nodes: readonly string[];
  /** Regular expressions for names whose values are hidden. */
  readonly secrets: readonly string[];
  readonly mayOverwrite: boolean;
  readonly file: string;
}

/** Options of reports of hosts that say how to collect, not what: everything is at hand here. */
const NOT_NEEDED = new Set(['-d', '-s', '-v', '-C', '-D', '-M', '-Q', '-S']);
/** The same, with a value. */
const NOT_NEEDED_VALUES = new Set(['-u', '-X', '-E', '-L', '-e', '-l']);

function readWords(session: Session, args: readonly string[]): ReportWords | string {
  const { context } = session;
  const now = Math.floor(context.epochMs() / MS_PER_SECOND);
  const said: Record<'from' | 'to', string | undefined> = { from: session.options.get('report.from_time'), to: undefined };
  const nodes: string[] = [];
  const files: string[] = [];
  const secrets = session.options.get('report.sanitize_rule').split(/\s+/).filter((rule) => rule !== '');
  let mayOverwrite = session.flags.force || session.options.isOn('report.remove_exist_dest');
  for (let at = 0; at < args.length; at++) {
    const word = args[at]!;
    if (word === '-f' || word === '--from') said.from = args[++at] ?? '';
    else if (word === '-t' || word === '--to') said.to = args[++at] ?? '';
    else if (word === '-n' || word === '--node') nodes.push(...(args[++at] ?? '').split(/[\s,]+/).filter((name) => name !== ''));
    else if (word === '-p') secrets.push(args[++at] ?? '');
    else if (word === '-Z') mayOverwrite = true;
    else if (NOT_NEEDED_VALUES.has(word)) at++;
    else if (word.startsWith('-') && word !== '-' && !NOT_NEEDED.has(word)) return `unknown option ${word}`;
    else if (!NOT_NEEDED.has(word)) files.push(word);
  }
  const [fromSeconds, toSeconds] = [pointInTime(session, said.from!), said.to === undefined ? Number.POSITIVE_INFINITY : pointInTime(session, said.to)];
  if (fromSeconds === undefined || toSeconds === undefined) return `expected a time (12h, 2d, 2024-05-01 12:00), found "${fromSeconds === undefined ? said.from : said.to}"`;
  if (toSeconds < fromSeconds) return 'the end lies before the beginning';
  const wrong = secrets.find((rule) => !isPattern(rule));
  if (wrong !== undefined) return `"${wrong}" is no regular expression`;
  if (files.length > 1) return `expected one file, found ${files.join(' ')}`;
  return { fromSeconds, toSeconds, nodes, secrets, mayOverwrite, file: files[0] ?? `crm-report-${context.hostName}-${now}.json` };
}

function isPattern(rule: string): boolean {
  try {
    return new RegExp(rule) instanceof RegExp;
  } catch {
    // The user's pattern, not ours.
    return false;
  }
}

/** Values of names that match a rule are replaced. */
function hider(rules: readonly string[]): (cib: XmlElement) => XmlElement {
  const pattern = rules.length === 0 ? /^\b$/ : new RegExp(rules.join('|'), 'i');
  const hide = (part: XmlElement): XmlElement => {
    const isSecret = part.name === 'nvpair' && part.has('value') && pattern.test(part.get('name') ?? '');
    const shown = isSecret ? part.with('value', STARS) : part;
    return shown.withChildren(shown.children.map((child) => (child.kind === 'element' ? hide(child) : child)));
  };
  return hide;
}

function nodeLogs(session: Session, { fromSeconds, nodes, secrets }: ReportWords): Record<string, string> {
  const { disk } = session.context;
  const directory = `${stateDirectory(session)}/nodes`;
  const pattern = new RegExp(`((?:${secrets.length === 0 ? '$.' : secrets.join('|')})\\S*?[=:]\\s*)\\S+`, 'gi');
  const logs: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const node of disk.list(directory)) {
    const status = disk.status(`${directory}/${node}/pacemaker.log`);
    if ((nodes.length > 0 && !nodes.includes(node)) || status === undefined || status.modifiedEpochMs < fromSeconds * MS_PER_SECOND) continue;
    logs[node] = (disk.read(`${directory}/${node}/pacemaker.log`) ?? '').replace(pattern, `$1${STARS}`);
  }
  return logs;
}
