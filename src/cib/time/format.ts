// SPDX-License-Identifier: GPL-2.0-or-later
/** Tells a point in time as `iso8601`, rules and lifetimes print it. */
import { calendarDay, dayOfYear, isoWeek, weekday } from './calendar.ts';
import { inUtc, localDay, type DateTime } from './date-time.ts';

export type DateForm = 'calendar' | 'ordinal' | 'week';

/** `2024-02-29 12:30:45Z`; in the zone of the time ` +02:00` instead of `Z` unless it is UTC. */
export function formatDateTime(time: DateTime, form: DateForm = 'calendar', zone: 'utc' | 'own' = 'utc'): string {
  const told = zone === 'utc' ? inUtc(time) : time;
  return `${formatDate(told, form)} ${formatTimeOfDay(told)}${formatOffset(told.offsetSeconds)}`;
}

export function formatDate(time: DateTime, form: DateForm = 'calendar'): string {
  const { days } = localDay(time);
  if (form === 'week') {
    const { weekYear, week } = isoWeek(days);
    return `${weekYear}-W${digits(week, 2)}-${weekday(days)}`;
  }
  const date = calendarDay(days);
  if (form === 'ordinal') return `${date.year}-${digits(dayOfYear(date), 3)}`;
  return `${digits(date.year, 4)}-${digits(date.month, 2)}-${digits(date.day, 2)}`;
}

export function formatTimeOfDay(time: DateTime): string {
  const { second } = localDay(time);
  return `${digits(Math.floor(second / 3600), 2)}:${digits(Math.floor((second % 3600) / 60), 2)}:${digits(second % 60, 2)}`;
}

/** `Z` for UTC, else ` +HH:MM`. */
function formatOffset(offsetSeconds: number): string {
  if (offsetSeconds === 0) return 'Z';
  const minutes = Math.floor(Math.abs(offsetSeconds) / 60);
  return ` ${offsetSeconds < 0 ? '-' : '+'}${digits(Math.floor(minutes / 60), 2)}:${digits(minutes % 60, 2)}`;
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** `Sat Jun  1 12:00:00 2024`, the form of `cib-last-written` and of monitor screens. */
export function formatCtime(time: DateTime): string {
  const { days } = localDay(time);
  const date = calendarDay(days);
  return `${WEEKDAYS[weekday(days) - 1]} ${MONTHS[date.month - 1]} ${String(date.day).padStart(2)} ${formatTimeOfDay(time)} ${date.year}`;
}

/** Seconds since the year 0 as the reference counts them (`iso8601 -s`). */
export function secondsSinceYearZero(time: DateTime): number {
  return time.epochSeconds + SECONDS_TO_1970;
}

const SECONDS_TO_1970 = 62135596800;

function digits(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
