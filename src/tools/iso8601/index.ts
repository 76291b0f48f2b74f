// SPDX-License-Identifier: GPL-2.0-or-later
/** iso8601: shows and computes dates, periods and durations. */
import { addDuration, dateTime, element, formatDateTime, formatDuration, parseDateTime, parseDuration, parsePeriod, secondsSinceYearZero, XmlText, type DateTime, type Duration, type XmlElement } from '../../cib/index.ts';
import type { ToolContext } from '../context.ts';
import { EXIT } from '../exit/codes.ts';
import type { ParsedOptions } from '../options/index.ts';
import { tool, type ToolRun } from '../run.ts';
import { table } from './options.ts';

export { table };

export const run = tool(table, async (run) => {
  const { options, output } = run;
  const now = localNow(run.context);
  const dateText = options.has('now') ? 'now' : options.value('date');
  const date = dateText === undefined || dateText === 'now' ? now : parseDateTime(dateText, now);
  if (date === undefined) return run.fail(EXIT.invalidParameter, `Invalid date/time specified: ${dateText}`);
  if (dateText !== undefined) showDate(run, dateText === 'now' ? 'Current date/time' : 'Date', 'date', date);

  let result = dateText === undefined ? undefined : date;
  const durationText = options.value('duration');
  if (durationText !== undefined) {
    const duration = parseDuration(durationText);
    if (duration === undefined) return run.fail(EXIT.invalidParameter, `Invalid duration specified: ${durationText}`);
    showDuration(run, duration);
    if (dateText !== undefined) {
      result = addDuration(date, duration);
      showDate(run, 'Duration ends at', 'duration_ends', result, 'own');
    }
  }
  const periodText = options.value('period');
  if (periodText !== undefined) {
    const period = parsePeriod(periodText, now);
    if (period === undefined) return run.fail(EXIT.invalidParameter, `Invalid interval specified: ${periodText}`);
    const [start, end] = [told(options, period.start), told(options, period.end)];
    output.text(`Period: ${start} to ${end}`);
    output.element(element('period', {}, [textElement('start', start), textElement('end', end)]));
  }
  const expected = options.value('expected');
  const isExpected = expected === undefined || (result !== undefined && told(options, result) === expected);
  return isExpected ? EXIT.ok : EXIT.error;
});

/** The current time in the local zone. */
export function localNow(context: ToolContext): DateTime {
  const seconds = Math.floor(context.epochMs() / 1000);
  return dateTime(seconds, context.zoneOffsetSeconds(seconds));
}

function showDate({ options, output }: ToolRun, label: string, name: string, time: DateTime, zone: 'utc' | 'own' = 'utc'): void {
  const text = told(options, time, zone);
  output.text(`${label}: ${text}`);
  output.element(textElement(name, text));
}

function showDuration({ output }: ToolRun, duration: Duration): void {
  const text = formatDuration(duration);
  output.text(`Duration: ${text}`);
  output.element(textElement('duration', text));
}

/** The reference tells the end of a duration in the zone of its start, and compares with `--expected` in UTC. */
function told(options: ParsedOptions, time: DateTime, zone: 'utc' | 'own' = 'utc'): string {
  if (options.has('seconds')) return String(secondsSinceYearZero(time));
  if (options.has('epoch')) return String(time.epochSeconds);
  const form = options.has('week') ? 'week' : options.has('ordinal') ? 'ordinal' : 'calendar';
  return formatDateTime(time, form, options.has('local') ? 'own' : zone);
}

function textElement(name: string, text: string): XmlElement {
  return element(name, {}, [new XmlText(text)]);
}
