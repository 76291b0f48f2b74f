// SPDX-License-Identifier: GPL-2.0-or-later
/** When the last fault is over, everything that can run does: primitives once, a promotable clone everywhere and promoted once. */
import type { Checker } from './checker.ts';

export function everythingRuns(resources: readonly string[], clone: string | undefined): Checker {
  return {
    invariant: 'at the end everything that can run runs',
    conclude(world) {
      const wrong = resources.filter((resource) => world.activeOn(resource).length !== 1);
      const isCloneWrong = clone !== undefined && (world.activeOn(clone).length !== 3 || world.promotedOn(clone).length !== 1);
      if (isCloneWrong) return `${clone} is active on [${world.activeOn(clone).join(' ')}], promoted on [${world.promotedOn(clone).join(' ')}]`;
      return wrong.length === 0 ? undefined : wrong.map((resource) => `${resource} is active on [${world.activeOn(resource).join(' ')}]`).join('; ');
    },
  };
}
