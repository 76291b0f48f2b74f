// SPDX-License-Identifier: GPL-2.0-or-later
/** How often the operations of a resource failed on a node, as its attributes say. */
import { addScores, parseScore } from '../../cib/index.ts';
import { withoutInstance, type Node, type Resource } from '../model/index.ts';

export interface FailCount {
  readonly count: number;
  /** Seconds since the epoch; 0 when never or not known. */
  readonly lastFailure: number;
}

const NEVER: FailCount = { count: 0, lastFailure: 0 };

/** Fail counts of one node, summed over operations, by resource name. */
export class FailCounts {
  readonly #exact = new Map<string, FailCount>();
  readonly #anonymous = new Map<string, FailCount>();

  constructor(node: Node) {
    for (const [name, value] of node.attributes) {
      if (name.startsWith('fail-count-')) this.#add(name.slice('fail-count-'.length), parseScore(value) ?? 0, 0);
      else if (name.startsWith('last-failure-')) this.#add(name.slice('last-failure-'.length), 0, Number.parseInt(value, 10) || 0);
    }
  }

  of(resource: Resource): FailCount {
    const name = resource.historyName ?? resource.id;
    const found = resource.isUnique ? this.#exact.get(name) : this.#anonymous.get(withoutInstance(name));
    return found ?? NEVER;
  }

  #add(attribute: string, count: number, lastFailure: number): void {
    const name = attribute.replace(/#.+_\d+$/, '');
    for (const [table, key] of [[this.#exact, name], [this.#anonymous, withoutInstance(name)]] as const) {
      const before = table.get(key) ?? NEVER;
      table.set(key, { count: addScores(before.count, count), lastFailure: Math.max(before.lastFailure, lastFailure) });
    }
  }
}
