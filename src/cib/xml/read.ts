// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * A small strict XML reader for CIB documents: well-formedness as XML 1.0 asks for it, no DOCTYPE, no entities but the
 * five of XML, bounded size and depth. It keeps comments, attribute order and unknown elements.
 */
import { decodeReference, FORBIDDEN, hex, NAME, REFERENCE, unixLines } from './characters.ts';
import { XmlComment, XmlElement, XmlText, type XmlNode } from './element.ts';

/** Limits of one document; generous for a CIB (100 MB works), small enough that garbage cannot exhaust memory. */
export interface ReadLimits {
  readonly maxLength: number;
  readonly maxDepth: number;
}

const DEFAULT_LIMITS: ReadLimits = { maxLength: 256 * 1024 * 1024, maxDepth: 256 };

/** Why a text is not XML, and where: offset in UTF-16 units, line and column from 1. */
export interface XmlProblem {
  readonly message: string;
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

export type ReadResult =
  | { readonly ok: true; readonly root: XmlElement; readonly before: readonly XmlComment[] }
  | { readonly ok: false; readonly problem: XmlProblem };

/** Reads one document. Never throws for bad input. */
export function readXml(text: string, limits: ReadLimits = DEFAULT_LIMITS): ReadResult {
  const reader = new Reader(text, limits);
  try {
    return reader.document();
  } catch (error) {
    if (error instanceof Malformed) return { ok: false, problem: locate(text, error.message, error.offset) };
    throw error;
  }
}

/** Line and column (from 1) of an offset in a text. */
export function locate(text: string, message: string, offset: number): XmlProblem {
  let line = 1;
  let start = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
    line++;
    start = at + 1;
  }
  return { message, offset, line, column: offset - start + 1 };
}

class Malformed extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

const SPACE = 32;
const LT = 60;
const GT = 62;
const SLASH = 47;
const EQUALS = 61;
const QUOTE = 34;
const EXCLAMATION = 33;
const QUESTION = 63;
/** Longest value that is shared: words such as "monitor" and "Started", not ids. */
const SHORT = 10;
const MAX_SHARED = 10_000;
/** Names longer than this are read the slow way. */
const MAX_PLAIN_NAME = 64;
/** Characters that make an attribute value more than its raw text. */
const NOT_PLAIN = /[&<\n\r\t]/g;
/** Names that nearly all are, and the white space between elements: asked of the engine, which is quicker than a loop here. */
const PLAIN_NAME = /[A-Za-z_:][-.\w:]*/y;
const BLANKS = /[ \n\t\r]*/y;

/** A name that was found to be one, and the last start tag that had it as an attribute. */
interface KnownName {
  readonly text: string;
  lastTag: number;
}

/** An element whose end tag has not been seen. */
interface Open {
  readonly name: string;
  hasText: boolean;
  readonly attributes: readonly string[];
  /** Where its children begin among the pending nodes. */
  readonly mark: number;
  readonly offset: number;
}

class Reader {
  readonly #text: string;
  readonly #limits: ReadLimits;
  #at = 0;
  /** Number of the present start tag. */
  #tag = 0;
  readonly #names = new Map<string, KnownName>();
  readonly #strings = new Map<string, string>();
  /** Children of all open elements, and attributes of the present one: lists of just the right size are cut from these. */
  readonly #pending: XmlNode[] = [];
  readonly #attributes: string[] = [];

  constructor(text: string, limits: ReadLimits) {
    this.#text = text;
    this.#limits = limits;
  }

