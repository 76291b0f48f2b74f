// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Synapses that are ready, in the order of passes: within a pass by position; one that becomes ready behind the position
 * reached waits for the next pass.
 */

export class ReadyQueue {
  /** Positions of this pass as a binary heap, smallest first. */
  #heap: number[] = [];
  #nextPass: number[] = [];
  #position = -1;

  add(at: number): void {
    if (at > this.#position) push(this.#heap, at);
    else push(this.#nextPass, at);
  }

  next(): number | undefined {
    if (this.#heap.length === 0) {
      [this.#heap, this.#nextPass] = [this.#nextPass, this.#heap];
      this.#position = -1;
    }
    const at = pop(this.#heap);
    if (at !== undefined) this.#position = at;
    return at;
  }
}

function push(heap: number[], value: number): void {
  let at = heap.length;
  heap.push(value);
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (heap[parent]! <= value) break;
    heap[at] = heap[parent]!;
    at = parent;
  }
  heap[at] = value;
}

function pop(heap: number[]): number | undefined {
  const top = heap[0];
  const last = heap.pop();
  if (top === undefined || last === undefined || heap.length === 0) return top;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && heap[child + 1]! < heap[child]!) child++;
    if (heap[child]! >= last) break;
    heap[at] = heap[child]!;
    at = child;
  }
  heap[at] = last;
  return top;
}
