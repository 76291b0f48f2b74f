// SPDX-License-Identifier: GPL-2.0-or-later
/** Transitions: run again through crm_simulate, listed with what they did, drawn, saved as a shadow CIB. */
import { shadowPath } from '../../../backends/index.ts';
import { writeXml } from '../../../cib/index.ts';
import { FAILURE, SUCCESS } from '../../command.ts';
import type { Session } from '../../session.ts';
import { writeDrawing } from '../configure/graph.ts';
import { chosenEvents, chosenInputs, oneInput, timeText } from './choose.ts';
import type { HistoryEvent } from './events.ts';
import type { SchedulerInput } from './source.ts';
import { eventLine, eventText } from './views.ts';

const WORDS = new Set(['nograph', 'scores', 'actions', 'utilization']);

/** `nograph`, `actions` are accepted for their history: text is all that is printed, actions always among it. */
export async function showTransition(session: Session, args: readonly string[]): Promise<number> {
  const isOption = (word: string): boolean => WORDS.has(word) || /^v+$/.test(word);
  const [which, extra] = args.filter((word) => !isOption(word));
  if (extra !== undefined) return session.error(`history.transition: unexpected "${extra}"`);
  const input = await oneInput(session, which);
  if (typeof input === 'string') return session.error(input);
  const options = ['--simulate'];
  if (args.includes('scores')) options.push('--show-scores');
  if (args.includes('utilization')) options.push('--show-utilization');
  const verbosity = args.filter((word) => /^v+$/.test(word)).join('').length;
  return simulate(session, input, [...options, ...Array.from({ length: verbosity }, () => '--verbose')]);
}

/** Inputs of a report have no file of their own. */
async function simulate(session: Session, input: SchedulerInput, options: readonly string[]): Promise<number> {
  const { disk, env, processId } = session.context;
  const hasFile = disk.status(input.path) !== undefined;
  const file = hasFile ? input.path : `${env.get('TMPDIR') || '/tmp'}/crm-transition-${processId}.xml`;
  if (!hasFile) disk.write(file, writeXml(input.cib()), 0o600);
  try {
    return (await session.tool('crm_simulate', '--xml-file', file, ...options)) === 0 ? SUCCESS : FAILURE;
  } finally {
    if (!hasFile) disk.remove(file);
  }
}

export async function listTransitions(session: Session): Promise<number> {
  const [inputs, events] = [await chosenInputs(session), await chosenEvents(session)];
  if (typeof inputs === 'string') return session.error(inputs);
  if (typeof events === 'string') return session.error(events);
  const rows = inputs.map((input) => {
    const own = events.filter((event) => event.transition === input.number);
    const failures = own.filter((event) => event.isFailure && event.role === 'result').length;
    return { number: input.number, time: input.epochSeconds, causes: own.filter((event) => event.role === 'cause'), results: own.filter((event) => event.role === 'result').length, failures };
  });
  const data = rows.map((row) => ({ ...row, causes: row.causes.map(eventText) }));
  const zone = session.context.zoneOffsetSeconds(inputs[0]?.epochSeconds ?? 0);
  session.present({ data, text: () => rows.map((row) => `${timeText(row.time, zone)}  transition ${row.number}: ${row.results} results${row.failures === 0 ? '' : `, ${row.failures} failed`}${causesText(row.causes)}`).join('\n') });
  return SUCCESS;
}

function causesText([first, ...others]: readonly HistoryEvent[]): string {
  if (first === undefined) return '';
  return ` - after ${eventText(first)}${others.length === 0 ? '' : ` and ${others.length} more`}`;
}

export async function transitionLog(session: Session, which: string | undefined): Promise<number> {
  const input = await oneInput(session, which);
  if (typeof input === 'string') return session.error(input);
  const events = await chosenEvents(session, input);
  if (typeof events === 'string') return session.error(events);
  session.present({ data: events, text: () => events.map((event) => eventLine(session, event)).join('\n') });
  return SUCCESS;
}

export async function drawTransition(session: Session, which: string | undefined, file?: string, format?: string): Promise<number> {
  const input = await oneInput(session, which);
  if (typeof input === 'string') return session.error(input);
  const { disk, env, processId } = session.context;
  const target = `${env.get('TMPDIR') || '/tmp'}/crm-graph-${processId}.dot`;
  const code = await simulate(session, input, ['--quiet', '--save-dotfile', target]);
  if (code !== SUCCESS) return code;
  const dot = disk.read(target) ?? '';
  disk.remove(target);
  if (file !== undefined) return writeDrawing(session, 'history.graph', dot, file, format);
  session.present({ data: { dot }, text: () => dot });
  return SUCCESS;
}

export async function saveTransition(session: Session, [which, name]: readonly string[]): Promise<number> {
  const input = await oneInput(session, which);
  if (typeof input === 'string') return session.error(input);
  const { disk, env, userName } = session.context;
  const shadow = name ?? `transition-${input.number}`;
  const path = shadowPath(shadow, env, userName);
  if (disk.status(path) !== undefined && !(await session.confirm(`Shadow CIB ${shadow} exists. Replace it?`))) return session.error(`history.transition: shadow CIB ${shadow} exists already`);
  disk.write(path, writeXml(input.cib(), { indent: 2 }));
  session.info(`transition ${input.number} saved as shadow CIB ${shadow} (crm cib use ${shadow})`);
  return SUCCESS;
}

/** Nodes and resources that a transition touched. */
export async function showTags(session: Session, which: string | undefined): Promise<number> {
  const input = await oneInput(session, which);
  if (typeof input === 'string') return session.error(input);
  const events = await chosenEvents(session, input);
  if (typeof events === 'string') return session.error(events);
  const tags = [...new Set(events.filter((event) => event.subject !== '').flatMap((event) => [event.isFailure ? `${event.subject}:failed` : event.subject, event.node]))].sort();
  session.present({ data: tags, text: () => tags.join(' ') });
  return SUCCESS;
}
