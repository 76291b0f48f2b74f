// SPDX-License-Identifier: GPL-2.0-or-later
/** Text to syntax tree, with every problem of the text in one run. */
import {
  Comment, CURLY_QUOTES, isCurlyQuoted, isGlued, Lifetime, LineEnd, NestedClose, NestedOpen, OpenQuote, parseLine, RoleOption, sectionWords, statementWords, tokenize, UnknownKeyword,
  type IRecognitionException, type IToken, type Statement, type Word,
} from '../../grammar/index.ts';
import { checkStatement } from './check.ts';
import { DiagnosticSink, type Diagnostic } from './diagnose.ts';
import { nearest } from './suggest.ts';
import type { CommentedStatement, Document } from './syntax.ts';
import { scoreOf } from './vocabulary.ts';

// oxlint-disable-next-line no-control-regex
const NOT_IN_XML = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/;

/** Rules in rules; the parser goes down one call for each. */
const MAX_NESTING = 64;

export interface ParseOptions {
  /** Name of the file, for messages. */
  readonly file?: string;
  /** `typed` takes `id=NAME` for an id and drops comments, as a prompt does. */
  readonly mode?: 'file' | 'typed';
}

export interface Parsed extends Document {
  readonly diagnostics: readonly Diagnostic[];
  /** Every statement that has a tree, also those whose words are wrong: a linter looks at all of them. */
  readonly readable: readonly Statement[];
  /** The first words of the lines that are left out, among them what they define. */
  readonly unread: readonly string[];
}

/** Reads a text. Statements with errors are left out of the tree; the others are there. */
export function parse(text: string, options: ParseOptions = {}): Parsed {
  return new Reading(text, options).run();
}

const NO_COMMENTS: readonly Word[] = [];

class Reading {
  readonly #text: string;
  readonly #isTyped: boolean;
  readonly #sink: DiagnosticSink;
  readonly #statements: CommentedStatement[] = [];
  readonly #readable: Statement[] = [];
  readonly #unread: string[] = [];
  readonly #hasCurlyQuotes: boolean;
  readonly #isWritable: boolean;
  readonly #curlyQuoted: IToken[] = [];
  #comments: Word[] | undefined;

  constructor(text: string, options: ParseOptions) {
    this.#text = text;
    this.#isTyped = options.mode === 'typed';
    this.#hasCurlyQuotes = CURLY_QUOTES.test(text);
    this.#isWritable = !NOT_IN_XML.test(text);
    this.#sink = new DiagnosticSink(options.file);
  }

