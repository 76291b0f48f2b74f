// SPDX-License-Identifier: GPL-2.0-or-later
/** Writes an element tree so that a strict reader gets back exactly the tree that was written. */
import type { XmlElement, XmlNode } from './element.ts';

export interface WriteOptions {
  /** Blanks per level; undefined writes everything on one line without white space between elements. */
  readonly indent?: number;
  /** Level the root starts at. */
  readonly level?: number;
}

/** XML text of an element; with `indent`, every element stands on its own line and the text ends with a newline. */
export function writeXml(root: XmlNode, options: WriteOptions = {}): string {
  const out: string[] = [];
  writeNode(root, out, options.indent, options.level ?? 0);
  return out.join('');
}

/**
 * Escapes an attribute value. Control characters are written as character references, because a reader turns raw
 * newlines and tabs into blanks (XML 1.0, section 3.3.3).
 */
export function escapeAttribute(value: string): string {
  return NEEDS_ESCAPE.test(value) ? value.replace(ESCAPES, escapeCharacter) : value;
}

export function escapeText(value: string): string {
  return value.replace(/[&<>\r]/g, escapeCharacter);
}

const NEEDS_ESCAPE = /[&<>"\n\t\r]/;
const ESCAPES = /[&<>"\n\t\r]/g;

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
    default:
      return `&#${character.charCodeAt(0)};`;
  }
}

function writeNode(node: XmlNode, out: string[], indent: number | undefined, level: number): void {
  const margin = indent === undefined ? '' : ' '.repeat(indent * level);
  const end = indent === undefined ? '' : '\n';
  if (node.kind === 'comment') {
    out.push(margin, '<!--', node.text, '-->', end);
    return;
  }
  if (node.kind === 'text') {
    out.push(escapeText(node.text));
    return;
  }
  out.push(margin);
  writeElement(node, out, indent, level);
  out.push(end);
}

function writeElement(node: XmlElement, out: string[], indent: number | undefined, level: number): void {
  out.push('<', node.name);
  const list = node.attributes;
  for (let i = 0; i < list.length; i += 2) out.push(' ', list[i]!, '="', escapeAttribute(list[i + 1]!), '"');
  if (node.children.length === 0) {
    out.push('/>');
    return;
  }
  out.push('>');
  // White space around character data would become part of it, so mixed content is written tight.
  const inner = node.children.some((child) => child.kind === 'text') ? undefined : indent;
  if (inner !== undefined) out.push('\n');
  for (const child of node.children) writeNode(child, out, inner, level + 1);
  if (inner !== undefined) out.push(' '.repeat(inner * level));
  out.push('</', node.name, '>');
}
