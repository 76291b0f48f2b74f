// SPDX-License-Identifier: GPL-2.0-or-later
/** Where the characters of a command stand in its input: a command goes over several lines where these end in a backslash. */
import type { LineStart } from '../../language/index.ts';

/** Where the first character of a command stands, for `file:line:column` messages. */
export interface SourcePosition {
  /** Undefined for standard input, a typed line and a single command. */
  readonly file: string | undefined;
  readonly line: number;
  readonly column: number;
  /** Where its further lines begin; none for a command on one line. */
  readonly further?: readonly FurtherLine[];
}

/** By its offset from the first character of the command. */
export type FurtherLine = Omit<LineStart, 'file'>;

/** The place of a character of a command, as of a command that begins there. */
export function positionAt(source: SourcePosition, offset: number): SourcePosition {
  const { file, line, column, further = [] } = source;
  const passed = further.filter((one) => one.at <= offset);
  const begun = passed.at(-1) ?? { at: 0, line, column };
  return { file, line: begun.line, column: begun.column + offset - begun.at, further: further.slice(passed.length).map((one) => ({ ...one, at: one.at - offset })) };
}

/** The lines of a command of a script, for diagnostics of its text; `longer` characters were put in at its beginning. */
export function lineStarts(source: SourcePosition, longer: number): LineStart[] {
  const file = source.file ?? 'stdin';
  const { line, column, further = [] } = source;
  return [{ at: 0, file, line, column: column - longer }, ...further.map((one) => ({ ...one, file, at: one.at + longer }))];
}
