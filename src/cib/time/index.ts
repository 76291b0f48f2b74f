// SPDX-License-Identifier: GPL-2.0-or-later
export { calendarDay, DAY_SECONDS, dayNumber, dayOfYear, isoWeek, weekday } from './calendar.ts';
export { dateTime, inUtc, localDay, type DateTime } from './date-time.ts';
export { addDuration, durationSeconds, formatDuration, parseDuration, subtractDuration, type Duration } from './duration.ts';
export { formatCtime, formatDate, formatDateTime, formatTimeOfDay, secondsSinceYearZero, type DateForm } from './format.ts';
export { intervalMs, msToSeconds, parseInterval, parseTimeout, readableInterval } from './interval.ts';
export { parseDateTime, parsePeriod, type Period } from './parse.ts';