  document(): ReadResult {
    const text = this.#text;
    if (text.length > this.#limits.maxLength) {
      throw new Malformed(`document larger than ${this.#limits.maxLength} characters`, 0);
    }
    const bad = FORBIDDEN.exec(text);
    if (bad !== null) throw new Malformed(`character U+${hex(bad[0])} is not allowed in XML`, bad.index);
    if (text.charCodeAt(0) === 0xfeff) this.#at = 1;
    if (text.startsWith('<?xml', this.#at) && /\s/.test(text.charAt(this.#at + 5))) this.#skipPast('?>', 'XML declaration');
    const before: XmlComment[] = [];
    const root = this.#misc(before) ? this.#tree() : undefined;
    if (root === undefined) throw new Malformed('document holds no element', this.#at);
    if (this.#misc([])) throw new Malformed('second root element', this.#at);
    return { ok: true, root, before };
  }

  /** Skips blanks, comments and processing instructions; true when an element follows, false at the end. */
  #misc(comments: XmlComment[]): boolean {
    for (;;) {
      this.#skipBlanks();
      const text = this.#text;
      if (this.#at >= text.length) return false;
      if (text.charCodeAt(this.#at) !== LT) throw new Malformed('text outside the root element', this.#at);
      if (text.startsWith('<!--', this.#at)) comments.push(this.#comment());
      else if (text.startsWith('<?', this.#at)) this.#skipPast('?>', 'processing instruction');
      else if (text.startsWith('<!', this.#at)) throw new Malformed('DOCTYPE is not accepted in a CIB', this.#at);
      else return true;
    }
  }

  #tree(): XmlElement {
    const stack: Open[] = [];
    const text = this.#text;
    for (;;) {
      const closed = this.#startTag(stack);
      if (closed !== undefined && stack.length === 0) return closed;
      // Content of the innermost open element, until another element begins or the outermost ends.
      for (;;) {
        const open = stack[stack.length - 1]!;
        this.#characters(open);
        const code = text.charCodeAt(this.#at + 1);
        if (code === SLASH) {
          const done = this.#endTag(stack);
          if (stack.length === 0) return done;
        } else if (code === QUESTION) this.#skipPast('?>', 'processing instruction');
        else if (code !== EXCLAMATION) break;
        else if (text.startsWith('<!--', this.#at)) this.#pending.push(this.#comment());
        else if (text.startsWith('<![CDATA[', this.#at)) this.#cdata(open);
        else throw new Malformed('declaration inside an element', this.#at);
      }
    }
  }

  /** Reads `<name a="b" ...>`; pushes it, or attaches it at once when it is self-closing and returns it. */
  #startTag(stack: Open[]): XmlElement | undefined {
    const text = this.#text;
    const offset = this.#at;
    if (stack.length >= this.#limits.maxDepth) {
      throw new Malformed(`elements nested deeper than ${this.#limits.maxDepth}`, offset);
    }
    this.#at++;
    this.#tag++;
    const name = this.#name('element name').text;
    let count = this.#plainAttributes();
    for (;;) {
      const blank = this.#skipBlanks();
      const code = text.charCodeAt(this.#at);
      if (code === GT) {
        this.#at++;
        stack.push({ name, attributes: this.#attributes.slice(0, count), hasText: false, mark: this.#pending.length, offset });
        return undefined;
      }
      if (code === SLASH) {
        if (text.charCodeAt(this.#at + 1) !== GT) throw new Malformed(`expected "/>" in <${name}>`, this.#at);
        this.#at += 2;
        const done = new XmlElement(name, this.#attributes.slice(0, count), EMPTY, offset);
        if (stack.length > 0) this.#pending.push(done);
        return done;
      }
      if (!blank) throw new Malformed(`expected a blank, ">" or "/>" in <${name}>`, this.#at);
      this.#attribute(count, name);
      count += 2;
    }
  }

  /**
   * Reads attributes of the form in which programs write them, one blank and `name="value"`, as long as the name was met before and
   * the value needs no decoding. Any other form is left to {@link #attribute}. Gives the length of the list.
   */
  #plainAttributes(): number {
    const text = this.#text;
    const attributes = this.#attributes;
    NOT_PLAIN.lastIndex = this.#at;
    const limit = NOT_PLAIN.test(text) ? NOT_PLAIN.lastIndex : text.length;
    let at = this.#at;
    let count = 0;
    while (text.charCodeAt(at) === SPACE) {
      const equals = text.indexOf('=', at);
      if (equals < 0 || equals - at > MAX_PLAIN_NAME || text.charCodeAt(equals + 1) !== QUOTE) break;
      const name = this.#names.get(text.slice(at + 1, equals));
      if (name === undefined || name.lastTag === this.#tag) break;
      const end = text.indexOf('"', equals + 2);
      if (end < 0 || end >= limit) break;
      name.lastTag = this.#tag;
      const value = text.slice(equals + 2, end);
      attributes[count++] = name.text;
      attributes[count++] = value.length <= SHORT ? this.#shared(value) : value;
      at = end + 1;
    }
    this.#at = at;
    return count;
  }

  /** Reads one attribute into the list, behind those that the element has already. */
  #attribute(count: number, element: string): void {
    const text = this.#text;
    const start = this.#at;
    const name = this.#name('attribute name');
    if (name.lastTag === this.#tag || this.#isForgotten(name, count)) throw new Malformed(`attribute "${name.text}" twice in <${element}>`, start);
    name.lastTag = this.#tag;
    this.#skipBlanks();
    if (text.charCodeAt(this.#at) !== EQUALS) throw new Malformed(`attribute "${name.text}" has no value`, this.#at);
    this.#at++;
    this.#skipBlanks();
    const quote = text.charAt(this.#at);
    if (quote !== '"' && quote !== "'") throw new Malformed(`value of "${name.text}" is not quoted`, this.#at);
    const end = text.indexOf(quote, this.#at + 1);
    if (end < 0) throw new Malformed(`value of "${name.text}" does not end`, this.#at);
    const raw = text.slice(this.#at + 1, end);
    const value = this.#attributeValue(raw, this.#at + 1, name.text);
    this.#attributes[count] = name.text;
    this.#attributes[count + 1] = value.length <= SHORT ? this.#shared(value) : value;
    this.#at = end + 1;
  }

  /** With more names than are remembered, the list itself tells whether the element has an attribute already. */
  #isForgotten(name: KnownName, count: number): boolean {
    if (this.#names.size < MAX_SHARED) return false;
    for (let i = 0; i < count; i += 2) if (this.#attributes[i] === name.text) return true;
    return false;
  }

  /** Attribute-value normalisation of XML 1.0: white space becomes blanks first, references are decoded after. */
  #attributeValue(raw: string, offset: number, name: string): string {
    const lt = raw.indexOf('<');
    if (lt >= 0) throw new Malformed(`"<" in the value of "${name}"`, offset + lt);
    const flat = /[\n\r\t]/.test(raw) ? raw.replace(/\r\n|[\n\r\t]/g, ' ') : raw;
    return flat.includes('&') ? this.#decode(flat, offset) : flat;
  }

  #endTag(stack: Open[]): XmlElement {
    const text = this.#text;
    const start = this.#at;
    const open = stack[stack.length - 1]!;
    const end = start + 2 + open.name.length;
    if (text.charCodeAt(end) === GT && text.startsWith(open.name, start + 2)) this.#at = end + 1;
    else {
      this.#at += 2;
      const name = this.#name('element name').text;
      this.#skipBlanks();
      if (text.charCodeAt(this.#at) !== GT) throw new Malformed(`expected ">" after </${name}`, this.#at);
      this.#at++;
      if (open.name !== name) throw new Malformed(`</${name}> closes <${open.name}>`, start);
    }
    stack.pop();
    const children = this.#pending.length === open.mark ? EMPTY : this.#pending.slice(open.mark);
    this.#pending.length = open.mark;
    const done = new XmlElement(open.name, open.attributes, open.hasText ? meaningful(children) : children, open.offset);
    if (stack.length > 0) this.#pending.push(done);
    return done;
  }

  /** Character data up to the next `<`. */
  #characters(open: Open): void {
    const text = this.#text;
    const start = this.#at;
    const end = text.indexOf('<', start);
    if (end < 0) throw new Malformed(`<${open.name}> is not closed`, open.offset);
    this.#at = end;
    if (end === start) return;
    // White space that indents is dropped, unless it belongs to character data before or after it.
    const isApart = this.#lastText(open) === undefined && !(text.charCodeAt(end + 1) === EXCLAMATION && text.startsWith('<![CDATA[', end));
    BLANKS.lastIndex = start;
    if (isApart && BLANKS.test(text) && BLANKS.lastIndex === end) return;
    const raw = text.slice(start, end);
    const bad = raw.indexOf(']]>');
    if (bad >= 0) throw new Malformed('"]]>" in character data', start + bad);
    const lines = unixLines(raw);
    this.#addText(open, lines.includes('&') ? this.#decode(lines, start) : lines);
  }

  /** The text that the present character data would continue. */
  #lastText(open: Open): XmlText | undefined {
    const last = this.#pending.length > open.mark ? this.#pending[this.#pending.length - 1] : undefined;
    return last?.kind === 'text' ? last : undefined;
  }

  #addText(open: Open, text: string): void {
    open.hasText = true;
    const last = this.#lastText(open);
    if (last === undefined) this.#pending.push(new XmlText(text));
    else this.#pending[this.#pending.length - 1] = new XmlText(last.text + text);
  }

  #cdata(open: Open): void {
    const start = this.#at + 9;
    this.#skipPast(']]>', 'CDATA section');
    this.#addText(open, unixLines(this.#text.slice(start, this.#at - 3)));
  }

  #comment(): XmlComment {
    const start = this.#at + 4;
    const end = this.#text.indexOf('--', start);
    if (end < 0) throw new Malformed('comment does not end', this.#at);
    if (this.#text.charCodeAt(end + 2) !== GT) throw new Malformed('"--" inside a comment', end);
    this.#at = end + 3;
    return new XmlComment(unixLines(this.#text.slice(start, end)));
  }

  #name(what: string): KnownName {
    const text = this.#text;
    const start = this.#at;
    PLAIN_NAME.lastIndex = start;
    let end = PLAIN_NAME.test(text) ? PLAIN_NAME.lastIndex : start;
    // The whole rule of XML is asked where a name is not plain, or goes on behind its plain part.
    if (end === start || text.charCodeAt(end) > 127) {
      NAME.lastIndex = start;
      if (!NAME.test(text)) throw new Malformed(`expected ${what}`, start);
      end = NAME.lastIndex;
    }
    this.#at = end;
    const name = text.slice(start, end);
    let known = this.#names.get(name);
    if (known === undefined) {
      known = { text: name, lastTag: 0 };
      if (this.#names.size < MAX_SHARED) this.#names.set(name, known);
    }
    return known;
  }

  /** One string for equal short values, which repeat a million times in a large CIB. */
  #shared(text: string): string {
    const known = this.#strings.get(text);
    if (known !== undefined) return known;
    if (this.#strings.size < MAX_SHARED) this.#strings.set(text, text);
    return text;
  }

  #decode(raw: string, offset: number): string {
    return raw.replace(REFERENCE, (all, hexDigits, digits, entity, at) => {
      const decoded = decodeReference(hexDigits, digits, entity);
      if (decoded === undefined) throw new Malformed(all === '&' ? '"&" must be written "&amp;"' : `unknown entity ${all}`, offset + at);
      return decoded;
    });
  }

  /** Skips white space; true when there was any. */
  #skipBlanks(): boolean {
    const text = this.#text;
    const start = this.#at;
    for (let code = text.charCodeAt(this.#at); code === SPACE || code === 10 || code === 9 || code === 13; ) {
      code = text.charCodeAt(++this.#at);
    }
    return this.#at > start;
  }

  #skipPast(end: string, what: string): void {
    const at = this.#text.indexOf(end, this.#at);
    if (at < 0) throw new Malformed(`${what} does not end`, this.#at);
    this.#at = at + end.length;
  }
}

const EMPTY: readonly XmlNode[] = [];
/** Drops white space between elements; character data that says something is kept whole. */
function meaningful(children: readonly XmlNode[]): readonly XmlNode[] {
  return children.filter((child) => child.kind !== 'text' || /[^ \n\t\r]/.test(child.text));
}
