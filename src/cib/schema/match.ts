// SPDX-License-Identifier: GPL-2.0-or-later
/** Compares one element with one alternative of its definition. */
import type { XmlElement } from '../xml/index.ts';
import type { FindingKind } from './finding.ts';
import type { Alternative, Particle } from './grammar.ts';

/** One way in which an element misses an alternative. */
export interface Mismatch {
  readonly kind: FindingKind;
  readonly attribute?: string;
  readonly child?: XmlElement;
  readonly message: string;
  readonly expected?: string;
  readonly repair?: string;
}

/** Whether an element fits; no messages, because most elements do and the question is asked a million times. */
export function fits(element: XmlElement, alternative: Alternative): boolean {
  return attributesFit(element, alternative) && contentFits(element, alternative);
}

function attributesFit(element: XmlElement, alternative: Alternative): boolean {
  const list = element.attributes;
  let missing = alternative.required.length;
  for (let i = 0; i < list.length; i += 2) {
    const attribute = alternative.attributes.get(list[i]!);
    if (attribute === undefined) {
      if (!isForeign(list[i]!)) return false;
    } else if (!attribute.type.accepts(list[i + 1]!)) return false;
    else if (attribute.isRequired) missing--;
  }
  return missing === 0;
}

/** Name space declarations say nothing about the element. */
function isForeign(name: string): boolean {
  return name === 'xmlns' || name.startsWith('xmlns:');
}

function contentFits(element: XmlElement, alternative: Alternative): boolean {
  if (element.children.length === 0) return alternative.mayBeEmpty;
  const counts = new Array<number>(alternative.particles.length).fill(0);
  let reached = 0;
  for (const child of element.children) {
    if (child.kind === 'text') return false;
    if (child.kind === 'comment') continue;
    const place = alternative.places.get(child.name);
    if (place === undefined || (alternative.isOrdered && place < reached)) return false;
    reached = place;
    counts[place]!++;
  }
  return alternative.particles.every((particle, i) => isAllowed(particle, counts[i]!));
}

function isAllowed(particle: Particle, count: number): boolean {
  const { cardinality } = particle;
  if (count === 0) return cardinality === '?' || cardinality === '*';
  return count === 1 || cardinality === '*' || cardinality === '+';
}

/** Everything in which an element misses an alternative. */
export function mismatches(element: XmlElement, alternative: Alternative): Mismatch[] {
  return [...attributeMismatches(element, alternative), ...contentMismatches(element, alternative)];
}

function attributeMismatches(element: XmlElement, alternative: Alternative): Mismatch[] {
  const found: Mismatch[] = [];
  for (const [name, value] of element.entries()) {
    const attribute = alternative.attributes.get(name);
    if (attribute === undefined) {
      if (!isForeign(name)) found.push(unknownAttribute(element, name, alternative));
    } else if (!attribute.type.accepts(value)) {
      const message = `"${value}" is no value for ${name} of <${element.name}>`;
      found.push({ kind: 'bad-value', attribute: name, message, expected: attribute.type.expected });
    }
  }
  for (const name of alternative.required) {
    if (element.has(name)) continue;
    const message = `<${element.name}> lacks the attribute ${name}`;
    const { expected } = alternative.attributes.get(name)!.type;
    found.push({ kind: 'missing-attribute', attribute: name, message, expected, repair: `add ${name}="..."` });
  }
  return found;
}

function unknownAttribute(element: XmlElement, name: string, alternative: Alternative): Mismatch {
  const allowed = [...alternative.attributes.keys()];
  const expected = allowed.length === 0 ? 'no attributes' : `one of ${allowed.join(', ')}`;
  return { kind: 'unknown-attribute', attribute: name, message: `<${element.name}> may not have the attribute ${name} here`, expected, repair: `remove ${name}` };
}

function contentMismatches(element: XmlElement, alternative: Alternative): Mismatch[] {
  const found: Mismatch[] = [];
  const counts = new Array<number>(alternative.particles.length).fill(0);
  let reached = 0;
  for (const child of element.children) {
    if (child.kind === 'comment') continue;
    if (child.kind === 'text') {
      found.push({ kind: 'text', message: `<${element.name}> holds text`, expected: 'no text', repair: 'remove the text' });
      continue;
    }
    const place = alternative.places.get(child.name);
    if (place === undefined) {
      found.push(unknownChild(element, child, alternative));
      continue;
    }
    if (alternative.isOrdered && place < reached) {
      const after = alternative.particles[reached]!.names.join(' or ');
      found.push({ kind: 'order', child, message: `<${child.name}> stands after <${after}> in <${element.name}>`, repair: `move <${child.name}> before <${after}>` });
    } else reached = place;
    counts[place]!++;
  }
  for (const [i, particle] of alternative.particles.entries()) {
    if (!isAllowed(particle, counts[i]!)) found.push(wrongCount(element, particle, counts[i]!));
  }
  return found;
}

function unknownChild(element: XmlElement, child: XmlElement, alternative: Alternative): Mismatch {
  const allowed = [...alternative.places.keys()];
  const expected = allowed.length === 0 ? 'no children' : `one of ${allowed.map((name) => `<${name}>`).join(', ')}`;
  return { kind: 'unknown-element', child, message: `<${child.name}> may not stand in <${element.name}>`, expected, repair: `remove <${child.name}> or move it where it belongs` };
}

function wrongCount(element: XmlElement, particle: Particle, count: number): Mismatch {
  const names = particle.names.map((name) => `<${name}>`).join(' or ');
  if (count === 0) return { kind: 'missing-child', message: `<${element.name}> lacks ${names}`, expected: names, repair: `add ${names}` };
  return { kind: 'too-many', message: `<${element.name}> has ${count} of ${names}`, expected: `one ${names}`, repair: `keep one ${names}` };
}
