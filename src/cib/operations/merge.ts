// SPDX-License-Identifier: GPL-2.0-or-later
/** Merges an element into another: given attributes are set, children merged by name and id or added. */
import { addScores, clipScore, parseScore } from '../values/index.ts';
import type { XmlElement, XmlNode } from '../xml/index.ts';

export function mergeElement(target: XmlElement, update: XmlElement): XmlElement {
  let here = target;
  for (const [name, value] of update.entries()) here = here.with(name, incremented(name, value, target));
  const updates = update.elements();
  return updates.length === 0 ? here : mergeChildren(here, updates);
}

function mergeChildren(target: XmlElement, updates: readonly XmlElement[]): XmlElement {
  const children: XmlNode[] = target.children.slice();
  let isChanged = false;
  // Children are found through an index: a whole section may be merged in one request.
  const places = new Map<string, number>();
  for (const [at, child] of children.entries()) {
    if (child.kind !== 'element') continue;
    for (const key of child.id === undefined ? [child.name] : [`${child.name} ${child.id}`, child.name]) if (!places.has(key)) places.set(key, at);
  }
  for (const update of updates) {
    const at = places.get(update.id === undefined ? update.name : `${update.name} ${update.id}`);
    const present = at === undefined ? undefined : children[at];
    if (at === undefined || present?.kind !== 'element') {
      if (update.id !== undefined) places.set(`${update.name} ${update.id}`, children.length);
      children.push(update);
      isChanged = true;
      continue;
    }
    const merged = mergeElement(present, update);
    isChanged ||= merged !== present;
    children[at] = merged;
  }
  return isChanged ? target.withChildren(children) : target;
}

const INCREMENT = /^(?:\+\+|\+=(.*))$/;

/** `NAME++` and `NAME+=N` as a value of the attribute NAME count from its present value. */
function incremented(name: string, value: string, target: XmlElement): string {
  if (!value.startsWith(name)) return value;
  const match = INCREMENT.exec(value.slice(name.length));
  if (match === null) return value;
  const present = parseScore(target.get(name) ?? '') ?? 0;
  const by = match[1] === undefined ? 1 : (parseScore(match[1]) ?? 0);
  return String(clipScore(addScores(present, by)));
}
