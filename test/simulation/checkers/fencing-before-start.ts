// SPDX-License-Identifier: GPL-2.0-or-later
/** What a lost node ran starts elsewhere only after the node's fencing is confirmed, or after it has come back itself. */
import type { Checker } from './checker.ts';

/** Only of resources that are active once: an instance of a clone starts where it likes. */
export function fencingBeforeStart(primitives: readonly string[]): Checker {
  /** Lost nodes that are not confirmed down, with what they ran. */
  const lost = new Map<string, readonly string[]>();
  return {
    invariant: 'nothing starts elsewhere before fencing is confirmed',
    observe(event, details, world) {
      const [node = '', operation = ''] = details;
      if (event === 'power-off') lost.set(node, [...(lost.get(node) ?? []), ...world.resourcesOn(node).filter((resource) => primitives.includes(resource))]);
      if (event === 'fenced' || event === 'joined') lost.delete(node);
      if (event !== 'operation' || !operation.endsWith('_start_0')) return undefined;
      const resource = operation.slice(0, -'_start_0'.length);
      for (const [gone, resources] of lost) {
        if (gone !== node && resources.includes(resource)) return `${resource} is started on ${node} although ${gone}, which ran it, has not been fenced`;
      }
      return undefined;
    },
  };
}
