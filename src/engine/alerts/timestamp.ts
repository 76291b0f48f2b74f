// SPDX-License-Identifier: GPL-2.0-or-later
/** The timestamp of an alert in the format of its `timestamp-format`: strftime with `%N` for fractions of a second, in UTC. */

export function formatTimestamp(epochMs: number, format: string): string {
  const time = new Date(epochMs);
  return format.replace(/%(\d*)([A-Za-z%])/g, (whole, digits: string, letter: string) => {
    if (letter === 'N') return fraction(epochMs, digits);
    return CONVERSIONS.get(letter)?.(time) ?? whole;
  });
}

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

const CONVERSIONS: ReadonlyMap<string, (time: Date) => string> = new Map<string, (time: Date) => string>([
  ['%', () => '%'],
  ['Y', (time) => String(time.getUTCFullYear())],
  ['y', (time) => two(time.getUTCFullYear() % 100)],
  ['m', (time) => two(time.getUTCMonth() + 1)],
  ['d', (time) => two(time.getUTCDate())],
  ['e', (time) => String(time.getUTCDate()).padStart(2, ' ')],
  ['H', (time) => two(time.getUTCHours())],
  ['I', (time) => two(((time.getUTCHours() + 11) % 12) + 1)],
  ['p', (time) => (time.getUTCHours() < 12 ? 'AM' : 'PM')],
  ['M', (time) => two(time.getUTCMinutes())],
  ['S', (time) => two(time.getUTCSeconds())],
  ['F', (time) => time.toISOString().slice(0, 10)],
  ['T', (time) => time.toISOString().slice(11, 19)],
  ['s', (time) => String(Math.floor(time.getTime() / 1000))],
  ['A', (time) => DAYS[time.getUTCDay()]!],
  ['a', (time) => DAYS[time.getUTCDay()]!.slice(0, 3)],
  ['B', (time) => MONTHS[time.getUTCMonth()]!],
  ['b', (time) => MONTHS[time.getUTCMonth()]!.slice(0, 3)],
  ['z', () => '+0000'],
  ['Z', () => 'UTC'],
]);

/** `%06N` shows six digits; without a number nine. */
function fraction(epochMs: number, digits: string): string {
  const nanoseconds = String(Math.floor(epochMs % 1000)).padStart(3, '0').padEnd(9, '0');
  return nanoseconds.slice(0, digits === '' ? 9 : Math.min(9, Number(digits)));
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
