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
  /** Where the text says it for each line. */
  readonly file: string | undefined;
  readonly line: number;
  readonly column: number;
  /** The line, as far as it is part of the text, and the characters of it before the place. */
  readonly text: string;
  readonly indent: number;
}

/** A line of a text that was put together from elsewhere: its offset in the text, and where it was written, counted from 1. */
export interface LineStart {
  readonly at: number;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Places of offsets in one text; lines are found once, when the first place is asked for. */
export class Lines {
  readonly #text: string;
  readonly #written: readonly LineStart[] | undefined;
  #starts: readonly number[] | undefined;

  /** `written` names every line of a text that has its places elsewhere. */
  constructor(text: string, written?: readonly LineStart[]) {
    this.#text = text;
    this.#written = written;
  }

  place(offset: number): Place {
    const starts = (this.#starts ??= this.#written?.map((one) => one.at) ?? lineOffsets(this.#text));
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    const start = starts[low]!;
    const indent = Math.max(0, offset - start);
    const { file, line, column } = this.#written?.[low] ?? { file: undefined, line: low + 1, column: 1 };
    return { file, line, column: column + indent, indent, text: this.#text.slice(start, starts[low + 1]).replace(/\r?\n$/, '') };
  }
}

/** The lines of files that are read as one text, one after the other. */
export function linesOfFiles(files: readonly { readonly name: string; readonly text: string }[]): LineStart[] {
  let before = 0;
  return files.flatMap(({ name, text }) => {
    const starts = lineOffsets(text).slice(0, text.endsWith('\n') ? -1 : undefined);
    const lines = starts.map((at, i) => ({ at: before + at, file: name, line: i + 1, column: 1 }));
    before += text.length;
    return lines;
  });
}

function lineOffsets(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
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
  const { headline, details } = describeDiagnostic(one, lines);
  return [`${LEVEL[one.severity]}: ${headline}`, ...details].join('\n');
}

/** A diagnostic without its level: a headline with its place, and the lines below it. */
export function describeDiagnostic(one: Diagnostic, lines: Lines): Described {
  if (one.span.start < 0) return { headline: visible(one.message), isPlaced: false, details: advice(one) };
  const place = lines.place(one.span.start);
  const file = place.file ?? one.span.file;
  const where = file === undefined ? '' : `${file}:${place.line}:${place.column}: `;
  return { headline: `${where}${visible(one.message)}`, isPlaced: file !== undefined, details: [...excerpt(one, place), ...advice(one)] };
}

interface Described {
  readonly headline: string;
  /** Whether the headline begins with a place. */
  readonly isPlaced: boolean;
  readonly details: readonly string[];
}

/** Control characters as pictures of the same width: a terminal would obey them. */
function visible(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u0008\u000A-\u001F\u007F]/g, (character) => String.fromCharCode(character === '\u007F' ? 0x2421 : 0x2400 + character.charCodeAt(0)));
}

function excerpt(one: Diagnostic, place: Place): string[] {
  const cut = place.indent >= SHOWN_COLUMNS - 20 ? place.indent - 39 : 0;
  const shown = place.text.slice(cut, cut + SHOWN_COLUMNS);
  const before = shown.slice(0, place.indent - cut).replace(/[^\t]/g, ' ');
  const width = Math.max(1, Math.min(one.span.end - one.span.start, shown.length - before.length));
  const number = String(place.line);
  return [`  ${number} | ${visible(shown)}`, `  ${' '.repeat(number.length)} | ${before}${'^'.repeat(width)}`];
}

function advice(one: Diagnostic): string[] {
  const lines: string[] = [];
  if (one.suggestion !== undefined) lines.push(`  did you mean "${one.suggestion}"?`);
  if (one.expected !== undefined && one.expected.length > 0 && one.suggestion === undefined) lines.push(`  expected: ${one.expected.slice(0, 12).join(', ')}`);
  if (one.repair !== undefined) lines.push(`  ${one.repair}`);
  return lines;
}

export function diagnosticAsData(one: Diagnostic, lines: Lines): RenderedDiagnostic {
  const place = one.span.start < 0 ? undefined : lines.place(one.span.start);
  return {
    code: one.code,
    severity: one.severity,
    message: one.message,
    file: place?.file ?? one.span.file ?? null,
    line: place?.line ?? 0,
    column: place?.column ?? 0,
    endColumn: place === undefined ? 0 : place.column + Math.max(0, one.span.end - one.span.start),
    ...(one.expected === undefined ? {} : { expected: one.expected }),
    ...(one.suggestion === undefined ? {} : { suggestion: one.suggestion }),
    ...(one.repair === undefined ? {} : { repair: one.repair }),
  };
}
