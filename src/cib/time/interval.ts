// SPDX-License-Identifier: GPL-2.0-or-later
/** Interval specifications (`10s`, `1min`, `500ms`, `PT1M`) as milliseconds. */
import { durationSeconds, parseDuration } from './duration.ts';

/** Largest interval; longer ones are cut to it. */
const MAX_INTERVAL_MS = 4294967295;

const SPEC = /^\s*([+-]?\d+)(?:\.\d*)?\s*([A-Za-z]*)\s*$/;

/** Milliseconds of an interval specification; undefined when it is not one or is negative. A fraction is dropped. */
export function parseInterval(text: string): number | undefined {
  if (text.startsWith('P')) {
    const duration = parseDuration(text);
    return duration === undefined ? undefined : bounded(durationSeconds(duration) * 1000);
  }
  const match = SPEC.exec(text);
  if (match === null) return undefined;
  const scaled = scale(Number(match[1]), match[2]!.toLowerCase());
  return scaled === undefined ? undefined : bounded(scaled);
}

function bounded(ms: number): number | undefined {
  return ms < 0 ? undefined : Math.min(ms, MAX_INTERVAL_MS);
}

/** Milliseconds of an interval specification, 0 when it cannot be read: what the scheduler and the engine work with. */
export function intervalMs(text: string | undefined): number {
  return text === undefined ? 0 : (parseInterval(text) ?? 0);
}

/** Like `parseInterval`, but a unit is known by its first letters, as timeouts on command lines are read. */
export function parseTimeout(text: string): number | undefined {
  const match = SPEC.exec(text);
  if (match === null) return parseInterval(text);
  const unit = /^(?:ms|us|s|m|h)/i.exec(match[2]!)?.[0];
  if (unit === undefined && match[2] !== '') return undefined;
  const scaled = scale(Number(match[1]), (unit ?? '').toLowerCase());
  return scaled === undefined ? undefined : bounded(scaled);
}

function scale(amount: number, unit: string): number | undefined {
  switch (unit) {
    case '':
    case 's':
    case 'sec':
      return amount * 1000;
    case 'ms':
    case 'msec':
      return amount;
    case 'us':
    case 'usec':
      return Math.trunc(amount / 1000);
    case 'm':
    case 'min':
      return amount * 60000;
    case 'h':
    case 'hr':
      return amount * 3600000;
    default:
      return undefined;
  }
}

/** Whole seconds of a time in ms: rounded to nearest, but a time above nothing is at least one second. */
export function msToSeconds(ms: number): number {
  return ms > 0 && ms < 1000 ? 1 : Math.floor((ms + 500) / 1000);
}

/** `1m40s`, as reports tell intervals; `0s` for none. */
export function readableInterval(ms: number): string {
  if (ms === 0) return '0s';
  if (ms < 1000) return `${ms}ms`;
  const parts: [number, string][] = [
    [Math.floor(ms / 86400000), 'd'],
    [Math.floor((ms % 86400000) / 3600000), 'h'],
    [Math.floor((ms % 3600000) / 60000), 'm'],
  ];
  const text = parts.map(([amount, unit]) => (amount === 0 ? '' : `${amount}${unit}`)).join('');
  const rest = ms % 60000;
  if (rest === 0) return text;
  const fraction = rest % 1000 === 0 ? '' : `.${String(rest % 1000).padStart(3, '0')}`;
  return `${text}${Math.floor(rest / 1000)}${fraction}s`;
}
