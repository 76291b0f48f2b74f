// SPDX-License-Identifier: GPL-2.0-or-later
/** Lexical spelling of a word: which characters are blanks, how quotes, backslashes and continued lines are resolved. */

/**
 * Blanks inside a line. Text copied from web pages carries no-break, em and ideographic spaces and zero-width
 * characters; they separate words like a plain blank.
 */
export const BLANKS = ' \\t\\r\\f\\v\\u00a0\\u1680\\u2000-\\u200d\\u2028\\u2029\\u202f\\u205f\\u2060\\u3000\\ufeff';
/** Typographic quotes that enclose a value stand for plain ones. */
export const CURLY = '\\u201c\\u201d\\u201e\\u201f\\u00ab\\u00bb\\u2018\\u2019\\u201a\\u201b';

const END = `(?![^])`;
/** Trailing backslashes of a line with the line break and the blanks around it; line breaks join with nothing between. */
export const CONTINUATION = `\\\\+[${BLANKS}]*(?:\\n[${BLANKS}]*|${END})`;
/** The same directly between two parts of one word, which it glues together. */
const GLUE = `\\\\+[${BLANKS}]*\\n[${BLANKS}]*(?=[^${BLANKS}\\n])`;
const ESCAPE = `\\\\(?!\\\\*[${BLANKS}]*(?:\\n|${END}))[^\\n]`;
/** The blanks behind the line break are characters of the quoted text here; taken in twice, they would make matching exponential. */
const IN_QUOTES = `\\\\+[${BLANKS}]*\\n`;
const DOUBLE = `"(?:[^"\\\\\\n]|${IN_QUOTES}|${ESCAPE})*"`;
const SINGLE = `'(?:[^'\\\\\\n]|${IN_QUOTES}|\\\\(?!\\\\*[${BLANKS}]*\\n))*'`;
const CURLY_QUOTED = `[${CURLY}](?:[^${CURLY}\\n])*[${CURLY}](?=[${BLANKS}\\n]|${END})`;
const SPECIAL = `(?:${DOUBLE}|${SINGLE}|${GLUE}|${ESCAPE})`;

/** Pattern sources of words whose unquoted characters exclude `also` (brackets inside resource sets). */
export function wordPatterns(also = ''): { readonly word: string; readonly rest: string; readonly pairName: string; readonly quotedPair: string; readonly label: string } {
  const plain = `[^${BLANKS}\\n"'\\\\${also}]`;
  const rest = `(?:${CURLY_QUOTED}|${plain}*(?:${SPECIAL}${plain}*)*)`;
  const nameCharacter = `[^${BLANKS}\\n"'\\\\=${also}]`;
  return {
    word: `(?:${CURLY_QUOTED}|(?:${plain}|${SPECIAL})${plain}*(?:${SPECIAL}${plain}*)*)`,
    rest,
    pairName: `(?:${nameCharacter}|${ESCAPE}|${GLUE}|"(?:[^"=\\\\\\n]|${ESCAPE})*"|'[^'=\\n]*')+`,
    quotedPair: `(?:"(?:[^"=\\\\\\n]|${ESCAPE})+=(?:[^"\\\\\\n]|${IN_QUOTES}|${ESCAPE})*"|'[^'=\\n]+=[^'\\n]*')${rest}`,
    label: `[^${BLANKS}\\n"'\\\\=${also}]*:(?=[${BLANKS}\\n${also}]|${END})`,
  };
}

const BACKSLASH_BEFORE = new RegExp(`\\\\[${BLANKS}]*$`);

/** Whether a backslash takes away the line break at `at`, blanks between them or not. */
export function isContinued(text: string, at: number): boolean {
  const lineStart = text.lastIndexOf('\n', at - 1) + 1;
  return BACKSLASH_BEFORE.test(text.slice(lineStart, at));
}

const NEEDS_DECODING = new RegExp(`["'\\\\${CURLY}]`);
const ENCLOSED = new RegExp(`^[${CURLY}][^${CURLY}]*[${CURLY}]$`);
const IS_CURLY = new RegExp(`[${CURLY}]`);
const TRAILING = new RegExp(`\\\\+[${BLANKS}]*\\n[${BLANKS}]*`, 'y');

/** Text of a word as written: quotes and backslashes resolved, continued lines joined. */
export function decodeWord(image: string): string {
  if (!NEEDS_DECODING.test(image)) return image;
  const bare = withoutCurlyQuotes(image);
  let out = '';
  let quote = '';
  for (let i = 0; i < bare.length; i++) {
    const c = bare[i]!;
    if (c === '\\') {
      TRAILING.lastIndex = i;
      if (TRAILING.test(bare)) {
        i = TRAILING.lastIndex - 1;
        continue;
      }
      const next = bare[i + 1] ?? '';
      const isEscape = quote === '' || (quote === '"' && (next === '"' || next === '\\'));
      out += isEscape ? next : c;
      if (isEscape) i++;
    } else if (quote === '' && (c === '"' || c === "'")) quote = c;
    else if (c === quote) quote = '';
    else out += c;
  }
  return out;
}

/** Whether curly quotes enclose the word or the value of the pair it is. */
export function isCurlyQuoted(image: string): boolean {
  return IS_CURLY.test(image) && withoutCurlyQuotes(image) !== image;
}

function withoutCurlyQuotes(image: string): string {
  if (!IS_CURLY.test(image)) return image;
  const at = image.indexOf('=') + 1;
  for (const start of at > 0 ? [0, at] : [0]) {
    const part = image.slice(start);
    if (ENCLOSED.test(part)) return `${image.slice(0, start)}${part.slice(1, -1)}`;
  }
  return image;
}

const GLUED = new RegExp(`[^${BLANKS}\\n\\\\]\\\\+[${BLANKS}]*\\n[${BLANKS}]*[^${BLANKS}\\n]`);

/** Whether a continued line was glued to the word before it, outside quotes or in. */
export function isGlued(image: string): boolean {
  return image.includes('\n') && GLUED.test(image);
}

const JOIN = new RegExp(`\\\\+[${BLANKS}]*\\n[${BLANKS}]*`, 'g');
const TAIL = new RegExp(`[${BLANKS}\\\\]*$`);

const WHOLE_QUOTED = new RegExp(`^(?:${DOUBLE}|${SINGLE})$`);

/** A literal line (xml) with its continued lines joined; in quotes as a whole when it was typed at a prompt. */
export function decodeLiteral(image: string): string {
  const joined = image.replace(JOIN, '').replace(TAIL, '');
  return WHOLE_QUOTED.test(joined) ? decodeWord(joined).trim() : joined;
}
