// SPDX-License-Identifier: GPL-2.0-or-later
/** Fencing levels: which devices have to fence a node together, and what is tried when they fail. */
import type { XmlElement } from '../../cib/index.ts';

export interface FencingLevel {
  readonly index: number;
  readonly devices: readonly string[];
}

/** Levels of a target in the order in which they are tried; empty when no level names it. */
export function levelsFor(cib: XmlElement, target: string, attributeOf: (name: string) => string | undefined): FencingLevel[] {
  const found: FencingLevel[] = [];
  for (const level of cib.at('configuration', 'fencing-topology')?.elements('fencing-level') ?? []) {
    if (!isMeant(level, target, attributeOf)) continue;
    const devices = (level.get('devices') ?? '').split(/[\s,]+/).filter((name) => name !== '');
    found.push({ index: Number(level.get('index') ?? '0'), devices });
  }
  return found.filter(({ index }) => index >= 1 && index <= 9).sort((a, b) => a.index - b.index);
}

function isMeant(level: XmlElement, target: string, attributeOf: (name: string) => string | undefined): boolean {
  const [node, pattern, attribute] = [level.get('target'), level.get('target-pattern'), level.get('target-attribute')];
  if (node !== undefined) return node.toLowerCase() === target.toLowerCase();
  if (pattern !== undefined) return matches(pattern, target);
  return attribute !== undefined && attributeOf(attribute) === level.get('target-value');
}

function matches(pattern: string, target: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`, 'i').test(target);
  } catch {
    // The schema does not check patterns; one that is none matches nothing.
    return false;
  }
}
