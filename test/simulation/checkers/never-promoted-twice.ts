// SPDX-License-Identifier: GPL-2.0-or-later
/** Of a promotable clone with one promoted instance, no two instances are promoted at the same time. */
import type { Checker } from './checker.ts';

export function neverPromotedTwice(clone: string): Checker {
  return {
    invariant: 'never two promoted instances',
    observe(event, [, resource], world) {
      if (event !== 'activity' || resource !== clone) return undefined;
      const hosts = world.promotedOn(clone);
      return hosts.length > 1 ? `${clone} is promoted on ${hosts.join(' and ')}` : undefined;
    },
  };
}
