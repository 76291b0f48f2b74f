// SPDX-License-Identifier: GPL-2.0-or-later
/** A configuration text as physical lines with their words: what the rules about damaged text look at. */
import type { Span } from '../../language/index.ts';

export interface TextWord extends Span {
  /** As written, quotes included. */
  readonly raw: string;
}

export interface TextLine extends Span {
  /** Without the line break. */
  readonly text: string;
  readonly isBlank: boolean;
  readonly isComment: boolean;
  /** Ends with a backslash. */
  readonly continues: boolean;
  /** The line before it continues. */
  readonly isContinuation: boolean;
  /** Words outside the continuation backslash; a quoted part belongs to its word. */
  readonly words: readonly TextWord[];
  /** Offset of a quote that is not closed on the line. */
  readonly openQuote: number | undefined;
}

export function textLines(text: string): TextLine[] {
  const lines: TextLine[] = [];
  let start = 0;
  let isContinuation = false;
  while (start <= text.length) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const line = readLine(text.slice(start, end), start, isContinuation);
    lines.push(line);
    isContinuation = line.continues;
    if (newline < 0) break;
    start = newline + 1;
  }
  return lines;
}

function readLine(text: string, start: number, isContinuation: boolean): TextLine {
  const trimmed = text.trim();
  const continuation = /\\\s*$/.exec(text);
  const body = continuation === null ? text : text.slice(0, continuation.index);
  const { words, openQuote } = readWords(body, start);
  return {
    start,
    end: start + text.length,
    text,
    isBlank: trimmed === '',
    isComment: trimmed.startsWith('#'),
    continues: continuation !== null,
    isContinuation,
    words,
    openQuote,
  };
}

function readWords(body: string, start: number): { words: TextWord[]; openQuote: number | undefined } {
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
    } else if (/\s/.test(c)) {
      if (from >= 0) words.push({ start: start + from, end: start + i, raw: body.slice(from, i) });
      from = -1;
    } else if (from < 0) from = i;
  }
  return { words, openQuote: quote === '' ? undefined : quoteAt };
}
