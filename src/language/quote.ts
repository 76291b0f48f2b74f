// SPDX-License-Identifier: GPL-2.0-or-later
/** Spelling of single words, so that they read back as what they were. */
import { isReserved } from '../../grammar/index.ts';

const VALUE = /^[A-Za-z0-9_.-]+$/;
const NAME = /^[A-Za-z0-9_#.,/%+*^!~?&;<>|-]+$/;
const TERM = /^[^\s"'\\=\u200b-\u200d\u2060\u2018-\u201f\u00ab\u00bb()[\]{}]*[^\s"'\\=:\u200b-\u200d\u2060\u2018-\u201f\u00ab\u00bb()[\]{}]$/;

/** A value: in quotes unless it consists of letters, digits, `_`, `.` and `-` only. */
export function quoteValue(text: string): string {
  return VALUE.test(text) ? text : quote(text);
}

/** A name of a parameter or attribute: in quotes where it would be read as something else. */
export function quoteName(text: string): string {
  return (VALUE.test(text) || NAME.test(text)) && !isReserved(text) ? text : quote(text);
}

/** An operand of a rule: bare unless it holds blanks, quotes or brackets. */
export function quoteTerm(text: string): string {
  return TERM.test(text) && !isReserved(text) ? text : quote(text);
}

/** Double quotes protect everything but `"` itself and a backslash that stands before `"`, before another one, or last. */
function quote(text: string): string {
  return `"${text.replace(/\\(?=\\|"|$)|"/g, '\\$&')}"`;
}