  run(): Parsed {
    let line: IToken[] = [];
    for (const tokens of tokenize(this.#text)) {
      for (const token of tokens) {
        if (token.tokenType === LineEnd) {
          this.#line(line);
          line = [];
        } else if (token.tokenType === Comment) this.#comment(token);
        else line.push(token);
        // A quote that stays open takes in the rest of its line; as the first word of a line it does not lead to where line ends count.
        if (token.tokenType === OpenQuote) {
          this.#line(line);
          line = [];
        }
      }
      if (this.#hasCurlyQuotes) for (const token of tokens) if (isCurlyQuoted(token.image)) this.#curlyQuoted.push(token);
    }
    this.#line(line);
    this.#curlyQuotes();
    return { file: this.#sink.file, text: this.#text, statements: this.#statements, trailing: this.#comments ?? NO_COMMENTS, diagnostics: this.#sink.sorted(), readable: this.#readable, unread: this.#unread };
  }

  #comment(token: IToken): void {
    const text = token.image.trimEnd();
    const at = { start: token.startOffset, end: token.startOffset + text.length };
    if (this.#isTyped || this.#isUnwritable([token])) return;
    if (text.includes('--') || text.endsWith('-')) {
      this.#sink.add('comment-dashes', at, 'a comment cannot hold "--" or end in "-"', { repair: 'write the dashes apart' });
    } else (this.#comments ??= []).push({ text, ...at });
  }

  #line(tokens: IToken[]): void {
    const first = tokens[0];
    if (first === undefined) return;
    const comments = this.#comments ?? NO_COMMENTS;
    this.#comments = undefined;
    const accepted = this.#statements.length;
    const open = tokens[tokens.length - 1]!;
    if (open.tokenType === OpenQuote) this.#sink.add('unterminated-quote', spanOf(open), `the quote ${open.image[0]} is not closed`, { repair: `add ${open.image[0]} at the end of the value` });
    else if (first.tokenType === UnknownKeyword) this.#unknown(first);
    else if (!this.#isUnwritable(tokens) && !this.#isTooDeep(tokens)) {
      const { statement, errors } = parseLine(tokens);
      if (statement === undefined) this.#syntax(first, tokens, errors);
      else this.#accept(statement, comments);
    }
    // A keyword, perhaps a numeric id, and a name.
    if (this.#statements.length === accepted) this.#unread.push(...tokens.slice(0, 3).map((token) => token.image));
    this.#continued(tokens);
  }

  /** As a blank between words such a character does no harm. */
  #isUnwritable(tokens: readonly IToken[]): boolean {
    if (this.#isWritable) return false;
    const before = this.#sink.found.length;
    for (const { image, startOffset } of tokens) {
      for (const { 0: character, index } of image.matchAll(new RegExp(NOT_IN_XML, 'g'))) {
        const start = startOffset + index;
        this.#sink.add('invalid-character', { start, end: start + 1 }, `the character U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')} cannot be stored: XML does not know it`, { repair: 'delete it' });
      }
    }
    return this.#sink.found.length > before;
  }

  #isTooDeep(tokens: readonly IToken[]): boolean {
    if (tokens.length <= MAX_NESTING) return false;
    let depth = 0;
    for (const token of tokens) {
      if (token.tokenType === NestedOpen) depth++;
      else if (token.tokenType === NestedClose) depth--;
      if (depth <= MAX_NESTING) continue;
      this.#sink.add('too-deep', spanOf(token), `more than ${MAX_NESTING} rules in each other`, { repair: 'say it with fewer brackets' });
      return true;
    }
    return false;
  }

  #accept(statement: Statement, comments: readonly Word[]): void {
    this.#readable.push(statement);
    const before = this.#sink.found.length;
    checkStatement(statement, this.#text, this.#isTyped, this.#sink);
    const { found } = this.#sink;
    const isBad = found.length > before && found.slice(before).some((one) => one.severity === 'error');
    if (!isBad) this.#statements.push({ statement, comments });
  }

  #unknown(first: IToken): void {
    const suggestion = nearest(first.image, statementWords());
    const section = sectionWords().includes(first.image.toLowerCase());
    const repair = section ? `"${first.image}" belongs to the statement before; end the line above with a blank and "\\"` : undefined;
    this.#sink.add('unknown-statement', spanOf(first), `"${first.image}" begins no statement`, { ...(suggestion === undefined ? {} : { suggestion }), ...(repair === undefined ? {} : { repair }) });
  }

  /** The parser stops at the first error of a line; its place and what it expected say what to write. */
  #syntax(first: IToken, tokens: readonly IToken[], errors: readonly IRecognitionException[]): void {
    const error = errors[0];
    if (error === undefined) throw new Error(`defect: no statement and no error for "${first.image}"`);
    const keyword = first.image.toLowerCase();
    const expected = expectedWords(error.message);
    const last = tokens[tokens.length - 1]!;
    const found = tokens.includes(error.token) ? error.token : undefined;
    if (found === undefined) {
      const end = last.startOffset + last.image.length;
      this.#sink.add('unexpected-end', { start: end, end }, `${keyword}: the line ends where ${list(expected)} should follow`, { expected });
      return;
    }
    const suggestion = SYMBOLS.get(found.image) ?? withRule(found) ?? withColon(found.image, expected) ?? nearest(found.image, expected) ?? nearest(found.image, sectionWords());
    const message = expected.length === 0 ? `${keyword}: nothing can follow before "${found.image}"` : `${keyword}: "${found.image}" stands where ${list(expected)} should`;
    const repair = repairOf(found, keyword, expected);
    this.#sink.add('unexpected-word', spanOf(found), message, { expected, ...(suggestion === undefined ? {} : { suggestion }), ...(repair === undefined ? {} : { repair }) });
  }

  /** Words that a continued line was glued to, and comment lines that were swallowed by a continuation. */
  #continued(tokens: readonly IToken[]): void {
    const end = tokens[tokens.length - 1]!;
    const whole = this.#text.slice(tokens[0]!.startOffset, end.startOffset + end.image.length);
    if (!whole.includes('\n') || (!isGlued(whole) && !whole.includes('#')) || tokens[0]!.image.toLowerCase() === 'xml') return;
    for (const token of tokens) {
      if (isGlued(token.image)) {
        const [before, after] = token.image.split(/\\+\s*\n\s*/);
        this.#sink.add('glued-continuation', spanOf(token), `the next line is glued to "${before}"`, { repair: `write a blank before the backslash: ${before} \\`, ...(after === undefined ? {} : { suggestion: `${before} ${after}` }) });
      }
      if (token.image.startsWith('#') && token !== tokens[0] && this.#beginsLine(token)) {
        this.#sink.add('continued-comment', spanOf(token), 'this comment line is part of the statement above, because that line ends in a backslash', { repair: 'move the comment above the statement' });
      }
    }
  }

