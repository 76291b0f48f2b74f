// SPDX-License-Identifier: GPL-2.0-or-later
/** Times, durations, periods and intervals read and tell themselves as Pacemaker does it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDuration, dateTime, formatCtime, formatDateTime, formatDuration, intervalMs, msToSeconds, parseDateTime, parseDuration, parseInterval, parsePeriod, parseTimeout, readableInterval, secondsSinceYearZero, subtractDuration } from '../../src/cib/index.ts';

const NOW = dateTime(Date.UTC(2024, 5, 1, 12) / 1000);
const NEW_YORK = dateTime(NOW.epochSeconds, -4 * 3600);

describe('a date-time', () => {
  it.each([
    ['2024-02-29', '2024-02-29 00:00:00Z'],
    ['20240229T123045Z', '2024-02-29 12:30:45Z'],
    ['2024-060', '2024-02-29 00:00:00Z'],
    ['2024-02', '2024-01-02 00:00:00Z'],
    ['2024-W09-4', '2024-02-29 00:00:00Z'],
    ['2009-W53-7 00Z', '2010-01-03 00:00:00Z'],
    ['T12:30:45Z', '2024-06-01 12:30:45Z'],
    ['12:30', '2024-06-01 12:30:00Z'],
    ['epoch', '1970-01-01 00:00:00Z'],
    ['2024-02-29T24:00:00Z', '2024-03-01 00:00:00Z'],
    ['2024-02-29 12:30:45 +02:00', '2024-02-29 10:30:45Z'],
    ['2024-02-29T12:30:45+0530', '2024-02-29 07:00:45Z'],
    ['2024-02-29T12:30:45-08', '2024-02-29 20:30:45Z'],
    ['2024-02-29T12:30:45.123Z', '2024-02-29 12:30:45Z'],
  ])('%s is %s', (text, told) => expect(formatDateTime(parseDateTime(text, NOW)!)).toBe(told));

  it.each(['', '2024', '202402', '2024060', '2024-W09', '2023-02-29', '2024-00-10', '2024-13-01', '2023-366', '2021-W53-1', '0000-10-01', '10000-01-01', '2024-02-29T24:00:01', '2024-02-29T12:60', '2024-12-31T23:59:60Z', '2024-02-29Tx', '2024-02-29 12:00 +25:00', ' 2024-02-29', 'garbage'])(
    '%j is none',
    (text) => expect(parseDateTime(text, NOW)).toBeUndefined(),
  );

  it('without an offset is local, but a date alone is midnight in UTC', () => {
    expect(formatDateTime(parseDateTime('2024-06-01 12:00:00', NEW_YORK)!)).toBe('2024-06-01 16:00:00Z');
    expect(formatDateTime(parseDateTime('2024-06-01', NEW_YORK)!)).toBe('2024-06-01 00:00:00Z');
    expect(formatDateTime(parseDateTime('2024-06-01 12:00:00', NEW_YORK)!, 'calendar', 'own')).toBe('2024-06-01 12:00:00 -04:00');
  });

  it('can be told by day of the year, by week and as the C library does', () => {
    expect(formatDateTime(parseDateTime('2024-366', NOW)!, 'ordinal')).toBe('2024-366 00:00:00Z');
    expect(formatDateTime(parseDateTime('2024-366', NOW)!, 'week')).toBe('2025-W01-2 00:00:00Z');
    expect(formatCtime(NOW)).toBe('Sat Jun  1 12:00:00 2024');
    expect(secondsSinceYearZero(NOW)).toBe(63852840000);
  });

  it('comes back from its own text, in every form', () => {
    fc.assert(
      fc.property(fc.integer({ min: -60_000_000_000, max: 250_000_000_000 }), fc.constantFrom('calendar', 'ordinal', 'week'), (seconds, form) => {
        const text = formatDateTime(dateTime(seconds), form);
        // Years below 1000 are told with fewer digits in two of the forms, as the reference does; they are still read.
        expect(parseDateTime(text, NOW)).toEqual(dateTime(seconds));
      }),
    );
  });

  it('agrees with the calendar of the platform', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(-60_000_000_000_000), max: new Date(250_000_000_000_000), noInvalidDate: true }), (date) => {
        const seconds = Math.floor(date.getTime() / 1000);
        expect(formatDateTime(dateTime(seconds))).toBe(`${new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ')}Z`);
      }),
    );
  });
});

describe('a duration', () => {
  it.each([
    ['P1Y2M3DT4H5M6S', '   1 year  2 months  3 days 14706 seconds (4 hours 5 minutes 6 seconds)'],
    ['P2W3D', '17 days '],
    ['PT-90M', '-5400 seconds (1 hour 30 minutes)'],
    ['P-1M', '-1 months '],
    ['P1D1Y', '   1 year  1 day '],
    ['P1M1M', ' 1 month '],
    ['P1H', '3600 seconds (1 hour)'],
  ])('%s is told as %j', (text, told) => expect(formatDuration(parseDuration(text)!)).toBe(told));

  it.each(['', 'P', 'PT', 'P0D', 'P1', 'P1X', 'P1.5D', '-P1D', 'P 1D', '1D', 'PT5M30', 'P99999999999D'])('%j is none', (text) => expect(parseDuration(text)).toBeUndefined());

  it.each([
    ['2009-01-31', 'P1M', '2009-02-28'],
    ['2009-01-31', 'P2M', '2009-03-31'],
    ['2009-03-31', 'P-1M', '2009-02-28'],
    ['2024-02-29', 'P1Y', '2025-03-01'],
    ['2024-01-31', 'P13M', '2025-02-28'],
    ['2024-01-31', 'P400D', '2025-03-06'],
    ['2024-12-31', 'P1Y', '2025-12-31'],
  ])('added to %s, %s gives %s', (start, duration, end) => expect(formatDateTime(addDuration(parseDateTime(start, NOW)!, parseDuration(duration)!))).toBe(`${end} 00:00:00Z`));

  it('of days and less that was added can be subtracted', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e9 }), fc.integer({ min: -9999, max: 9999 }), fc.integer({ min: -99999, max: 99999 }), (start, days, seconds) => {
        const duration = { years: 0, months: 0, days, seconds };
        expect(subtractDuration(addDuration(dateTime(start), duration), duration)).toEqual(dateTime(start));
      }),
    );
  });
});

describe('a period', () => {
  const told = (text: string): string | undefined => {
    const period = parsePeriod(text, NOW);
    return period && `${formatDateTime(period.start)} to ${formatDateTime(period.end)}`;
  };
  it.each([
    ['2005-040/2005-043', '2005-02-09 00:00:00Z to 2005-02-12 00:00:00Z'],
    ['2024-01-31/P1M', '2024-01-31 00:00:00Z to 2024-02-29 00:00:00Z'],
    ['P1M/2024-03-31', '2024-02-29 00:00:00Z to 2024-03-31 00:00:00Z'],
    ['P1D', '2024-06-01 12:00:00Z to 2024-06-02 12:00:00Z'],
    ['2024-02-01/2024-01-01', '2024-02-01 00:00:00Z to 2024-01-01 00:00:00Z'],
  ])('%s is %s', (text, expected) => expect(told(text)).toBe(expected));
  it.each(['PT1H/PT1H', '/2024-01-01', '2024-01-01/', '2024-01-01', '2024-01-01/now', 'P1Z/2019-02-20'])('%s is none', (text) => expect(told(text)).toBeUndefined());
});

describe('an interval', () => {
  it.each([
    ['10', 10_000],
    ['10s', 10_000],
    [' 10 s ', 10_000],
    ['3.9s', 3000],
    ['500ms', 500],
    ['2500us', 2],
    ['1min', 60_000],
    ['2HR', 7_200_000],
    ['PT1M30S', 90_000],
    ['P1D', 86_400_000],
    ['99999999999s', 4_294_967_295],
    ['-5s', undefined],
    ['5 fortnights', undefined],
    ['', undefined],
  ])('%j is %s ms', (text, ms) => {
    expect(parseInterval(text)).toBe(ms);
    expect(intervalMs(text)).toBe(ms ?? 0);
  });

  it('given as a timeout is known by the first letters of its unit', () => {
    expect(['30seconds', '5minutes', '2hours', '7', '1x', 'PT2S'].map(parseTimeout)).toEqual([30_000, 300_000, 7_200_000, 7000, undefined, 2000]);
  });

  it('is rounded to seconds and told shortly', () => {
    expect([0, 1, 499, 999, 1499, 1500].map(msToSeconds)).toEqual([0, 1, 1, 1, 1, 2]);
    expect([0, 10_000, 100_000, 3_600_000, 90_061_500].map(readableInterval)).toEqual(['0s', '10s', '1m40s', '1h', '1d1h1m1.500s']);
  });
});
