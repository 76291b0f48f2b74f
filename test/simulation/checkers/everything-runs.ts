// SPDX-License-Identifier: GPL-2.0-or-later
/** When the last fault is over, everything that can run does, once. */
import type { Checker } from './checker.ts';

export function everythingRuns(resources: readonly string[]): Checker {
  return {
    invariant: 'at the end everything that can run runs',
    conclude(world) {
      const wrong = resources.filter((resource) => world.activeOn(resource).length !== 1);
      return wrong.length === 0 ? undefined : wrong.map((resource) => `${resource} is active on [${world.activeOn(resource).join(' ')}]`).join('; ');
    },
  };
}
