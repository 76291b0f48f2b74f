// SPDX-License-Identifier: GPL-2.0-or-later
/** Whether two trees say the same. Shared parts are not looked into. */
import type { XmlElement, XmlNode } from './xml/index.ts';

/** Same names, children in the same order, and the same attributes in any order. */
export function sameXml(a: XmlNode | undefined, b: XmlNode | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined || a.kind !== b.kind) return false;
  if (a.kind !== 'element') return b.kind !== 'element' && a.text === b.text;
  if (b.kind !== 'element' || a.name !== b.name || a.children.length !== b.children.length || !sameAttributes(a, b)) return false;
  for (let i = 0; i < a.children.length; i++) if (!sameXml(a.children[i], b.children[i])) return false;
  return true;
}

export function sameAttributes(a: XmlElement, b: XmlElement): boolean {
  if (a.attributes === b.attributes) return true;
  if (a.attributes.length !== b.attributes.length) return false;
  for (const [name, value] of a.entries()) if (b.get(name) !== value) return false;
  return true;
}
