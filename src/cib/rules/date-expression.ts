// SPDX-License-Identifier: GPL-2.0-or-later
/** Evaluates `date_expression` and `date_spec`. */
import { addDuration, calendarDay, dayOfYear, isoWeek, localDay, parseDateTime, weekday, type DateTime, type Duration } from '../time/index.ts';
import type { XmlElement } from '../xml/index.ts';
import { parseRange } from './range.ts';
import type { RuleContext, RuleResult } from './result.ts';

type DateContext = Pick<RuleContext, 'now' | 'nextChange' | 'complain'>;

export function evaluateDateExpression(expression: XmlElement, context: DateContext): RuleResult {
  switch ((expression.get('operation') ?? 'in_range').toLowerCase()) {
    case 'gt':
      return afterStart(expression, context);
    case 'lt':
      return beforeEnd(expression, context);
    case 'in_range':
      return inRange(expression, context);
    case 'date_spec': {
      const spec = expression.first('date_spec');
      return spec === undefined ? 'unparsable' : evaluateDateSpec(spec, context.now);
    }
    default:
      return 'unparsable';
  }
}

function afterStart(expression: XmlElement, context: DateContext): RuleResult {
  const { now, nextChange } = context;
  const start = boundary(expression, 'start', context);
  if (typeof start !== 'object') return 'unparsable';
  if (now.epochSeconds > start.epochSeconds) return 'satisfied';
  nextChange?.note(start.epochSeconds + 1);
  return 'before-range';
}

function beforeEnd(expression: XmlElement, context: DateContext): RuleResult {
  const { now, nextChange } = context;
  const end = boundary(expression, 'end', context);
  if (typeof end !== 'object') return 'unparsable';
  if (now.epochSeconds >= end.epochSeconds) return 'after-range';
  nextChange?.note(end.epochSeconds);
  return 'satisfied';
}

function inRange(expression: XmlElement, context: DateContext): RuleResult {
  const { now, nextChange } = context;
  const start = boundary(expression, 'start', context);
  if (start === 'bad') return 'unparsable';
  const end = rangeEnd(expression, start, context);
  if (end === 'bad' || (start === undefined && end === undefined)) return 'unparsable';
  if (start !== undefined && now.epochSeconds < start.epochSeconds) {
    nextChange?.note(start.epochSeconds);
    return 'before-range';
  }
  if (end === undefined) return 'satisfied';
  if (now.epochSeconds > end.epochSeconds) return 'after-range';
  nextChange?.note(end.epochSeconds + 1);
  return 'satisfied';
}

/** End of a range: the `end` attribute, else start plus the `duration` child. */
function rangeEnd(expression: XmlElement, start: DateTime | undefined, context: DateContext): DateTime | 'bad' | undefined {
  const end = boundary(expression, 'end', context);
  const child = expression.first('duration');
  if (end !== undefined || child === undefined || start === undefined) return end;
  const duration = elementDuration(child);
  return duration === undefined ? 'bad' : addDuration(start, duration);
}

function boundary(expression: XmlElement, name: 'start' | 'end', { now, complain }: DateContext): DateTime | 'bad' | undefined {
  const text = expression.get(name);
  if (text === undefined) return undefined;
  const time = parseDateTime(text, now);
  if (time === undefined) complain?.(expression, name, text);
  return time ?? 'bad';
}

/** Duration of a `duration` element; undefined when an amount is no whole number. */
function elementDuration(element: XmlElement): Duration | undefined {
  const amount = (name: string): number => {
    const text = element.get(name);
    if (text === undefined) return 0;
    return /^\s*[+-]?\d+$/.test(text) && Math.abs(Number(text)) <= 2147483647 ? Number(text) : NaN;
  };
  const duration = {
    years: amount('years'),
    months: amount('months'),
    days: amount('weeks') * 7 + amount('days'),
    seconds: amount('hours') * 3600 + amount('minutes') * 60 + amount('seconds'),
  };
  return Number.isNaN(duration.years + duration.months + duration.days + duration.seconds) ? undefined : duration;
}

type Field = readonly [name: string, value: (time: DateTime) => number];

// In this order, because the first field out of its range decides between before and after.
const FIELDS: readonly Field[] = [
  ['years', (time) => date(time).year],
  ['months', (time) => date(time).month],
  ['monthdays', (time) => date(time).day],
  ['hours', (time) => Math.floor(localDay(time).second / 3600)],
  ['minutes', (time) => Math.floor((localDay(time).second % 3600) / 60)],
  ['seconds', (time) => localDay(time).second % 60],
  ['yeardays', (time) => dayOfYear(date(time))],
  ['weekyears', (time) => isoWeek(localDay(time).days).weekYear],
  ['weeks', (time) => isoWeek(localDay(time).days).week],
  ['weekdays', (time) => weekday(localDay(time).days)],
];

function date(time: DateTime): ReturnType<typeof calendarDay> {
  return calendarDay(localDay(time).days);
}

/** Whether every field of a `date_spec` holds the field of a time, told in its own zone. */
function evaluateDateSpec(spec: XmlElement, now: DateTime): RuleResult {
  for (const [name, value] of FIELDS) {
    const text = spec.get(name);
    if (text === undefined) continue;
    const range = parseRange(text);
    if (range === undefined) return 'unparsable';
    const actual = value(now);
    if (actual < range.low) return 'before-range';
    if (actual > range.high) return 'after-range';
  }
  return 'satisfied';
}

