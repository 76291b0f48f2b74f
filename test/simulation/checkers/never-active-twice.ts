// SPDX-License-Identifier: GPL-2.0-or-later
/** No primitive is active on two hosts at the same time, whatever the cluster believes. */
import type { Checker } from './checker.ts';

export function neverActiveTwice(primitives: readonly string[]): Checker {
  return {
    invariant: 'a primitive is never active twice',
    observe(event, [, resource], world) {
      if (event !== 'activity' || resource === undefined || !primitives.includes(resource)) return undefined;
      const hosts = world.activeOn(resource);
      return hosts.length > 1 ? `${resource} is active on ${hosts.join(' and ')}` : undefined;
    },
  };
}
