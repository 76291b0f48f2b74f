// SPDX-License-Identifier: GPL-2.0-or-later
/** Writes an element tree so that a strict reader gets back exactly the tree that was written. */
import { FORBIDDEN } from './characters.ts';
import type { XmlElement, XmlNode } from './element.ts';

export interface WriteOptions {
  /** Blanks per level; undefined writes everything on one line without white space between elements. */
  readonly indent?: number;
  /** Level the root starts at. */
  readonly level?: number;
}

/** XML text of an element; with `indent`, every element stands on its own line and the text ends with a newline. */
export function writeXml(root: XmlNode, options: WriteOptions = {}): string {
  const writer = new Writer(options.indent);
  writer.node(root, options.level ?? 0);
  return writer.whole();
}

/**
 * Escapes an attribute value. Control characters are written as character references, because a reader turns raw
 * newlines and tabs into blanks (XML 1.0, section 3.3.3); those that XML does not know as three octal digits.
 */
export function escapeAttribute(value: string): string {
  return NEEDS_ESCAPE.test(value) ? value.replace(ESCAPES, escapeCharacter) : value;
}

export function escapeText(value: string): string {
  return value.replace(TEXT_ESCAPES, escapeCharacter);
}

// oxlint-disable-next-line no-control-regex
const NEEDS_ESCAPE = /[&<>"\u0000-\u001F\uFFFE\uFFFF]/;
const ESCAPES = new RegExp(NEEDS_ESCAPE, 'g');
const TEXT_ESCAPES = new RegExp(`[&<>\\r]|${FORBIDDEN.source}`, 'g');

function escapeCharacter(character: string): string {
  switch (character) {
    case '&':
      return '&amp;';
    case '<':
      return '&lt;';
    case '>':
      return '&gt;';
    case '"':
      return '&quot;';
    case '\n':
    case '\t':
    case '\r':
      return `&#${character.charCodeAt(0)};`;
    default:
      return octal(character);
  }
}

/** XML has no way to say these characters: no reader would take the document any more. As Pacemaker 2.1 stores them: `\001`. */
function octal(character: string): string {
  return [...new TextEncoder().encode(character)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}

/** Characters after which the written text is put together, so that the collector need not carry its pieces along. */
const PART_LENGTH = 16_384;

class Writer {
  /** One growing string: the engine keeps it as a rope, which is quicker than a list of a million pieces. */
  text = '';
  readonly #parts: string[] = [];
  readonly #indent: number | undefined;
  readonly #margins: string[] = [];

  constructor(indent: number | undefined) {
    this.#indent = indent;
  }

  whole(): string {
    return this.#parts.length === 0 ? this.text : this.#parts.join('') + this.text;
  }

  node(node: XmlNode, level: number, isTight = this.#indent === undefined): void {
    if (node.kind === 'text') {
      this.text += escapeText(node.text);
      return;
    }
    if (!isTight) this.text += this.#margin(level);
    if (node.kind === 'comment') this.text += `<!--${node.text}-->`;
    else this.#element(node, level, isTight);
    if (!isTight) this.text += '\n';
    if (this.text.length > PART_LENGTH) this.#putAway();
  }

  #putAway(): void {
    // Asking for a character makes the engine put a rope together.
    this.text.charCodeAt(0);
    this.#parts.push(this.text);
    this.text = '';
  }

  #element(here: XmlElement, level: number, isTight: boolean): void {
    let tag = `<${here.name}`;
    const list = here.attributes;
    for (let i = 0; i < list.length; i += 2) {
      const value = list[i + 1]!;
      tag += ` ${list[i]}="${NEEDS_ESCAPE.test(value) ? value.replace(ESCAPES, escapeCharacter) : value}"`;
    }
    const { children } = here;
    if (children.length === 0) {
      this.text += `${tag}/>`;
      return;
    }
    this.text += `${tag}>`;
    // White space around character data would become part of it, so mixed content is written tight.
    const isInsideTight = isTight || hasText(children);
    if (!isInsideTight) this.text += '\n';
    for (const child of children) this.node(child, level + 1, isInsideTight);
    this.text += isInsideTight ? `</${here.name}>` : `${this.#margin(level)}</${here.name}>`;
  }

  #margin(level: number): string {
    return (this.#margins[level] ??= ' '.repeat((this.#indent ?? 0) * level));
  }
}

function hasText(children: readonly XmlNode[]): boolean {
  for (const child of children) if (child.kind === 'text') return true;
  return false;
}
