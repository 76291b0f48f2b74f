// SPDX-License-Identifier: GPL-2.0-or-later
/** Changes a whole tree from the leaves up, sharing everything that stays as it is. */
import type { XmlElement, XmlNode } from './element.ts';

/** What stands in place of an element: another node, several, or nothing. */
export type Replacement = XmlNode | readonly XmlNode[] | undefined;

/**
 * `change` is given each element below the root with its children already changed, and its ancestors as they were
 * (outermost first). The array of ancestors is reused between calls.
 */
export function rewrite(root: XmlElement, change: (element: XmlElement, ancestors: readonly XmlElement[]) => Replacement): XmlElement {
  const ancestors: XmlElement[] = [];
  const inside = (element: XmlElement): XmlElement => {
    ancestors.push(element);
    const changed = mapChildren(element, (child) => (child.kind === 'element' ? change(inside(child), ancestors) : child));
    ancestors.pop();
    return changed;
  };
  return inside(root);
}

/** The element with each child replaced; the same element when no child changed. */
export function mapChildren(element: XmlElement, change: (child: XmlNode) => Replacement): XmlElement {
  let changed: XmlNode[] | undefined;
  for (let i = 0; i < element.children.length; i++) {
    const child = element.children[i]!;
    const by = change(child);
    if (by === child) {
      changed?.push(child);
      continue;
    }
    changed ??= element.children.slice(0, i);
    if (by === undefined) continue;
    if ('kind' in by) changed.push(by);
    else changed.push(...by);
  }
  return changed === undefined ? element : element.withChildren(changed);
}
