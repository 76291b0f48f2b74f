// SPDX-License-Identifier: GPL-2.0-or-later
/** Finds what simple paths select, in one walk of the document for each path. */
import type { Location, XmlElement, XmlNode } from '../xml/index.ts';
import type { PathStep, PathTest, SimplePath } from './path.ts';

/** Locations of the elements a path selects (of an attribute: the elements having it), each once, as the walk meets them. */
export function walkPath(root: XmlElement, path: SimplePath): Location[] {
  const found: Location[] = [];
  const seen = new Set<XmlElement>();
  const trail: XmlElement[] = [];
  const take = (): void => {
    const here = trail[trail.length - 1]!;
    if (seen.has(here) || (path.attribute !== undefined && !here.has(path.attribute))) return;
    seen.add(here);
    found.push(trail.slice() as [XmlElement, ...XmlElement[]]);
  };
  const descend = (candidates: readonly XmlNode[], at: number): void => {
    const step = path.steps[at]!;
    const positions = new Counter(step);
    for (const candidate of candidates) {
      if (candidate.kind !== 'element') continue;
      const isChosen = positions.admits(candidate);
      // Most elements of a document lead nowhere: leaves that are not chosen need no place on the trail.
      if (!isChosen && (!step.isDeep || candidate.children.length === 0)) continue;
      trail.push(candidate);
      if (isChosen) {
        if (at + 1 === path.steps.length) take();
        else descend(candidate.children, at + 1);
      }
      if (step.isDeep && candidate.children.length > 0) descend(candidate.children, at);
      trail.pop();
    }
  };
  descend([root], 0);
  return found;
}

/** Applies the predicates of a step to the children of one parent; positions count those that passed so far. */
class Counter {
  readonly #step: PathStep;
  #counts: number[] | undefined;

  constructor(step: PathStep) {
    this.#step = step;
  }

  admits(element: XmlElement): boolean {
    if (this.#step.name !== '*' && this.#step.name !== element.name) return false;
    const { predicates } = this.#step;
    if (predicates.length === 0) return true;
    const counts = (this.#counts ??= predicates.map(() => 0));
    return predicates.every((test, i) => passes(test, element, ++counts[i]!));
  }
}

function passes(test: PathTest, element: XmlElement, position: number): boolean {
  switch (test.kind) {
    case 'equals':
      return element.get(test.attribute) === test.value;
    case 'differs': {
      const value = element.get(test.attribute);
      return value !== undefined && value !== test.value;
    }
    case 'has':
      return element.has(test.attribute);
    case 'and':
      return test.tests.every((one) => passes(one, element, position));
    case 'or':
      return test.tests.some((one) => passes(one, element, position));
    case 'not':
      return !passes(test.test, element, position);
    case 'position':
      return position === test.at;
    case 'never':
      return false;
  }
}
