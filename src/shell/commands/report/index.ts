// SPDX-License-Identifier: GPL-2.0-or-later
/** `crm report`: configuration, status, inputs of the scheduler and logs in one file, secrets hidden, for looking at elsewhere. */
import { writeXml, type XmlElement } from '../../../cib/index.ts';
import { SUCCESS } from '../../command.ts';
import type { Session } from '../../session.ts';
import { openSource, stateDirectory } from '../history/source.ts';
import { REPORT_FORMAT, writeReport, type Report } from './file.ts';

const STARS = '******';
const MS_PER_SECOND = 1000;

/** `report [-f FROM] [FILE]`; the file is named after host and time when no name is given. */
export async function makeReport(session: Session, args: readonly string[]): Promise<number> {
  const words = readWords(session, args);
  if (typeof words === 'string') return session.error(`report: ${words}`);
  const { context, options } = session;
  const target = words.file.startsWith('/') ? words.file : `${context.cwd}/${words.file}`;
  if (context.disk.status(target) !== undefined && !options.isOn('report.remove_exist_dest') && !session.flags.force) return session.error(`report: ${words.file} exists already`);
  const hide = hider(options.get('report.sanitize_rule'));
  // Before the inputs are read, so that it is never younger than the transition after the last of them.
  const cib = await session.cib();
  const source = await openSource(session, 'live');
  const inputs = typeof source === 'string' ? [] : source.inputs.filter((input) => input.epochSeconds >= words.fromSeconds);
  const report: Report = {
    format: REPORT_FORMAT,
    program: `crm ${context.version}`,
    madeEpochMs: context.epochMs(),
    host: context.hostName,
    cib: writeXml(hide(cib)),
    inputs: inputs.map((input) => ({ number: input.number, xml: writeXml(hide(input.cib())) })),
    logs: typeof source === 'string' ? {} : nodeLogs(session, words.fromSeconds),
  };
  context.disk.write(target, writeReport(report), 0o600);
  session.present({ data: { file: words.file, inputs: inputs.length, logs: Object.keys(report.logs) }, text: () => `${words.file}: ${inputs.length} transitions, logs of ${Object.keys(report.logs).length} nodes. Look at it anywhere with: crm history source ${words.file}` });
  return SUCCESS;
}

interface ReportWords {
  readonly fromSeconds: number;
  readonly file: string;
}

function readWords(session: Session, args: readonly string[]): ReportWords | string {
  const { context } = session;
  const now = Math.floor(context.epochMs() / MS_PER_SECOND);
  let from = session.options.get('report.from_time');
  const files: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const word = args[at]!;
    if (word === '-f' || word === '--from') from = args[++at] ?? '';
    else if (word.startsWith('-') && word !== '-') return `unknown option ${word}`;
    else files.push(word);
  }
  const back = /^-?(\d+)([MHDmhd])$/.exec(from);
  if (back === null) return `expected a time like 12h or 2d, found "${from}"`;
  const unit = { m: 60, h: 3600, d: 86_400 }[back[2]!.toLowerCase() as 'm' | 'h' | 'd'];
  if (files.length > 1) return `expected one file, found ${files.join(' ')}`;
  return { fromSeconds: now - Number(back[1]) * unit, file: files[0] ?? `crm-report-${context.hostName}-${now}.json` };
}

/** Values of names that match the rule are replaced. */
function hider(rule: string): (cib: XmlElement) => XmlElement {
  const pattern = new RegExp(rule.split(/\s+/).join('|'), 'i');
  const hide = (part: XmlElement): XmlElement => {
    const isSecret = part.name === 'nvpair' && part.has('value') && pattern.test(part.get('name') ?? '');
    const shown = isSecret ? part.with('value', STARS) : part;
    return shown.withChildren(shown.children.map((child) => (child.kind === 'element' ? hide(child) : child)));
  };
  return hide;
}

function nodeLogs(session: Session, fromSeconds: number): Record<string, string> {
  const { disk } = session.context;
  const directory = `${stateDirectory(session)}/nodes`;
  const pattern = new RegExp(`((?:${session.options.get('report.sanitize_rule')})\\S*?[=:]\\s*)\\S+`, 'gi');
  const logs: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const node of disk.list(directory)) {
    const status = disk.status(`${directory}/${node}/pacemaker.log`);
    if (status === undefined || status.modifiedEpochMs < fromSeconds * MS_PER_SECOND) continue;
    logs[node] = (disk.read(`${directory}/${node}/pacemaker.log`) ?? '').replace(pattern, `$1${STARS}`);
  }
  return logs;
}
