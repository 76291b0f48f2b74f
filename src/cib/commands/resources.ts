// SPDX-License-Identifier: GPL-2.0-or-later
/** Finds resources in a CIB together with the containers they stand in. */
import type { XmlElement } from '../xml/index.ts';

const CONTAINERS = new Set(['group', 'clone', 'master', 'bundle']);
const RESOURCES = new Set([...CONTAINERS, 'primitive']);

export interface ResourcePlace {
  readonly element: XmlElement;
  /** Containers around it, outermost first. */
  readonly containers: readonly XmlElement[];
}

/** Every resource in document order, containers before their members. */
export function* eachResource(cib: XmlElement): IterableIterator<ResourcePlace> {
  const section = cib.at('configuration', 'resources');
  if (section !== undefined) yield* below(section, []);
}

function* below(parent: XmlElement, containers: readonly XmlElement[]): IterableIterator<ResourcePlace> {
  for (const element of parent.elements()) {
    if (!RESOURCES.has(element.name)) continue;
    yield { element, containers };
    if (CONTAINERS.has(element.name)) yield* below(element, [...containers, element]);
  }
}

export function findResource(cib: XmlElement, id: string): ResourcePlace | undefined {
  for (const place of eachResource(cib)) if (place.element.id === id) return place;
  return undefined;
}

/** Direct members of a container. */
export function membersOf(element: XmlElement): readonly XmlElement[] {
  return element.elements().filter((child) => RESOURCES.has(child.name));
}

export function isContainer(element: XmlElement): boolean {
  return CONTAINERS.has(element.name);
}

/** A `master`, or a clone whose meta attributes say promotable. */
export function isPromotableClone(element: XmlElement): boolean {
  if (element.name === 'master') return true;
  return element.name === 'clone' && element.elements('meta_attributes').some((set) => set.elements('nvpair').some((pair) => pair.get('name') === 'promotable' && /^(true|yes|on|y|1)$/i.test(pair.get('value') ?? '')));
}
