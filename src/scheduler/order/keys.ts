// SPDX-License-Identifier: GPL-2.0-or-later
/** Operation keys (`RESOURCE_TASK_MS`) and their suffixes (`TASK_MS`), and how a suffix is read back. */

export function operationKey(resourceId: string, suffix: string): string {
  return `${resourceId}_${suffix}`;
}

export function suffixOf(task: string, intervalMs = 0): string {
  return `${task}_${intervalMs}`;
}

/** Suffix of a notification action: `pre_notify_start_0`. */
export function notifySuffix(type: string, operation: string): string {
  return `${type}_notify_${operation}_0`;
}

const NOTIFY_TYPES = ['pre_notify', 'post_notify', 'confirmed-pre_notify', 'confirmed-post_notify'];

/**
 * Reads task and interval of a suffix as Pacemaker reads a whole key: the task is the last word before the interval,
 * except for the two migration tasks and notifications. So `lrm_delete_0` reads as task `delete` (of resource `R_lrm`),
 * which is why an ordering made for the one also meets the other.
 */
export function parseSuffix(suffix: string): ParsedSuffix | undefined {
  // There are few different suffixes, and each is read for many orderings.
  let parsed = known.get(suffix);
  if (parsed === undefined) {
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(suffix, (parsed = readSuffix(suffix) ?? UNREADABLE));
  }
  return parsed === UNREADABLE ? undefined : parsed;
}

export interface ParsedSuffix {
  readonly task: string;
  readonly intervalMs: number;
}

const UNREADABLE: ParsedSuffix = { task: '', intervalMs: 0 };
const known = new Map<string, ParsedSuffix>();
/** Far more than one configuration has, and still little memory. */
const MOST_KNOWN = 10000;

function readSuffix(suffix: string): ParsedSuffix | undefined {
  const intervalAt = suffix.lastIndexOf('_');
  const digits = suffix.slice(intervalAt + 1);
  if (intervalAt < 0 || !/^\d+$/.test(digits)) return undefined;
  const words = suffix.slice(0, intervalAt);
  const intervalMs = Number(digits);
  if (/(^|_)migrate_(to|from)$/.test(words)) return { task: words.endsWith('to') ? 'migrate_to' : 'migrate_from', intervalMs };
  const taskAt = words.lastIndexOf('_');
  const task = words.slice(taskAt + 1);
  const before = taskAt < 0 ? '' : words.slice(0, taskAt);
  const type = NOTIFY_TYPES.findLast((word) => before === word || before.endsWith(`_${word}`));
  return { task: type === undefined ? task : `${type}_${task}`, intervalMs };
}
