// SPDX-License-Identifier: GPL-2.0-or-later
/** A point in time with the offset of the zone it is told in, to the second, as rules and tools use it. */
import { calendarDay, DAY_SECONDS, type CalendarDay } from './calendar.ts';

export interface DateTime {
  /** Seconds since 1970-01-01 00:00:00 UTC. */
  readonly epochSeconds: number;
  /** Seconds east of UTC; only telling and calendar arithmetic depend on it, not the order of points. */
  readonly offsetSeconds: number;
}

export function dateTime(epochSeconds: number, offsetSeconds = 0): DateTime {
  return { epochSeconds, offsetSeconds };
}

/** The same point told in UTC. */
export function inUtc(time: DateTime): DateTime {
  return time.offsetSeconds === 0 ? time : dateTime(time.epochSeconds);
}

/** Day number (days since 1970) and second of the day in the zone of the time. */
export function localDay(time: DateTime): { readonly days: number; readonly second: number } {
  const local = time.epochSeconds + time.offsetSeconds;
  const days = Math.floor(local / DAY_SECONDS);
  return { days, second: local - days * DAY_SECONDS };
}

/** The calendar day in the zone of the time. */
export function localDate(time: DateTime): CalendarDay {
  return calendarDay(localDay(time).days);
}

/** The point that a day number and second of the day mean in a zone. */
export function fromLocal(days: number, second: number, offsetSeconds: number): DateTime {
  return dateTime(days * DAY_SECONDS + second - offsetSeconds, offsetSeconds);
}
