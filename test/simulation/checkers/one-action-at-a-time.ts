// SPDX-License-Identifier: GPL-2.0-or-later
/** On one host no two agents are at work for the same resource at the same time. */
import type { Checker } from './checker.ts';

export function oneActionAtATime(): Checker {
  const running = new Map<string, string>();
  return {
    invariant: 'one action at a time for each resource of a node',
    observe(event, [host = '', resource = '', action = '']) {
      const key = `${host} ${resource}`;
      if (event === 'agent-end') running.delete(key);
      if (event !== 'agent-begin' || resource === '' || action === 'meta-data') return undefined;
      const other = running.get(key);
      running.set(key, action);
      return other === undefined ? undefined : `${action} of ${resource} begins on ${host} while ${other} is running`;
    },
  };
}
