// SPDX-License-Identifier: GPL-2.0-or-later
/** Which values an option takes. */
import { parseBoolean } from '../values/index.ts';
import type { OptionFact } from './table.ts';

const SCORE = /^[+-]?(?:\d+|inf|infinity)$/i;
/** Words that stand for scores of the health strategy. */
const HEALTH = /^(?:red|yellow|green)$/;
const TIME = /^\s*(?:\d+\s*(?:ms|msec|us|usec|s|sec|m|min|h|hr)?\s*$|P)/i;
/** Both names of each role. */
const ROLES: ReadonlyMap<string, string> = new Map([['master', 'promoted'], ['slave', 'unpromoted']]);

/** Whether an option takes a value; of types that the table does not explain it takes any. */
export function takesValue(option: OptionFact, value: string): boolean {
  if (value === '#default' || value === '') return true;
  switch (option.type) {
    case 'boolean':
      return parseBoolean(value) !== undefined;
    case 'score':
      return SCORE.test(value) || HEALTH.test(value);
    case 'integer':
    case 'nonnegative_integer':
      return /^[+-]?\d+$/.test(value);
    case 'port':
      return /^\d+$/.test(value) && Number(value) < 65_536;
    case 'percentage':
      return /^\d+%?$/.test(value);
    case 'duration':
    case 'timeout':
      return TIME.test(value) || /^-\d/.test(value) || value.toLowerCase() === 'infinity';
    case 'select':
      return isListed(option, value.toLowerCase());
    default:
      return true;
  }
}

function isListed(option: OptionFact, value: string): boolean {
  const values = (option.values ?? []).map((one) => one.toLowerCase());
  return values.includes(value) || values.includes(ROLES.get(value) ?? '') || value === 'default';
}

/** For messages: what it takes. */
export function expectedValue(option: OptionFact): string {
  if (option.values !== undefined && option.values.length > 0) return option.values.join(', ');
  return option.type === 'boolean' ? 'true or false' : `a ${option.type.replaceAll('_', ' ')}`;
}
