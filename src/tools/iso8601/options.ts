// SPDX-License-Identifier: GPL-2.0-or-later
/** Command line of iso8601. */
import type { OptionTable } from '../options/index.ts';

export const table: OptionTable = {
  tool: 'iso8601',
  summary: 'Show and compute dates, periods and durations in ISO 8601 form, as rules and lifetimes use them.',
  usage: '[options] <command> [output modifier]',
  groups: [
    { key: 'command', title: 'Commands' },
    { key: 'modifier', title: 'Output modifiers' },
    { key: 'test', title: 'For test scripts' },
  ],
  options: [
    { name: 'now', short: 'n', group: 'command', summary: 'Show the current date and time' },
    { name: 'date', short: 'd', argument: 'DATE', group: 'command', summary: 'Read a date and time, for example 2005-040/2005-043 or 2024-02-29T12:30:00Z' },
    { name: 'period', short: 'p', argument: 'PERIOD', group: 'command', summary: 'Read a period, for example 2024-01-01/P1M' },
    { name: 'duration', short: 'D', argument: 'DURATION', group: 'command', summary: 'Read a duration, for example P1DT2H; with a date, also show when it ends' },
    { name: 'seconds', short: 's', group: 'modifier', summary: 'Show seconds since 0000-001 00:00:00Z' },
    { name: 'epoch', short: 'S', group: 'modifier', summary: 'Show seconds since 1970-01-01 00:00:00Z' },
    { name: 'local', short: 'L', group: 'modifier', summary: 'Show the result as local time' },
    { name: 'ordinal', short: 'O', group: 'modifier', summary: 'Show the day of the year instead of month and day' },
    { name: 'week', short: 'W', group: 'modifier', summary: 'Show the week of the year and the day of the week' },
    { name: 'expected', short: 'E', argument: 'TEXT', group: 'test', summary: 'Fail with exit code 1 unless the result equals this text' },
  ],
  formats: ['text', 'xml', 'json'],
  examples: [
    { text: 'When does a lifetime of thirty hours end', command: 'iso8601 -d now -D PT30H' },
    { text: 'Seconds since 1970 of a date', command: 'iso8601 -d 2024-06-01T12:00:00Z -S' },
  ],
};
