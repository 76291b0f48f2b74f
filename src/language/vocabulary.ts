// SPDX-License-Identifier: GPL-2.0-or-later
/** Fixed words of the language outside its keywords, with the spelling that the schema wants. */

export const ROLES = ['Started', 'Stopped', 'Promoted', 'Unpromoted', 'Master', 'Slave'] as const;
export const ACTIONS = ['start', 'stop', 'promote', 'demote'] as const;
export const ORDER_KINDS = ['Mandatory', 'Optional', 'Serialize'] as const;
export const LOSS_POLICIES = ['stop', 'demote', 'fence', 'freeze'] as const;

/** Attributes of an `op` element; every other pair of an operation goes into a set below it. */
export const OP_ATTRIBUTES: ReadonlySet<string> = new Set([
  'id', 'name', 'interval', 'description', 'start-delay', 'interval-origin', 'timeout', 'enabled', 'record-pending', 'role', 'on-fail', 'requires',
]);

/** The schema's spelling of a word given in any letter case, if it is one of the list. */
export function canonical(text: string, words: readonly string[]): string | undefined {
  const lower = text.toLowerCase();
  return words.find((one) => one.toLowerCase() === lower);
}

/** `true`/`false` of the usual spellings, undefined for anything else. */
export function booleanOf(text: string): 'true' | 'false' | undefined {
  const lower = text.toLowerCase();
  if (['true', 'yes', 'on', '1'].includes(lower)) return 'true';
  return ['false', 'no', 'off', '0'].includes(lower) ? 'false' : undefined;
}

/** Score words of any kind to what is stored; undefined when the word is no score (then it names an attribute). */
export function scoreOf(text: string): string | undefined {
  if (/^[+-]?\d+$/.test(text)) return text;
  const infinite = /^([+-]?)(?:inf|infinity|INF|INFINITY)$/.exec(text);
  if (infinite !== null) return `${infinite[1]}INFINITY`;
  if (/^mandatory$/i.test(text)) return 'INFINITY';
  return /^advisory$/i.test(text) ? '0' : undefined;
}

/** X of `score=X`, the spelling for what a score alone does not say: the score of an order, and `none`. */
export function explicitScore(label: string): string | undefined {
  return /^score=([^]*)$/i.exec(label)?.[1];
}

/** `role ID none`: a role or user without rights, which says so. */
export const NO_RIGHTS = 'none';

/** `end=none` and `start=none`: a date range that is open there, and says so. */
export const OPEN_END = 'none';

/** The short spelling that is printed for a stored score. */
export function shortScore(stored: string): string {
  return stored.replace(/INFINITY$/, 'inf');
}

const ID = /^[\p{L}_][\p{L}\p{N}_.-]*$/u;

export function isValidId(text: string): boolean {
  return ID.test(text);
}

export const NODE_TYPES = ['member', 'remote', 'normal', 'ping'] as const;
