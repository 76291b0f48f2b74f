// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * A small strict XML reader for CIB documents: well-formedness as XML 1.0 asks for it, no DOCTYPE, no entities but the
 * five of XML, bounded size and depth. It keeps comments, attribute order and unknown elements.
 */
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

// Name characters of XML 1.0, section 2.3; the two joiners are listed for themselves, not to join anything.
// oxlint-disable-next-line no-misleading-character-class
const NAME = /[A-Za-z_:\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uD800-\uDFFF\uF900-\uFDCF\uFDF0-\uFFFD][-.0-9A-Za-z_:\u00B7\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u037D\u037F-\u1FFF\u200C\u200D\u203F\u2040\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uD800-\uDFFF\uF900-\uFDCF\uFDF0-\uFFFD]*/y;
// Control characters that XML 1.0 does not allow at all, lone or not.
// oxlint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/;
const SPACE = 32;
const LT = 60;
const GT = 62;
const SLASH = 47;
const EQUALS = 61;
/** Longest value that is shared: words such as "monitor" and "Started", not ids. */
const SHORT = 10;
const MAX_SHARED = 10_000;
/** Characters that make an attribute value more than its raw text. */
const NOT_PLAIN = /[&<\n\r\t]/;

/** An element whose end tag has not been seen. */
interface Open {
  readonly name: string;
  readonly attributes: readonly string[];
  /** Where its children begin among the pending nodes. */
  readonly mark: number;
  readonly offset: number;
}

