// SPDX-License-Identifier: GPL-2.0-or-later
/** XPath over a CIB: simple paths directly, everything else through the library, which is loaded when first needed. */
import type { Location, XmlElement } from '../xml/index.ts';
import type { DomNode } from './dom.ts';
import { parseSimplePaths, type SimplePath } from './path.ts';
import { walkPath } from './walk.ts';

/** Elements an expression selects, in document order; undefined when it is no XPath. */
export type XPathSelection = readonly Location[] | undefined;

type Library = (root: XmlElement, expression: string) => XPathSelection;

let library: Library | undefined;

/** An expression needs the library, and nobody loaded it. */
export class XPathUnavailable extends Error {}

/** Whether an expression can be answered without the library. */
export function isSimpleXPath(expression: string): boolean {
  return parseSimplePaths(expression) !== undefined;
}

/** Makes the whole of XPath available to `selectXPath`. A program that takes expressions from users calls it once before. */
export async function loadXPath(): Promise<void> {
  if (library !== undefined) return;
  const [{ evaluateXPathToNodes }, { documentView, DOM_FACADE }] = await Promise.all([import('fontoxpath'), import('./dom.ts')]);
  library = (root, expression) => {
    try {
      // The library's declared node types ask for the whole DOM; it only uses what the facade and DomNode offer.
      const nodes = evaluateXPathToNodes(expression, documentView(root), DOM_FACADE as never) as unknown as DomNode[];
      return nodes.map((node) => node.location ?? [root]);
    } catch {
      return undefined;
    }
  };
}

/** Locations of the selected elements; an attribute selects its element. */
export function selectXPath(root: XmlElement, expression: string): XPathSelection {
  const paths = parseSimplePaths(expression);
  if (paths === undefined) {
    if (library === undefined) throw new XPathUnavailable(`XPath "${expression}" asked before loadXPath()`);
    return library(root, expression);
  }
  if (paths.length === 1 && isInOrder(paths[0]!)) return walkPath(root, paths[0]!);
  return inDocumentOrder(root, paths.flatMap((path) => walkPath(root, path)));
}

/** Whether a walk meets what a path selects in document order: not when it goes on from elements that lie in one another. */
function isInOrder({ steps }: SimplePath): boolean {
  return steps.every((step, at) => !step.isDeep || at === steps.length - 1);
}

/** Sorts locations of several paths, each once. */
function inDocumentOrder(root: XmlElement, found: readonly Location[]): Location[] {
  if (found.length < 2) return [...found];
  const wanted = new Map(found.map((location) => [location[location.length - 1]!, location]));
  const sorted: Location[] = [];
  for (const here of root.descendants()) {
    const location = wanted.get(here);
    if (location !== undefined) sorted.push(location);
  }
  return sorted;
}
