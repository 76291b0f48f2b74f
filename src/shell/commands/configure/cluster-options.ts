// SPDX-License-Identifier: GPL-2.0-or-later
/** Cluster options by name. */
import { clusterOptions, type OptionFact } from '../../../cib/index.ts';

export function clusterOption(name: string): OptionFact | undefined {
  return clusterOptions().find((option) => option.name === name);
}

/** Options a user sets, sorted. */
export function clusterOptionNames(): string[] {
  return clusterOptions().filter((option) => option.isGenerated !== true).map((option) => option.name).sort();
}
