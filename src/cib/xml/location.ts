// SPDX-License-Identifier: GPL-2.0-or-later
/** An element together with the way to it, so that an immutable tree can be changed at that place. */
import type { XmlElement, XmlNode } from './element.ts';

/** The elements from the root (first) to the one meant (last). */
export type Location = readonly [XmlElement, ...XmlElement[]];

export function located(location: Location): XmlElement {
  return location[location.length - 1]!;
}

/** The root after the located element was replaced, removed (undefined) or exchanged for several nodes. */
export function replaceAt(location: Location, by: XmlElement): XmlElement;
export function replaceAt(location: Location, by: XmlNode | readonly XmlNode[] | undefined): XmlElement | undefined;
export function replaceAt(location: Location, by: XmlNode | readonly XmlNode[] | undefined): XmlElement | undefined {
  if (location.length === 1) return by !== undefined && 'kind' in by && by.kind === 'element' ? by : undefined;
  const list: readonly XmlNode[] = by === undefined ? [] : 'kind' in by ? [by] : by;
  let parent = location[location.length - 2]!;
  const at = parent.children.indexOf(located(location));
  if (at < 0) throw new Error(`defect: <${located(location).name}> is not in <${parent.name}>`);
  let changed = parent.withChildren([...parent.children.slice(0, at), ...list, ...parent.children.slice(at + 1)]);
  for (let depth = location.length - 2; depth > 0; depth--) {
    const above = location[depth - 1]!;
    changed = above.replaceChild(parent, changed);
    parent = above;
  }
  return changed;
}

/** Depth-first search below an element (itself included), in document order. */
export function findLocation(from: Location, matches: (element: XmlElement) => boolean): Location | undefined {
  const trail: [XmlElement, ...XmlElement[]] = [...from];
  const search = (here: XmlElement): boolean => {
    if (matches(here)) return true;
    for (const child of here.children) {
      if (child.kind !== 'element') continue;
      trail.push(child);
      if (search(child)) return true;
      trail.pop();
    }
    return false;
  };
  return search(located(from)) ? trail : undefined;
}
