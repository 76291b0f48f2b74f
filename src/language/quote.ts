// SPDX-License-Identifier: GPL-2.0-or-later
/** Spelling of single words, so that they read back as what they were. */
import { BLANKS, CURLY } from '../../grammar/index.ts';

const VALUE = /^[A-Za-z0-9_.-]+$/;
const NAME = /^[A-Za-z0-9_#.,/%+*^!~?&;<>|-]+$/;
/** Characters that end a word or begin a quote. */
const UNSAFE = `${BLANKS}\\n"'\\\\${CURLY}`;
const TERM = new RegExp(`^(?!@)[^${UNSAFE}=()[\\]{}]*[^${UNSAFE}=:()[\\]{}]$`);
const WORD = new RegExp(`^(?!@)[^${UNSAFE}=]*[^${UNSAFE}=:]$`);
const TEXT = new RegExp(`^(?![@$])[^${UNSAFE}]*[^${UNSAFE}:]$`);
const TAIL = new RegExp(`^[^${UNSAFE}]+$`);
const LABEL = new RegExp(`^(?![@$])[^${UNSAFE}=:()[\\]]+$`);

/** A value: in quotes unless it consists of letters, digits, `_`, `.` and `-` only. */
export function quoteValue(text: string): string {
  return VALUE.test(text) ? text : quote(text);
}

/** A name of a parameter or attribute: in quotes where it would be read as something else. */
export function quoteName(text: string): string {
  return VALUE.test(text) || NAME.test(text) ? text : quote(text);
}

/** An operand of a rule: bare unless it holds blanks, quotes or brackets. */
export function quoteTerm(text: string): string {
  return TERM.test(text) ? text : quote(text);
}

/** An id, an agent, a member: bare wherever it can be read so. */
export function quoteWord(text: string): string {
  return WORD.test(text) ? text : quote(text);
}

/** The same where `=` has no meaning. */
export function quoteText(text: string): string {
  return TEXT.test(text) ? text : quote(text);
}

/** What follows a prefix such as `pattern:`. */
export function quoteTail(text: string): string {
  return TAIL.test(text) ? text : quote(text);
}

/** Whether a text can be written as one word that is neither `name=value` nor a reference, in quotes if need be. */
export function isWord(text: string): boolean {
  return !/[=\n]|^@/.test(text);
}

/** Whether a text can stand before a colon: such words have no quotes. */
export function isLabel(text: string): boolean {
  return LABEL.test(text);
}

/** Double quotes protect everything but `"` itself and a backslash that stands before `"`, before another one, or last. */
function quote(text: string): string {
  return `"${text.replace(/\\(?=\\|"|$)|"/g, '\\$&')}"`;
}
