// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The order in which Pacemaker walks a table of nodes. Its tables are GLib hash tables keyed by node id, and where
 * several nodes are equally good the first one met is taken, so that the order of the buckets shows in results.
 * A layout is the history of one table (inserts, removals, copies); equal histories share one layout.
 */
import type { Node } from './node.ts';

/** What a table can hold: things that are told apart by their id. */
interface Keyed {
  readonly id: string;
}

const FIRST_SIZE = 8;
const UNUSED = 0;
const REMOVED = 1;
/** Largest primes below the powers of two from 8 on, by which GLib spreads hashes. */
const PRIMES = [7, 13, 31, 61, 127, 251, 509, 1021, 2039, 4093, 8191, 16381, 32749, 65521];

export class NodeLayout<T extends Keyed = Node> {
  readonly #before: NodeLayout<T> | undefined;
  readonly #node: T | undefined;
  readonly #removes: boolean;
  readonly #next = new Map<T, NodeLayout<T>>();
  #without: Map<T, NodeLayout<T>> | undefined;
  #copy: NodeLayout<T> | undefined;
  #order: readonly T[] | undefined;

  private constructor(before: NodeLayout<T> | undefined, node: T | undefined, removes: boolean) {
    this.#before = before;
    this.#node = node;
    this.#removes = removes;
  }

  /** A layout to begin with; nothing is shared between two roots. */
  static root<T extends Keyed = Node>(): NodeLayout<T> {
    return new NodeLayout<T>(undefined, undefined, false);
  }

  with(node: T): NodeLayout<T> {
    let next = this.#next.get(node);
    if (next === undefined) this.#next.set(node, (next = new NodeLayout<T>(this, node, false)));
    return next;
  }

  without(node: T): NodeLayout<T> {
    this.#without ??= new Map();
    let next = this.#without.get(node);
    if (next === undefined) this.#without.set(node, (next = new NodeLayout<T>(this, node, true)));
    return next;
  }

  /** The layout of a new table filled by walking this one. */
  copied(): NodeLayout<T> {
    if (this.#copy === undefined) {
      const order = this.order();
      const copy = order.reduce<NodeLayout<T>>((layout, node) => layout.with(node), this.#root());
      this.#copy = copy;
    }
    return this.#copy;
  }

  #root(): NodeLayout<T> {
    let here: NodeLayout<T> = this;
    while (here.#before !== undefined) here = here.#before;
    return here;
  }

  /** Nodes in the order of the buckets. */
  order(): readonly T[] {
    return (this.#order ??= this.#replay());
  }

  #replay(): readonly T[] {
    const steps: NodeLayout<T>[] = [];
    for (let here: NodeLayout<T> = this; here.#before !== undefined; here = here.#before) steps.push(here);
    const table = new Buckets<T>();
    for (const step of steps.reverse()) {
      if (step.#removes) table.remove(step.#node!);
      else table.insert(step.#node!);
    }
    return table.nodes();
  }
}

/** The buckets of one GLib hash table with open addressing. */
class Buckets<T extends Keyed> {
  #size = FIRST_SIZE;
  #prime = PRIMES[0]!;
  #hashes: number[] = new Array<number>(FIRST_SIZE).fill(UNUSED);
  #nodes: (T | undefined)[] = new Array<T | undefined>(FIRST_SIZE).fill(undefined);
  #live = 0;
  #used = 0;

  insert(node: T): void {
    const hash = hashOf(node.id);
    const slot = this.#lookup(node, hash);
    if (this.#nodes[slot] === node) return;
    const wasUnused = this.#hashes[slot] === UNUSED;
    this.#hashes[slot] = hash;
    this.#nodes[slot] = node;
    this.#live++;
    if (!wasUnused) return;
    this.#used++;
    this.#resizeIfNeeded();
  }

  remove(node: T): void {
    const slot = this.#lookup(node, hashOf(node.id));
    if (this.#nodes[slot] !== node) return;
    this.#hashes[slot] = REMOVED;
    this.#nodes[slot] = undefined;
    this.#live--;
    this.#resizeIfNeeded();
  }

  nodes(): T[] {
    return this.#nodes.filter((node) => node !== undefined);
  }

  #lookup(node: T, hash: number): number {
    let slot = ((hash * 11) >>> 0) % this.#prime;
    let firstRemoved = -1;
    for (let step = 1; this.#hashes[slot] !== UNUSED; step++) {
      if (this.#nodes[slot] === node) return slot;
      if (this.#hashes[slot] === REMOVED && firstRemoved < 0) firstRemoved = slot;
      slot = (slot + step) & (this.#size - 1);
    }
    return firstRemoved >= 0 ? firstRemoved : slot;
  }

  #resizeIfNeeded(): void {
    const isTooLarge = this.#size > this.#live * 4 && this.#size > FIRST_SIZE;
    const isTooSmall = this.#size <= this.#used + Math.floor(this.#used / 16);
    if (isTooLarge || isTooSmall) this.#resize();
  }

  #resize(): void {
    const old = this.#size;
    let size = FIRST_SIZE;
    let prime = 0;
    while (size <= this.#live * 1.333) {
      size *= 2;
      prime++;
    }
    this.#size = size;
    this.#prime = PRIMES[prime]!;
    this.#grow(Math.max(old, size));
    const settled = new Uint8Array(Math.max(old, size));
    for (let slot = 0; slot < old; slot++) this.#settleFrom(slot, settled);
    this.#hashes.length = size;
    this.#nodes.length = size;
    this.#used = this.#live;
  }

  #grow(length: number): void {
    while (this.#hashes.length < length) {
      this.#hashes.push(UNUSED);
      this.#nodes.push(undefined);
    }
  }

  /** Lifts the entry of a slot out and puts it, and whatever it displaces, where the new size wants it. */
  #settleFrom(slot: number, settled: Uint8Array): void {
    let hash = this.#hashes[slot]!;
    if (hash === REMOVED) this.#hashes[slot] = UNUSED;
    if (hash === UNUSED || hash === REMOVED || settled[slot] === 1) return;
    let node = this.#nodes[slot];
    this.#hashes[slot] = UNUSED;
    this.#nodes[slot] = undefined;
    for (;;) {
      let to = ((hash * 11) >>> 0) % this.#prime;
      for (let step = 1; settled[to] === 1; step++) to = (to + step) & (this.#size - 1);
      settled[to] = 1;
      const [displacedHash, displaced] = [this.#hashes[to]!, this.#nodes[to]];
      this.#hashes[to] = hash;
      this.#nodes[to] = node;
      if (displacedHash === UNUSED || displacedHash === REMOVED) return;
      hash = displacedHash;
      node = displaced;
    }
  }
}

/** Pacemaker's string hash over UTF-8 bytes taken as signed; 0 and 1 mark free slots. */
function hashOf(id: string): number {
  let hash = 0;
  for (const byte of UTF8.encode(id)) hash = (Math.imul(hash, 31) + ((byte << 24) >> 24)) | 0;
  hash >>>= 0;
  return hash < 2 ? 2 : hash;
}

const UTF8 = new TextEncoder();
