// SPDX-License-Identifier: GPL-2.0-or-later
/** Joins lines that end in a backslash (IN-6) and remembers where each command began. */

export interface LogicalLine {
  readonly text: string;
  /** Number of its first physical line, from 1. */
  readonly line: number;
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
    const parts = [...this.#parts, last].map((part, i) => (i === 0 ? part : part.trimStart()));
    this.#parts = [];
    const at = parts.findIndex((part, i) => /\S$/.test(part) && (parts[i + 1] ?? '') !== '');
    const glued = at < 0 ? {} : { glued: /\S*$/.exec(parts[at]!)![0] };
    return { text: parts.join(''), line: this.#first, ...glued };
  }
}
