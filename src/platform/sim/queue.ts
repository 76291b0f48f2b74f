// SPDX-License-Identifier: GPL-2.0-or-later
/** The one event queue of a simulation: a heap ordered by time, then by the order of asking. */

export interface QueuedEvent {
  readonly atMs: number;
  readonly number: number;
  readonly label: string;
  run: (() => void) | undefined;
}

export class EventQueue {
  private readonly heap: QueuedEvent[] = [];
  private count = 0;

  add(atMs: number, label: string, run: () => void): QueuedEvent {
    const event: QueuedEvent = { atMs, number: this.count++, label, run };
    this.heap.push(event);
    this.rise(this.heap.length - 1);
    return event;
  }

  /** The next event that was not cancelled; it stays in the queue, where it can yet be cancelled, until it is taken. */
  first(): QueuedEvent | undefined {
    while (this.heap[0] !== undefined && this.heap[0].run === undefined) this.take();
    return this.heap[0];
  }

  /** Removes the next event. */
  take(): void {
    const last = this.heap.pop();
    if (last === undefined || this.heap.length === 0) return;
    this.heap[0] = last;
    this.sink(0);
  }

  private rise(at: number): void {
    for (let here = at; here > 0; ) {
      const parent = (here - 1) >> 1;
      if (!isBefore(this.heap[here]!, this.heap[parent]!)) return;
      this.swap(here, parent);
      here = parent;
    }
  }

  private sink(at: number): void {
    for (let here = at; ; ) {
      let least = here;
      for (const child of [2 * here + 1, 2 * here + 2]) {
        if (child < this.heap.length && isBefore(this.heap[child]!, this.heap[least]!)) least = child;
      }
      if (least === here) return;
      this.swap(here, least);
      here = least;
    }
  }

  private swap(a: number, b: number): void {
    [this.heap[a], this.heap[b]] = [this.heap[b]!, this.heap[a]!];
  }
}

function isBefore(a: QueuedEvent, b: QueuedEvent): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.number < b.number);
}
