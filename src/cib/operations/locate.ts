// SPDX-License-Identifier: GPL-2.0-or-later
/** Finds the place in a document that a request means. */
import { findSection } from '../document.ts';
import type { CibTarget } from '../request.ts';
import { selectXPath } from '../select/index.ts';
import { findLocation, located, type Location, type XmlElement } from '../xml/index.ts';
import { Refused } from './refusal.ts';

/** Locations an XPath selects. */
export function selectTargets(root: XmlElement, xpath: string): readonly Location[] {
  return selectXPath(root, xpath) ?? [];
}

/** The section of a target, or the whole document. */
export function targetSection(root: XmlElement, target: CibTarget): Location {
  if (target.section === undefined) return [root];
  const found = findSection(root, target.section);
  if (found === undefined) throw new Refused('invalidArgument', [`there is no section "${target.section}"`]);
  return found;
}

/** The first element at or below a place with the name and id of another (no id only meets no id). */
export function findSame(from: Location, wanted: XmlElement): Location | undefined {
  const { id } = wanted;
  return findLocation(from, (here) => here.name === wanted.name && here.id === id);
}

/** The first element below a place with the name of another and every attribute that one has. */
export function findMatching(from: Location, wanted: XmlElement): Location | undefined {
  const top = located(from);
  return findLocation(from, (here) => here !== top && matches(here, wanted));
}

export function matches(here: XmlElement, wanted: XmlElement): boolean {
  if (here.name !== wanted.name) return false;
  for (const [name, value] of wanted.entries()) if (here.get(name) !== value) return false;
  return true;
}
