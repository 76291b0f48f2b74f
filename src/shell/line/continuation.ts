// SPDX-License-Identifier: GPL-2.0-or-later
/** Joins lines that end in a backslash (IN-6) and remembers where each command began. */

import type { FurtherLine } from './position.ts';

export interface LogicalLine {
  readonly text: string;
  /** Number of its first physical line, from 1. */
  readonly line: number;
  /** Where its other physical lines begin in it. */
  readonly further: readonly FurtherLine[];
  /** A word that the next line was glued to because no blank stands before the backslash. */
  readonly glued?: string;
}

export class LineJoiner {
  #parts: string[] = [];
  #first = 0;
  #count = 0;

  /** True while a command waits for its next line. */
  get isOpen(): boolean {
    return this.#parts.length > 0;
  }

  /** The finished command, or undefined when more lines are needed. */
  add(raw: string): LogicalLine | undefined {
    this.#count++;
    const line = raw.replace(/\r$/, '');
    if (!this.isOpen) this.#first = this.#count;
    const trimmed = line.trimEnd();
    if (trimmed.endsWith('\\') && !(this.#parts.length === 0 && trimmed.trimStart().startsWith('#'))) {
      this.#parts.push(trimmed.slice(0, -1));
      return undefined;
    }
    return this.#finish(line);
  }

  /** What is left when input ends in the middle of a command. */
  end(): LogicalLine | undefined {
    return this.isOpen ? this.#finish('') : undefined;
  }

  #finish(last: string): LogicalLine {
    // Each line loses the blanks at its beginning; only a blank before the backslash separates words.
    const whole = [...this.#parts, last];
    const parts = whole.map((part, i) => (i === 0 ? part : part.trimStart()));
    this.#parts = [];
    let at = 0;
    const further = parts.slice(1).map((part, i) => ({ at: (at += parts[i]!.length), line: this.#first + i + 1, column: whole[i + 1]!.length - part.length + 1 }));
    const gluedPart = parts.find((part, i) => /\S$/.test(part) && (parts[i + 1] ?? '') !== '');
    const glued = gluedPart === undefined ? {} : { glued: /\S*$/.exec(gluedPart)![0] };
    return { text: parts.join(''), line: this.#first, further, ...glued };
  }
}