  #beginsLine(token: IToken): boolean {
    const lineStart = this.#text.lastIndexOf('\n', token.startOffset) + 1;
    return this.#text.slice(lineStart, token.startOffset).trim() === '';
  }

  #curlyQuotes(): void {
    const found = this.#curlyQuoted;
    if (found.length === 0) return;
    const more = found.length === 1 ? '' : ` (${found.length} times)`;
    this.#sink.add('curly-quotes', spanOf(found[0]!), `typographic quotes taken as plain quotes${more}`);
  }
}

/** What other languages write for the operators of rules. */
const SYMBOLS: ReadonlyMap<string, string> = new Map([
  ['=', 'eq'], ['==', 'eq'], ['!=', 'ne'], ['<>', 'ne'], ['<', 'lt'], ['<=', 'lte'], ['>', 'gt'], ['>=', 'gte'], ['&&', 'and'], ['||', 'or'],
]);

/** What to write instead of a word, where that is more than another word. */
function repairOf(found: IToken, keyword: string, expected: readonly string[]): string | undefined {
  if (found.tokenType === RoleOption) return 'a role stands right behind "rule", before the score';
  if (found.tokenType === Lifetime) return 'a constraint has one lifetime: write its rules one after the other';
  if (keyword === 'order' && /^require-all=/i.test(found.image)) return `for the order itself write $${found.image}`;
  if (expected.includes('a resource') && /^[$\w-]+=/.test(found.image)) return 'options of a constraint stand behind its resources';
  return /^\(./.test(found.image) && expected.includes('(') ? 'put blanks around the brackets of a nested rule' : undefined;
}

/** A lifetime consists of rules, each with its keyword. */
function withRule(found: IToken): string | undefined {
  return found.tokenType !== Lifetime && found.image.toLowerCase() === 'lifetime' ? 'lifetime rule' : undefined;
}

/** A score whose colon was forgotten. */
function withColon(written: string, expected: readonly string[]): string | undefined {
  return expected.some((one) => one === 'score' || one.includes('":"')) && scoreOf(written) !== undefined ? `${written}:` : undefined;
}

/** The parser's messages are lists of labels (see the message provider of the grammar). */
function expectedWords(message: string): string[] {
  return message === '' ? [] : message.split('\n');
}

function list(words: readonly string[]): string {
  if (words.length <= 1) return words[0] ?? 'something else';
  return `${words.slice(0, -1).join(', ')} or ${words[words.length - 1]}`;
}

function spanOf(token: IToken): { start: number; end: number } {
  return { start: token.startOffset, end: token.startOffset + token.image.length };
}
