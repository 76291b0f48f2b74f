// SPDX-License-Identifier: GPL-2.0-or-later
/** Which action of a collective resource tells others that it has finished something. */
import type { Action, Resource } from '../../model/index.ts';
import { newestWithSuffix } from '../find.ts';
import { notifySuffix, parseSuffix, suffixOf } from '../keys.ts';

const COMPLETED: ReadonlyMap<string, string> = new Map([
  ['start', 'running'],
  ['running', 'running'],
  ['stop', 'stopped'],
  ['stopped', 'stopped'],
  ['promote', 'promoted'],
  ['promoted', 'promoted'],
  ['demote', 'demoted'],
  ['demoted', 'demoted'],
]);

/**
 * For an action of a group, clone or bundle: the one that follows when all parts are done (and, with notifications,
 * have been told). Everything else stands for itself.
 */
export function completedAction(first: Action): Action {
  const resource = first.resource;
  if (resource === undefined || resource.kind === 'primitive' || first.suffix.includes('notify')) return first;
  const parsed = parseSuffix(first.suffix);
  if (parsed === undefined || parsed.intervalMs !== 0) return first;
  const task = COMPLETED.get(parsed.task);
  if (task === undefined) return first;
  const suffix = tellsOthers(resource) ? notifySuffix('confirmed-post', task) : suffixOf(task);
  return newestWithSuffix(resource, suffix) ?? first;
}

/** A bundle has no notifications of its own, so that with them its action stands for itself. */
function tellsOthers(resource: Resource): boolean {
  return resource.notifies && (resource.kind === 'clone' || resource.kind === 'bundle' || resource.isInBundle);
}
