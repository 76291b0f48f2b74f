// SPDX-License-Identifier: GPL-2.0-or-later
/** How often the operations of a resource failed on a node, as its attributes say. */
import { addScores, parseScore } from '../../cib/index.ts';
import { withoutInstance, type Node, type Resource } from '../model/index.ts';

export interface FailCount {
  readonly count: number;
  /** Seconds since the epoch; 0 when never or not known. */
  readonly lastFailure: number;
}

/** Without an operation it is the single count of releases before 1.1.17, which is no longer looked at. */
const ATTRIBUTE = /^(fail-count|last-failure)-(.+)#.+_\d+$/;
const NEVER: FailCount = { count: 0, lastFailure: 0 };

/** Fail counts of one node, summed over operations, by resource name. */
export class FailCounts {
  readonly #exact = new Map<string, FailCount>();
  readonly #anonymous = new Map<string, FailCount>();

  constructor(node: Node) {
    for (const [attribute, value] of node.attributes) {
      const [, what, name] = ATTRIBUTE.exec(attribute) ?? [];
      if (name === undefined) continue;
      if (what === 'fail-count') this.#add(name, parseScore(value) ?? 0, 0);
      else this.#add(name, 0, Number.parseInt(value, 10) || 0);
    }
  }

  of(resource: Resource): FailCount {
    const name = resource.historyName ?? resource.id;
    const found = resource.isUnique ? this.#exact.get(name) : this.#anonymous.get(withoutInstance(name));
    return found ?? NEVER;
  }

  #add(name: string, count: number, lastFailure: number): void {
    for (const [table, key] of [[this.#exact, name], [this.#anonymous, withoutInstance(name)]] as const) {
      const before = table.get(key) ?? NEVER;
      table.set(key, { count: addScores(before.count, count), lastFailure: Math.max(before.lastFailure, lastFailure) });
    }
  }
}
