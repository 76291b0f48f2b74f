// SPDX-License-Identifier: GPL-2.0-or-later
/** A resource's own view of the nodes: which it may use, with which score, and whether it is probed there. */
import { addScores } from '../../cib/index.ts';
import type { Node, ProbeMode } from './node.ts';
import type { NodeLayout } from './node-layout.ts';

/** Score of a node that is not in the table; below every score. */
export const ABSENT = -2000000;

const SOME_COUNTS: readonly number[] = [];

/** Whoever must know when a score changes. */
export interface TableOwner {
  tableChanged(): void;
}

export class NodeTable {
  owner: TableOwner | undefined;
  /** Score by node index; `ABSENT` or beyond the end when the node is not in the table. */
  #scores: number[];
  #modes: number[];
  /** Whether another table has the same scores and modes, so that they must be copied before they are changed. */
  #isShared = false;
  #counts: number[] | undefined;
  #layout: NodeLayout;
  /** All nodes by index, shared by the tables of one working set. */
  readonly #all: readonly Node[];

  private constructor(all: readonly Node[], scores: number[], modes: number[], counts: number[] | undefined, layout: NodeLayout) {
    this.#all = all;
    this.#scores = scores;
    this.#modes = modes;
    this.#counts = counts;
    this.#layout = layout;
  }

  static empty(all: readonly Node[], layout: NodeLayout): NodeTable {
    return new NodeTable(all, [], [], undefined, layout);
  }

  /** As a new table filled by walking this one. */
  copy(): NodeTable {
    return this.#sharing(this.#layout.copied());
  }

  /** As a table to which the same has been done. */
  twin(): NodeTable {
    return this.#sharing(this.#layout);
  }

  #sharing(layout: NodeLayout): NodeTable {
    const other = new NodeTable(this.#all, this.#scores, this.#modes, this.#counts?.slice(), layout);
    this.#isShared = true;
    other.#isShared = true;
    return other;
  }

  #separate(): void {
    if (!this.#isShared) return;
    this.#scores = this.#scores.slice();
    this.#modes = this.#modes.slice();
    this.#isShared = false;
  }

  has(node: Node): boolean {
    return this.score(node) !== ABSENT;
  }

  /** Score of the node, `ABSENT` when it is not in the table. */
  score(node: Node): number {
    return this.#scores[node.index] ?? ABSENT;
  }

  probeMode(node: Node): ProbeMode {
    return (this.#modes[node.index] ?? 0) as ProbeMode;
  }

  count(node: Node): number {
    return this.#counts?.[node.index] ?? 0;
  }

  /** Puts a node into the table or replaces its score and probe mode. */
  put(node: Node, score: number, mode: ProbeMode = node.probeMode): void {
    if (!this.has(node)) this.#layout = this.#layout.with(node);
    this.#separate();
    for (let i = this.#scores.length; i <= node.index; i++) {
      this.#scores.push(ABSENT);
      this.#modes.push(0);
    }
    this.#scores[node.index] = score;
    this.#modes[node.index] = mode;
    this.owner?.tableChanged();
  }

  /** Changes the score of a node that is in the table; others are left alone. */
  setScore(node: Node, score: number): void {
    if (!this.has(node)) return;
    this.#separate();
    this.#scores[node.index] = score;
    this.owner?.tableChanged();
  }

  /** Adds to the score of a node, which is taken into the table with its initial score when it is missing. */
  add(node: Node, score: number): void {
    if (!this.has(node)) this.put(node, node.score);
    const sum = addScores(this.#scores[node.index]!, score);
    if (sum !== this.#scores[node.index]) {
      this.#separate();
      this.#scores[node.index] = sum;
    }
    this.owner?.tableChanged();
  }

  setProbeMode(node: Node, mode: ProbeMode): void {
    if (!this.has(node) || this.#modes[node.index] === mode) return;
    this.#separate();
    this.#modes[node.index] = mode;
  }

  setCount(node: Node, count: number): void {
    if (!this.has(node)) return;
    this.#counts ??= SOME_COUNTS.slice();
    while (this.#counts.length <= node.index) this.#counts.push(0);
    this.#counts[node.index] = count;
  }

  resetCounts(): void {
    this.#counts = undefined;
  }

  remove(node: Node): void {
    if (!this.has(node)) return;
    this.#separate();
    this.#scores[node.index] = ABSENT;
    this.owner?.tableChanged();
    this.#layout = this.#layout.without(node);
  }

  /** Nodes of the table in order of creation. */
  nodes(): Node[] {
    const found: Node[] = [];
    for (let i = 0; i < this.#scores.length; i++) if (this.#scores[i] !== ABSENT) found.push(this.#all[i]!);
    return found;
  }

  /** Nodes in the order in which Pacemaker's hash table yields them. */
  hashOrder(): readonly Node[] {
    return this.#layout.order();
  }

  get size(): number {
    let size = 0;
    for (const score of this.#scores) if (score !== ABSENT) size++;
    return size;
  }
}
