// SPDX-License-Identifier: GPL-2.0-or-later
/** Reads roles in a configuration and warns of their old names. */
import { parseRole, type Role, type Scheduler } from '../model/index.ts';

const OLD_NAMES: ReadonlyMap<string, readonly [old: string, now: string]> = new Map([
  ['master', ['Master', 'Promoted']],
  ['slave', ['Slave', 'Unpromoted']],
]);

/** The role a text names; undefined when it is none. */
export function readRole(scheduler: Scheduler, text: string | undefined): Role | undefined {
  const renamed = OLD_NAMES.get(text?.toLowerCase() ?? '');
  if (renamed !== undefined) scheduler.warnOfOld(`Support for the ${renamed[0]} role is deprecated and will be removed in a future release. Use ${renamed[1]} instead.`);
  return parseRole(text);
}
