// SPDX-License-Identifier: GPL-2.0-or-later
/** How much of an element the text must carry. */
import type { XmlElement } from '../xml/index.ts';

export interface DecompileContext {
  /**
   * `shown`: ids that the language makes by itself are left out, and attributes that only spell out a default; both come
   * back when the text replaces the object it was made from. `whole`: the text alone gives the element, ids included.
   */
  readonly detail: 'shown' | 'whole';
  /** Whether something refers to an id; such an id is shown when it is not the one the language would make. */
  isReferenced(id: string): boolean;
  /** The id the language would make for a part, in `whole` detail. */
  expectedId(part: XmlElement): string | undefined;
  readonly nodeNames: readonly string[];
  /** Schemas of series 1 give every node a type. */
  readonly needsNodeType: boolean;
}

/** Thrown inside and caught at the door: the language has no words for this element, it is printed as XML. */
export class Inexpressible extends Error {}

export function inexpressible(why: string): never {
  throw new Inexpressible(why);
}

/** Refuses attributes that the text would lose. */
export function onlyAttributes(element: XmlElement, names: readonly string[]): void {
  const list = element.attributes;
  for (let i = 0; i < list.length; i += 2) if (!names.includes(list[i]!)) inexpressible(`${element.name} has ${list[i]}`);
}

/** Child elements; comments and text among them cannot be said in text. */
export function elementsOf(element: XmlElement): readonly XmlElement[] {
  const children = element.children;
  for (const child of children) if (child.kind !== 'element') inexpressible(`${child.kind} inside ${element.name}`);
  return children as readonly XmlElement[];
}

/** The id to show for a part, if any. */
export function shownId(part: XmlElement, context: DecompileContext): string | undefined {
  const { id } = part;
  if (id === undefined) return undefined;
  const isDue = context.detail === 'whole' || context.isReferenced(id);
  return isDue && context.expectedId(part) !== id ? id : undefined;
}
