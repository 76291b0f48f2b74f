// SPDX-License-Identifier: GPL-2.0-or-later
/** Joins lines that end in a backslash (IN-6) and remembers where each command began. */

export interface LogicalLine {
  readonly text: string;
  /** Number of its first physical line, from 1. */
  readonly line: number;
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
    const text = [...this.#parts, last].join('');
    this.#parts = [];
    return { text, line: this.#first };
  }
}
