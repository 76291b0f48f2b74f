// SPDX-License-Identifier: GPL-2.0-or-later
/** Spelling of single words, so that they read back as what they were. */
import { BLANKS, CURLY, endsMembers, isReserved, isReservedInside } from '../../grammar/index.ts';

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
  return (VALUE.test(text) || NAME.test(text)) && !isReserved(text) ? text : spelled(text);
}

/** An operand of a rule: bare unless it holds blanks, quotes or brackets. */
export function quoteTerm(text: string): string {
  return TERM.test(text) ? text : spelled(text);
}

/** The attribute of a comparison, which must not be a keyword. */
export function quoteAttribute(text: string): string {
  return isReserved(text) ? spelled(text) : quoteTerm(text);
}

/** An id, an agent, a member: bare wherever it can be read so. */
export function quoteWord(text: string): string {
  return WORD.test(text) ? text : spelled(text);
}

/** The same among the members of a group. */
export function quoteMember(text: string): string {
  return endsMembers(text) ? spelled(text) : quoteWord(text);
}

/** The same inside bundles and access rules, where some words are never names. */
export function quoteInside(text: string): string {
  return isReservedInside(text) ? spelled(text) : quoteWord(text);
}

/** In quotes, which hold a word together; what quotes do not protect (`=`, `@` at the beginning, a keyword) is protected by a backslash. */
function spelled(text: string): string {
  const isMarked = /^[@$]/.test(text) || isReserved(text) || isReservedInside(text);
  if (!isMarked && !text.includes('=')) return quote(text);
  const [head, body] = isMarked ? [`\\${text[0]}`, text.slice(1)] : ['', text];
  return head + body.split('=').map((part) => (part === '' || TERM.test(part) ? part : quote(part))).join('\\=');
}

/** The same where `=` has no meaning. */
export function quoteText(text: string): string {
  return TEXT.test(text) ? text : quote(text);
}

/** What follows a prefix such as `pattern:`. */
export function quoteTail(text: string): string {
  return TAIL.test(text) ? text : quote(text);
}

/** Whether a text can be written as one word: everything but a line break. */
export function isWord(text: string): boolean {
  return !text.includes('\n');
}

/** Whether a text can stand before a colon: such words have no quotes. */
export function isLabel(text: string): boolean {
  return LABEL.test(text);
}

/** Double quotes protect everything but `"` itself and a backslash that stands before `"`, before another one, or last. */
function quote(text: string): string {
  return `"${text.replace(/\\(?=\\|"|$)|"/g, '\\$&')}"`;
}
