// SPDX-License-Identifier: GPL-2.0-or-later
/** A text on the screen of a terminal: folded to its width, a part of it where it is higher, drawn without flicker. */
import type { OptionTable } from '../options/index.ts';
import { CHOICES, type Display, type Extent } from './keys.ts';

/** The screen of its own that full-screen programs use, without a cursor; and back to what was there before. */
export const ENTER_SCREEN = '\u001B[?1049h\u001B[?25l';
export const LEAVE_SCREEN = '\u001B[?25h\u001B[?1049l';
const HOME = '\u001B[H';
const EMPTY_ROW = '\u001B[K';
const END_OF_SCREEN = '\u001B[J';
const TAB_WIDTH = 8;

export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}

export interface Frame {
  /** What draws it, control sequences included. */
  readonly text: string;
  readonly extent: Extent;
}

/** The last row tells which part is seen when not all is. */
export function drawFrame(text: string, firstLine: number, { columns, rows }: ScreenSize): Frame {
  const lines = text.trimEnd().split('\n').flatMap((line) => folded(line, columns));
  const isWhole = lines.length <= rows;
  const page = isWhole ? rows : Math.max(1, rows - 1);
  const extent = { page, lastFirstLine: Math.max(0, lines.length - page) };
  const first = Math.min(firstLine, extent.lastFirstLine);
  const seen = lines.slice(first, first + page);
  if (!isWhole) seen.push(`lines ${first + 1}-${first + seen.length} of ${lines.length} (arrow keys and page keys move)`.slice(0, columns));
  // A row is emptied before it is written: behind the last column there is no place from which to empty it.
  const rest = seen.length < rows ? `\r\n${END_OF_SCREEN}` : '';
  return { text: `${HOME}${seen.map((line) => `${EMPTY_ROW}${line}`).join('\r\n')}${rest}`, extent };
}

function folded(line: string, columns: number): string[] {
  const characters = [...untabbed(line)];
  const parts: string[] = [];
  do parts.push(characters.splice(0, columns).join(''));
  while (characters.length > 0);
  return parts;
}

function untabbed(line: string): string {
  let text = '';
  for (const part of line.split(/(\t)/)) text += part === '\t' ? ' '.repeat(TAB_WIDTH - (text.length % TAB_WIDTH)) : part;
  return text;
}

/** The list of what can be shown; an asterisk marks what is. */
export function choicesText({ options }: OptionTable, { request, fencingLevel }: Display): string {
  const summary = (name: string): string => options.find((option) => option.name === name)!.summary;
  const lines = CHOICES.map(({ key, option, isShown }) => `${isShown(request) ? '*' : ' '} ${key}: \t${summary(option)}`);
  return ['What is shown', ...lines, `${fencingLevel} m: \t${summary('fence-history')}`, '', 'The letter of a line changes it, any other key returns to the cluster, where q ends.', ''].join('\n');
}
