// SPDX-License-Identifier: GPL-2.0-or-later
/** Proleptic Gregorian calendar arithmetic: days since 1970, ordinal days, ISO weeks. Pure numbers, no zones. */

export const DAY_SECONDS = 86400;

/** A day named by year, month (1-12) and day of the month. */
export interface CalendarDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

export function daysInYear(year: number): number {
  return isLeapYear(year) ? 366 : 365;
}

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** Length of a month; 0 for a month that does not exist. */
export function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeapYear(year) ? 29 : (MONTH_DAYS[month - 1] ?? 0);
}

/** Days from 1970-01-01 to the given day (negative before). */
export function dayNumber(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
}

/** The calendar day of a day number. */
export function calendarDay(days: number): CalendarDay {
  const shifted = days + 719468;
  const era = Math.floor(shifted / 146097);
  const dayOfEra = shifted - era * 146097;
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

/** Day of the year, from 1. */
export function dayOfYear(date: CalendarDay): number {
  return dayNumber(date.year, date.month, date.day) - dayNumber(date.year, 1, 1) + 1;
}

/** Day of the week of a day number, Monday 1 to Sunday 7. */
export function weekday(days: number): number {
  return ((((days + 3) % 7) + 7) % 7) + 1;
}

/** Number of ISO weeks of a year: 53 when 1 January, or in a leap year 2 January, is a Thursday. */
export function weeksInYear(year: number): number {
  const first = weekday(dayNumber(year, 1, 1));
  return first === 4 || (first === 3 && isLeapYear(year)) ? 53 : 52;
}

/** Day number of Monday of ISO week 1: the week that holds 4 January. */
export function firstMonday(weekYear: number): number {
  const fourth = dayNumber(weekYear, 1, 4);
  return fourth - weekday(fourth) + 1;
}

/** ISO week-year and week of a day number. */
export function isoWeek(days: number): { readonly weekYear: number; readonly week: number } {
  const thursday = days - weekday(days) + 4;
  const weekYear = calendarDay(thursday).year;
  return { weekYear, week: Math.floor((days - firstMonday(weekYear)) / 7) + 1 };
}
