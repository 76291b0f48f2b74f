// SPDX-License-Identifier: GPL-2.0-or-later
/** ISO 8601 durations: reading, adding to a time, telling. */
import { DAY_SECONDS, dayNumber, dayOfYear, daysInMonth, daysInYear } from './calendar.ts';
import { fromLocal, localDate, localDay, type DateTime } from './date-time.ts';

/** Weeks are days and hours are seconds; years and months depend on what they are added to. */
export interface Duration {
  readonly years: number;
  readonly months: number;
  readonly days: number;
  readonly seconds: number;
}

const PART = /(T)?(?:([+-]?\d+)([A-Z]))?/y;
const INT32 = 2147483647;

/**
 * Reads `P1Y2M3DT4H5M6S`. Units may come in any order, `T` only tells months from minutes, a repeated unit adds up except
 * years and months, reading stops at white space or `/`. A duration of nothing is refused, as by the reference.
 */
export function parseDuration(text: string): Duration | undefined {
  if (text.charAt(0) !== 'P') return undefined;
  const end = text.search(/[\s/]/);
  const body = end < 0 ? text : text.slice(0, end);
  const sum = { years: 0, months: 0, days: 0, seconds: 0 };
  let inTime = false;
  PART.lastIndex = 1;
  while (PART.lastIndex < body.length) {
    const match = PART.exec(body);
    if (match === null || match[0] === '') return undefined;
    if (match[1] !== undefined) inTime = true;
    if (match[2] === undefined) continue;
    if (!addPart(sum, Number(match[2]), match[3]!, inTime)) return undefined;
  }
  const isNothing = sum.years === 0 && sum.months === 0 && sum.days === 0 && sum.seconds === 0;
  return isNothing ? undefined : sum;
}

function addPart(sum: { years: number; months: number; days: number; seconds: number }, amount: number, unit: string, inTime: boolean): boolean {
  if (Math.abs(amount) > INT32) return false;
  switch (unit) {
    case 'Y':
      sum.years = amount;
      return true;
    case 'M':
      if (inTime) sum.seconds += amount * 60;
      else sum.months = amount;
      return true;
    case 'W':
      sum.days += amount * 7;
      return true;
    case 'D':
      sum.days += amount;
      return true;
    case 'H':
      sum.seconds += amount * 3600;
      return true;
    case 'S':
      sum.seconds += amount;
      return true;
    default:
      return false;
  }
}

/**
 * Adds a duration: years, then months, then days, then seconds. Years keep the day of the year (2024-02-29 and one year is
 * 2025-03-01, as the recorded iso8601 cases show); months keep the day of the month, cut to the length of the month.
 */
export function addDuration(time: DateTime, duration: Duration): DateTime {
  return shift(time, duration, 1);
}

export function subtractDuration(time: DateTime, duration: Duration): DateTime {
  return shift(time, duration, -1);
}

function shift(time: DateTime, duration: Duration, sign: 1 | -1): DateTime {
  const { second } = localDay(time);
  let { days } = localDay(time);
  if (duration.years !== 0) days = addYears(time, sign * duration.years);
  if (duration.months !== 0) days = addMonths(days, sign * duration.months);
  return fromLocal(days + sign * duration.days, second + sign * duration.seconds, time.offsetSeconds);
}

function addYears(time: DateTime, years: number): number {
  const date = localDate(time);
  const year = date.year + years;
  return dayNumber(year, 1, 1) + Math.min(dayOfYear(date), daysInYear(year)) - 1;
}

function addMonths(days: number, months: number): number {
  const date = localDate({ epochSeconds: days * DAY_SECONDS, offsetSeconds: 0 });
  const count = date.year * 12 + date.month - 1 + months;
  const year = Math.floor(count / 12);
  const month = count - year * 12 + 1;
  return dayNumber(year, month, Math.min(date.day, daysInMonth(year, month)));
}

/** Length in seconds where no start is known: a year has 365 days, a month 30. */
export function durationSeconds(duration: Duration): number {
  return (duration.years * 365 + duration.months * 30 + duration.days) * DAY_SECONDS + duration.seconds;
}

/** Text as `iso8601 -D` prints it. */
export function formatDuration(duration: Duration): string {
  let text = '';
  if (duration.years !== 0) text += `${String(duration.years).padStart(4)} ${plural('year', duration.years)} `;
  if (duration.months !== 0) text += `${String(duration.months).padStart(2)} ${plural('month', duration.months)} `;
  if (duration.days !== 0) text += `${String(duration.days).padStart(2)} ${plural('day', duration.days)} `;
  const { seconds } = duration;
  if (seconds !== 0) text += `${seconds} ${plural('second', seconds)}`;
  if (Math.abs(seconds) >= 60) text += ` (${hoursMinutesSeconds(Math.abs(seconds))})`;
  return text === '' ? '0 seconds' : text;
}

function hoursMinutesSeconds(seconds: number): string {
  const parts: [string, number][] = [
    ['hour', Math.floor(seconds / 3600)],
    ['minute', Math.floor((seconds % 3600) / 60)],
    ['second', seconds % 60],
  ];
  return parts
    .filter(([, amount]) => amount !== 0)
    .map(([unit, amount]) => `${amount} ${plural(unit, amount)}`)
    .join(' ');
}

function plural(unit: string, amount: number): string {
  return amount === 1 ? unit : `${unit}s`;
}