class Reader {
  readonly #text: string;
  readonly #limits: ReadLimits;
  #at = 0;
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
        if (text.charCodeAt(this.#at + 1) === SLASH) {
          const done = this.#endTag(stack);
          if (stack.length === 0) return done;
        } else if (text.startsWith('<!--', this.#at)) this.#pending.push(this.#comment());
        else if (text.startsWith('<![CDATA[', this.#at)) this.#cdata(open);
        else if (text.startsWith('<?', this.#at)) this.#skipPast('?>', 'processing instruction');
        else if (text.startsWith('<!', this.#at)) throw new Malformed('declaration inside an element', this.#at);
        else break;
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
    const name = this.#name('element name');
    let count = 0;
    for (;;) {
      const blank = this.#skipBlanks();
      const code = text.charCodeAt(this.#at);
      if (code === GT) {
        this.#at++;
        stack.push({ name, attributes: this.#attributes.slice(0, count), mark: this.#pending.length, offset });
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

  /** Reads one attribute into the list, behind those that the element has already. */
  #attribute(count: number, element: string): void {
    const text = this.#text;
    const start = this.#at;
    const name = this.#name('attribute name');
    const attributes = this.#attributes;
    for (let i = 0; i < count; i += 2) {
      if (attributes[i] === name) throw new Malformed(`attribute "${name}" twice in <${element}>`, start);
    }
    this.#skipBlanks();
    if (text.charCodeAt(this.#at) !== EQUALS) throw new Malformed(`attribute "${name}" has no value`, this.#at);
    this.#at++;
    this.#skipBlanks();
    const quote = text.charAt(this.#at);
    if (quote !== '"' && quote !== "'") throw new Malformed(`value of "${name}" is not quoted`, this.#at);
    const end = text.indexOf(quote, this.#at + 1);
    if (end < 0) throw new Malformed(`value of "${name}" does not end`, this.#at);
    const raw = text.slice(this.#at + 1, end);
    attributes[count] = name;
    attributes[count + 1] = NOT_PLAIN.test(raw) ? this.#attributeValue(raw, this.#at + 1, name) : raw.length <= SHORT ? this.#shared(raw) : raw;
    this.#at = end + 1;
  }

  /** Attribute-value normalisation of XML 1.0: white space becomes blanks first, references are decoded after. */
  #attributeValue(raw: string, offset: number, name: string): string {
    const lt = raw.indexOf('<');
    if (lt >= 0) throw new Malformed(`"<" in the value of "${name}"`, offset + lt);
    const flat = raw.replace(/\r\n|[\n\r\t]/g, ' ');
    return flat.includes('&') ? this.#decode(flat, offset) : flat;
  }

  #endTag(stack: Open[]): XmlElement {
    const start = this.#at;
    this.#at += 2;
    const name = this.#name('element name');
    this.#skipBlanks();
    if (this.#text.charCodeAt(this.#at) !== GT) throw new Malformed(`expected ">" after </${name}`, this.#at);
    this.#at++;
    const open = stack.pop()!;
    if (open.name !== name) throw new Malformed(`</${name}> closes <${open.name}>`, start);
    const children = this.#pending.length === open.mark ? EMPTY : meaningful(this.#pending.slice(open.mark));
    this.#pending.length = open.mark;
    const done = new XmlElement(name, open.attributes, children, open.offset);
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
    const raw = text.slice(start, end);
    const bad = raw.indexOf(']]>');
    if (bad >= 0) throw new Malformed('"]]>" in character data', start + bad);
    // White space that indents is dropped, unless it belongs to character data before or after it.
    const isApart = this.#lastText(open) === undefined && !text.startsWith('<![CDATA[', end);
    if (isApart && !/[^ \n\t\r]/.test(raw)) return;
    const lines = unixLines(raw);
    this.#addText(open, lines.includes('&') ? this.#decode(lines, start) : lines);
  }

  /** The text that the present character data would continue. */
  #lastText(open: Open): XmlText | undefined {
    const last = this.#pending.length > open.mark ? this.#pending[this.#pending.length - 1] : undefined;
    return last?.kind === 'text' ? last : undefined;
  }

  #addText(open: Open, text: string): void {
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

  #name(what: string): string {
    const text = this.#text;
    const start = this.#at;
    let at = start;
    // Names are ASCII nearly always; the whole rule of XML is asked where one is not, or begins with what may only follow.
    while (isNameCode(text.charCodeAt(at))) at++;
    if (at === start || text.charCodeAt(at) > 127 || !isNameStart(text.charCodeAt(start))) {
      NAME.lastIndex = start;
      if (!NAME.test(text)) throw new Malformed(`expected ${what}`, start);
      at = NAME.lastIndex;
    }
    this.#at = at;
    return this.#shared(text.slice(start, at));
  }

  /** One string for equal names and short values, which repeat a million times in a large CIB. */
  #shared(text: string): string {
    const known = this.#strings.get(text);
    if (known !== undefined) return known;
    if (this.#strings.size < MAX_SHARED) this.#strings.set(text, text);
    return text;
  }

  #decode(raw: string, offset: number): string {
    return raw.replace(/&(?:#x([0-9A-Fa-f]+);|#([0-9]+);|([A-Za-z]+);)?/g, (all, hexDigits, digits, entity, at) => {
      const decoded = entity !== undefined ? ENTITIES.get(entity) : decodeNumber(hexDigits, digits);
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
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

function isNameStart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code === 58;
}

function isNameCode(code: number): boolean {
  return isNameStart(code) || (code >= 45 && code <= 58 && code !== SLASH);
}

/** Line ends as XML 1.0 (2.11) wants them. */
function unixLines(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

/** Drops white space between elements; character data that says something is kept whole. */
function meaningful(children: XmlNode[]): readonly XmlNode[] {
  if (!children.some((child) => child.kind === 'text')) return children;
  return children.filter((child) => child.kind !== 'text' || /[^ \n\t\r]/.test(child.text));
}

function decodeNumber(hexDigits: string | undefined, digits: string | undefined): string | undefined {
  const code = hexDigits !== undefined ? parseInt(hexDigits, 16) : digits !== undefined ? parseInt(digits, 10) : NaN;
  const legal = code === 9 || code === 10 || code === 13 || (code >= 0x20 && code <= 0xd7ff) || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff);
  return legal ? String.fromCodePoint(code) : undefined;
}

function hex(character: string): string {
  return character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
}
