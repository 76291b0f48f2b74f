// SPDX-License-Identifier: GPL-2.0-or-later
/** Shows a document with what a user may do with each part: as text with marks, with colours, or with name spaces. */
import { element, writeXml, type XmlElement } from '../xml/index.ts';
import { accessApplies, markAccess, permissionsOf, type Access, type AccessUser } from './permissions.ts';

export type AccessStyle = 'text' | 'color' | 'namespace';

const WORDS: Readonly<Record<Access, string>> = { write: 'WRITABLE', read: 'READABLE', deny: '~DENIED~' };
const COLORS: Readonly<Record<Access, string>> = { write: '\u001b[32m', read: '\u001b[34m', deny: '\u001b[31m' };
const RESET = '\u001b[0m';
const PREFIXES: Readonly<Record<Access, string>> = { write: 'pcmk-access-writable', read: 'pcmk-access-readable', deny: 'pcmk-access-denied' };
const SPACES = ['writable', 'readable', 'denied'] as const;

/** The text of a document for one user, one level of indentation per element. */
export function renderAccess(root: XmlElement, user: AccessUser, style: AccessStyle): string {
  const isLimited = accessApplies(root, user.name);
  const marks = isLimited ? markAccess(root, permissionsOf(root, user)) : new Map<XmlElement, Access>([[root, 'write']]);
  const head = `<!-- ACLs as evaluated for user ${user.name} -->\n`;
  switch (style) {
    case 'namespace':
      return head + writeXml(withSpaces(withPrefixes(root, undefined, marks)), { indent: 2 });
    case 'color':
      return head + colored(root, 'deny', marks, 0);
    case 'text':
      return head + marked(root, undefined, marks, 0);
  }
}

/** The access that holds for an element, and whether it differs from the one around. */
function accessOf(here: XmlElement, inherited: Access | undefined, marks: ReadonlyMap<XmlElement, Access>): Access {
  return marks.get(here) ?? inherited ?? 'deny';
}

function withPrefixes(here: XmlElement, inherited: Access | undefined, marks: ReadonlyMap<XmlElement, Access>): XmlElement {
  const access = accessOf(here, inherited, marks);
  const named = access === inherited ? here : here.withName(`${PREFIXES[access]}:${here.name}`);
  return named.withChildren(here.children.map((child) => (child.kind === 'element' ? withPrefixes(child, access, marks) : child)));
}

function withSpaces(root: XmlElement): XmlElement {
  const declarations = SPACES.map((word): [string, string] => [`xmlns:pcmk-access-${word}`, `http://clusterlabs.org/ns/pacemaker/access/${word}`]);
  return element(root.name, [...root.entries(), ...declarations], root.children);
}

function colored(here: XmlElement, inherited: Access, marks: ReadonlyMap<XmlElement, Access>, level: number): string {
  const access = accessOf(here, inherited, marks);
  const margin = '  '.repeat(level);
  const color = COLORS[access];
  const tag = writeXml(here.withChildren([]));
  if (here.children.length === 0) return `${margin}${color}${tag}${RESET}\n`;
  const inside = here.children.map((child) => (child.kind === 'element' ? colored(child, access, marks, level + 1) : writeXml(child, { indent: 2, level: level + 1 })));
  return `${margin}${color}${tag.replace(/\/>$/, '>')}\n${inside.join('')}${margin}${color}</${here.name}>${RESET}\n`;
}

/** Where the access changes, a line says so before and, after the end of the element, what holds again. */
function marked(here: XmlElement, inherited: Access | undefined, marks: ReadonlyMap<XmlElement, Access>, level: number): string {
  const access = accessOf(here, inherited, marks);
  const margin = '  '.repeat(level);
  const tag = writeXml(here.withChildren([]));
  const inside = here.children.map((child) => (child.kind === 'element' ? marked(child, access, marks, level + 1) : writeXml(child, { indent: 2, level: level + 1 })));
  const body = inside.length === 0 ? `${margin}${tag}\n` : `${margin}${tag.replace(/\/>$/, '>')}\n${inside.join('')}${margin}</${here.name}>\n`;
  if (access === inherited) return body;
  const before = level === 0 ? '' : '\n';
  const after = inherited === undefined ? '' : `\n${margin}vvv---[ ${WORDS[inherited]} ]---vvv\n`;
  return `${before}${margin}vvv---[ ${WORDS[access]} ]---vvv\n${body}${after}`;
}
