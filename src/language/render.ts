// SPDX-License-Identifier: GPL-2.0-or-later
/** Diagnostics for people (place, line, caret, what to write instead) and for programs. */
import type { Diagnostic } from './diagnose.ts';

export interface RenderedDiagnostic {
  readonly code: string;
  readonly severity: string;
  readonly message: string;
  readonly file: string | null;
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
  readonly expected?: readonly string[];
  readonly suggestion?: string;
  readonly repair?: string;
}

export interface Place {
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

/** Places of offsets in one text; lines are found once. */
export class Lines {
  readonly #starts: number[] = [0];
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
  }

  place(offset: number): Place {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    const start = this.#starts[low]!;
    const end = this.#starts[low + 1];
    return { line: low + 1, column: Math.max(0, offset - start) + 1, text: this.#text.slice(start, end === undefined ? undefined : end - 1).replace(/\r$/, '') };
  }
}

const LEVEL = { error: 'ERROR', warning: 'WARNING', hint: 'INFO' } as const;
/** Longer source lines are cut around the caret. */
const SHOWN_COLUMNS = 120;

/** All of them, separated by line breaks. */
export function renderDiagnostics(all: readonly Diagnostic[], text: string): string {
  const lines = new Lines(text);
  return all.map((one) => render(one, lines)).join('\n');
}

function render(one: Diagnostic, lines: Lines): string {
  const { headline, details } = parts(one, lines);
  return [`${LEVEL[one.severity]}: ${headline}`, ...details].join('\n');
}

/** A diagnostic without its level: a headline with its place, and the lines below it. */
export function describeDiagnostics(all: readonly Diagnostic[], text: string): { readonly one: Diagnostic; readonly headline: string; readonly details: readonly string[] }[] {
  const lines = new Lines(text);
  return all.map((one) => ({ one, ...parts(one, lines) }));
}

function parts(one: Diagnostic, lines: Lines): { headline: string; details: string[] } {
  if (one.span.start < 0) return { headline: one.message, details: advice(one) };
  const place = lines.place(one.span.start);
  const where = one.span.file === undefined ? '' : `${one.span.file}:${place.line}:${place.column}: `;
  return { headline: `${where}${one.message}`, details: [...excerpt(one, place), ...advice(one)] };
}

function excerpt(one: Diagnostic, place: Place): string[] {
  const cut = place.column > SHOWN_COLUMNS - 20 ? place.column - 40 : 0;
  const shown = place.text.slice(cut, cut + SHOWN_COLUMNS);
  const before = shown.slice(0, place.column - 1 - cut).replace(/[^\t]/g, ' ');
  const width = Math.max(1, Math.min(one.span.end - one.span.start, shown.length - before.length));
  const number = String(place.line);
  return [`  ${number} | ${shown}`, `  ${' '.repeat(number.length)} | ${before}${'^'.repeat(width)}`];
}

function advice(one: Diagnostic): string[] {
  const lines: string[] = [];
  if (one.suggestion !== undefined) lines.push(`  did you mean "${one.suggestion}"?`);
  if (one.expected !== undefined && one.expected.length > 0 && one.suggestion === undefined) lines.push(`  expected: ${one.expected.slice(0, 12).join(', ')}`);
  if (one.repair !== undefined) lines.push(`  ${one.repair}`);
  return lines;
}

export function diagnosticsAsData(all: readonly Diagnostic[], text: string): RenderedDiagnostic[] {
  const lines = new Lines(text);
  return all.map((one) => {
    const start = lines.place(Math.max(0, one.span.start));
    return {
      code: one.code,
      severity: one.severity,
      message: one.message,
      file: one.span.file ?? null,
      line: one.span.start < 0 ? 0 : start.line,
      column: one.span.start < 0 ? 0 : start.column,
      endColumn: one.span.start < 0 ? 0 : start.column + Math.max(0, one.span.end - one.span.start),
      ...(one.expected === undefined ? {} : { expected: one.expected }),
      ...(one.suggestion === undefined ? {} : { suggestion: one.suggestion }),
      ...(one.repair === undefined ? {} : { repair: one.repair }),
    };
  });
}
