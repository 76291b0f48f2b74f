// SPDX-License-Identifier: GPL-2.0-or-later
/** Cluster options by name. */
import { clusterOptions, type OptionFact, type XmlElement } from '../../../cib/index.ts';

export function clusterOption(name: string): OptionFact | undefined {
  return clusterOptions().find((option) => option.name === name);
}

/** Options a user sets, sorted. */
export function clusterOptionNames(): string[] {
  return clusterOptions().filter((option) => option.isGenerated !== true).map((option) => option.name).sort();
}

/** The name itself, then others that mean the same option: it may be set under its old or its new name. */
function namesOf(name: string): readonly string[] {
  const present = clusterOption(name)?.aliasOf ?? name;
  const same = clusterOptions().filter((option) => option.name === present || option.aliasOf === present).map((option) => option.name);
  return [name, ...same.filter((other) => other !== name)];
}

/** The value that is set in one of the sets of properties; the first set that has it counts. */
export function setOption(sets: Iterable<XmlElement>, name: string): string | undefined {
  const pairs = [...sets].flatMap((set) => set.elements('nvpair'));
  for (const one of namesOf(name)) {
    const found = pairs.find((pair) => pair.get('name') === one);
    if (found !== undefined) return found.get('value');
  }
  return undefined;
}
