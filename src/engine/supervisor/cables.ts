// SPDX-License-Identifier: GPL-2.0-or-later
/** The cables between virtual hosts, to be pulled and plugged again: which nodes hear each other. */

export class Cables {
  /** Nodes of one group hear each other; those without a group hear everyone else without one. */
  readonly #groups = new Map<number, number>();
  readonly #pulled = new Set<number>();
  #lastGroup = 0;

  /** Whether a datagram arrives. A node always hears itself. */
  carries(from: number, to: number): boolean {
    if (from === to) return true;
    if (this.#pulled.has(from) || this.#pulled.has(to)) return false;
    return this.#groups.get(from) === this.#groups.get(to);
  }

  /** These nodes hear each other and no one else. */
  partition(nodes: readonly number[]): void {
    this.#lastGroup++;
    for (const node of nodes) this.#groups.set(node, this.#lastGroup);
  }

  pull(node: number): void {
    this.#pulled.add(node);
  }

  plug(node: number): void {
    this.#pulled.delete(node);
  }

  heal(): void {
    this.#groups.clear();
    this.#pulled.clear();
  }
}
