// SPDX-License-Identifier: GPL-2.0-or-later
/** Reads ISO 8601 date-times and periods with the liberties the reference takes (rules of section "Date/time" in README.md). */
import { dayNumber, daysInMonth, daysInYear, firstMonday, weeksInYear } from './calendar.ts';
import { addDuration, parseDuration, subtractDuration } from './duration.ts';
import { fromLocal, localDay, type DateTime } from './date-time.ts';

/** A period; its end may lie before its start. */
export interface Period {
  readonly start: DateTime;
  readonly end: DateTime;
}

/** Reads a date-time. `now` gives the date to a lone time and the offset to a text without one. */
export function parseDateTime(text: string, now: DateTime): DateTime | undefined {
  if (text === '') return undefined;
  if (/^epoch(?:[\s/]|$)/i.test(text)) return fromLocal(0, 0, 0);
  const isTimeOnly = text.charAt(0) === 'T' || text.charAt(2) === ':';
  if (isTimeOnly) return withTime(localDay(now).days, text.charAt(0) === 'T' ? text.slice(1) : text, now);
  const days = parseDate(text);
  if (days === undefined) return undefined;
  const rest = text.slice(/^[-0-9W]*/.exec(text)![0].length);
  // A date alone means midnight in UTC, whatever the local zone: that is what the reference makes of it.
  return rest === '' ? fromLocal(days, 0, 0) : withTime(days, rest.replace(/^[ T]/, ''), now);
}

/** Reads `start/end`, `start/duration`, `duration/end` or a lone duration, which starts now. */
export function parsePeriod(text: string, now: DateTime): Period | undefined {
  const slash = text.indexOf('/');
  if (slash < 0) {
    const duration = parseDuration(text);
    return duration === undefined ? undefined : { start: now, end: addDuration(now, duration) };
  }
  const first = text.slice(0, slash);
  const second = text.slice(slash + 1);
  if (first.startsWith('P')) {
    const duration = parseDuration(first);
    const end = second.startsWith('P') ? undefined : parseDateTime(second, now);
    return duration === undefined || end === undefined ? undefined : { start: subtractDuration(end, duration), end };
  }
  const start = parseDateTime(first, now);
  if (start === undefined) return undefined;
  const duration = second.startsWith('P') ? parseDuration(second) : undefined;
  const end = duration !== undefined ? addDuration(start, duration) : parseDateTime(second, now);
  return end === undefined ? undefined : { start, end };
}

/** Day number of the date a text begins with: calendar, basic calendar, ordinal or week form. */
function parseDate(text: string): number | undefined {
  const calendar = /^(\d+)-(\d+)-(\d+)/.exec(text) ?? /^(\d{4})(\d{2})(\d{1,2})(?!\d*-)/.exec(text);
  if (calendar !== null) return calendarDate(Number(calendar[1]), Number(calendar[2]), Number(calendar[3]));
  const ordinal = /^(\d+)-(\d+)/.exec(text);
  if (ordinal !== null) {
    const year = Number(ordinal[1]);
    const day = Number(ordinal[2]);
    return isYear(year) && day >= 1 && day <= daysInYear(year) ? dayNumber(year, 1, 1) + day - 1 : undefined;
  }
  const week = /^(\d+)-W(\d+)-(\d+)/.exec(text);
  return week === null ? undefined : weekDate(Number(week[1]), Number(week[2]), Number(week[3]));
}

function calendarDate(year: number, month: number, day: number): number | undefined {
  return isYear(year) && day >= 1 && day <= daysInMonth(year, month) ? dayNumber(year, month, day) : undefined;
}

function weekDate(year: number, week: number, day: number): number | undefined {
  const isValid = isYear(year) && week >= 1 && week <= weeksInYear(year) && day >= 1 && day <= 7;
  return isValid ? firstMonday(year) + (week - 1) * 7 + day - 1 : undefined;
}

function isYear(year: number): boolean {
  return year >= 1 && year <= 9999;
}

/** Adds the time of day and offset that follow a date. */
function withTime(days: number, text: string, now: DateTime): DateTime | undefined {
  const second = parseTimeOfDay(text);
  const offset = parseOffset(text, now.offsetSeconds);
  return second === undefined || offset === undefined ? undefined : fromLocal(days, second, offset);
}

/** Seconds of `HH[:MM[:SS]]` or `HH[MM[SS]]`; 24:00:00 is the end of the day. */
function parseTimeOfDay(text: string): number | undefined {
  const match = /^\s*(\d+):(\d+)(?::(\d+))?/.exec(text) ?? /^\s*(\d{1,2})(\d{1,2})?(\d{1,2})?/.exec(text);
  if (match === null) return undefined;
  const hour = Number(match[1]);
  const minute = Number(match[2] ?? 0);
  const second = Number(match[3] ?? 0);
  if (hour === 24 && minute === 0 && second === 0) return 86400;
  return hour < 24 && minute < 60 && second < 60 ? hour * 3600 + minute * 60 + second : undefined;
}

/** Offset in seconds: `Z`, a signed or bare time after a blank; a word counts as UTC; nothing is the local offset. */
function parseOffset(text: string, local: number): number | undefined {
  const body = text.trimEnd();
  const at = body.search(/[Z+-]/);
  const begin = at >= 0 ? at : body.search(/\s/);
  if (begin < 0) return local;
  const offset = body.slice(begin).trimStart();
  if (!/^[-+0-9]/.test(offset)) return 0;
  const seconds = parseTimeOfDay(offset.replace(/^[-+]/, ''));
  return seconds !== undefined && offset.startsWith('-') ? -seconds : seconds;
}
