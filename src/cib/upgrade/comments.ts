// SPDX-License-Identifier: GPL-2.0-or-later
/** Comments belong to the pair they stand in front of and move with it. */
import type { XmlElement, XmlNode } from '../xml/index.ts';

/** A pair of a set after the comments in front of it. */
export function withComments(set: XmlElement, pair: XmlElement): XmlNode[] {
  const end = set.children.indexOf(pair);
  let start = end;
  while (start > 0 && set.children[start - 1]!.kind === 'comment') start--;
  return set.children.slice(start, end + 1);
}
