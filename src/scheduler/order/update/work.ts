// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Unfinished work of the update pass. The pass is a recursion as deep as the longest chain of changes, and a group may
 * have more members than a call stack has room for: so it keeps a stack of its own.
 */
import type { Scheduler } from '../../model/index.ts';

/** A piece of work that may need other pieces done before it can go on. */
export interface Task {
  /** True when done. What it pushes is done first: before it goes on or, when it is done, in its place. */
  proceed(work: Work): boolean;
}

export class Work {
  readonly scheduler: Scheduler;
  readonly #open: Task[] = [];

  constructor(scheduler: Scheduler) {
    this.scheduler = scheduler;
  }

  /** The task is done before everything pushed so far. */
  push(task: Task): void {
    this.#open.push(task);
  }

  finish(): void {
    const open = this.#open;
    while (open.length > 0) {
      const at = open.length - 1;
      if (!open[at]!.proceed(this)) continue;
      if (open.length === at + 1) open.pop();
      else open.splice(at, 1);
    }
  }
}
