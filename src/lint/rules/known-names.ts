// SPDX-License-Identifier: GPL-2.0-or-later
/** Names of cluster options, meta-attributes and fencing parameters, with what they take. The tables are the schema's. */
import { cloneMetaOptions, clusterOptions, fencingOptions, operationOptions, resourceMetaOptions, type OptionFact } from '../../cib/index.ts';

function byName(options: readonly OptionFact[]): ReadonlyMap<string, OptionFact> {
  return new Map(options.map((option) => [option.name, option]));
}

let tables: { meta: ReadonlyMap<string, OptionFact>; cluster: ReadonlyMap<string, OptionFact>; operation: ReadonlyMap<string, OptionFact>; fencing: ReadonlyMap<string, OptionFact> } | undefined;

function all(): NonNullable<typeof tables> {
  tables ??= { meta: byName([...resourceMetaOptions(), ...cloneMetaOptions()]), cluster: byName(clusterOptions()), operation: byName(operationOptions()), fencing: byName(fencingOptions()) };
  return tables;
}

export function metaOption(name: string): OptionFact | undefined {
  return all().meta.get(name);
}

export function metaNames(): readonly string[] {
  return [...all().meta.keys()];
}

export function isKnownMeta(name: string): boolean {
  return all().meta.has(name);
}

export function clusterOption(name: string): OptionFact | undefined {
  return all().cluster.get(name);
}

export function clusterOptionNames(): readonly string[] {
  return [...all().cluster.keys()];
}

export function operationOption(name: string): OptionFact | undefined {
  return all().operation.get(name);
}

/** Parameters that the fencer reads itself, whatever the agent says. */
export function isFenceMeta(name: string): boolean {
  return all().fencing.has(name) || /^pcmk_\w+_(?:action|timeout|retries)$/.test(name);
}
