// SPDX-License-Identifier: GPL-2.0-or-later
/** A configuration text as physical lines with their words: what the rules about damaged text look at. */
import type { Span } from '../../language/index.ts';

export interface TextWord extends Span {
  /** As written, quotes included. */
  readonly raw: string;
}

interface LineWords {
  readonly words: readonly TextWord[];
  readonly openQuote: number | undefined;
}

/** A physical line. Words are read when first asked for: most lines are asked for no more than their first one. */
export class TextLine implements Span {
  /** Among the lines of the text, from 0. */
  readonly index: number;
  readonly start: number;
  readonly end: number;
  /** Without the line break. */
  readonly text: string;
  readonly isBlank: boolean;
  readonly isComment: boolean;
  /** Ends with a backslash. */
  readonly continues: boolean;
  /** The line before it continues. */
  readonly isContinuation: boolean;
  /** What stands before the first blank of a line that begins a statement; empty for all other lines. */
  readonly keyword: string;
  #read: LineWords | undefined;

  constructor(index: number, text: string, start: number, isContinuation: boolean) {
    this.index = index;
    const first = FIRST_WORD.exec(text)?.[1] ?? '';
    this.start = start;
    this.end = start + text.length;
    this.text = text;
    this.isBlank = first === '';
    this.isComment = first.startsWith('#');
    this.continues = text.includes('\\') && CONTINUATION.test(text);
    this.isContinuation = isContinuation;
    this.keyword = isContinuation || this.isComment ? '' : this.continues ? first.replace(/\\+$/, '') : first;
  }

  /** Words outside the continuation backslash; a quoted part belongs to its word. */
  get words(): readonly TextWord[] {
    return this.#reading().words;
  }

  /** Offset of a quote that is not closed on the line. */
  get openQuote(): number | undefined {
    return QUOTE.test(this.text) ? this.#reading().openQuote : undefined;
  }

  #reading(): LineWords {
    this.#read ??= readWords(this.continues ? this.text.slice(0, this.text.search(CONTINUATION)) : this.text, this.start);
    return this.#read;
  }
}

const FIRST_WORD = /^\s*(\S+)/;
const CONTINUATION = /\\\s*$/;
const QUOTE = /["']/;
const BLANK = /\s/;

export function textLines(text: string): TextLine[] {
  const lines: TextLine[] = [];
  let start = 0;
  let isContinuation = false;
  while (start <= text.length) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const line = new TextLine(lines.length, text.slice(start, end), start, isContinuation);
    lines.push(line);
    isContinuation = line.continues;
    if (newline < 0) break;
    start = newline + 1;
  }
  return lines;
}

function readWords(body: string, start: number): LineWords {
  const words: TextWord[] = [];
  let from = -1;
  let quote = '';
  let quoteAt = 0;
  for (let i = 0; i <= body.length; i++) {
    const c = body[i] ?? ' ';
    if (quote !== '' && i < body.length) {
      if (c === '\\' && quote === '"') i++;
      else if (c === quote) quote = '';
      continue;
    }
    if (c === '"' || c === "'") {
      quote = c;
      quoteAt = start + i;
      if (from < 0) from = i;
    } else if (c === ' ' || BLANK.test(c)) {
      if (from >= 0) words.push({ start: start + from, end: start + i, raw: body.slice(from, i) });
      from = -1;
    } else if (from < 0) from = i;
  }
  return { words, openQuote: quote === '' ? undefined : quoteAt };
}
