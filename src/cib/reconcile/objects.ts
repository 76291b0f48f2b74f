// SPDX-License-Identifier: GPL-2.0-or-later
/** A configuration as a list of objects: what two people can change without being in each other's way. */
import type { XmlElement } from '../xml/index.ts';

/** One object: a node, a top-level resource, a constraint, one option of a set ... */
export interface ConfigurationObject {
  /** Differs for every object of a configuration; equal for the same object in two of them. */
  readonly key: string;
  /** How a person calls it. */
  readonly name: string;
  readonly section: string;
  readonly element: XmlElement;
  /** For an option: the set it stands in. */
  readonly set: XmlElement | undefined;
}

/** Sections whose sets are taken apart into their options. */
const OPTION_SECTIONS = new Set(['crm_config', 'rsc_defaults', 'op_defaults']);

function* eachObject(cib: XmlElement): IterableIterator<ConfigurationObject> {
  for (const section of cib.first('configuration')?.elements() ?? []) {
    if (section.name === 'fencing-topology') {
      yield { key: 'fencing-topology', name: 'fencing_topology', section: section.name, element: section, set: undefined };
      continue;
    }
    for (const element of section.elements()) {
      if (OPTION_SECTIONS.has(section.name)) yield* options(section, element);
      else yield { key: `${section.name} ${element.name} ${element.id ?? ''}`, name: (section.name === 'nodes' ? element.get('uname') : undefined) ?? element.id ?? element.name, section: section.name, element, set: undefined };
    }
  }
}

/** A set with a rule or a reference is one object: its options mean nothing without it. */
function* options(section: XmlElement, set: XmlElement): IterableIterator<ConfigurationObject> {
  const pairs = set.elements('nvpair');
  if (pairs.length !== set.elements().length || set.has('id-ref')) {
    yield { key: `${section.name} set ${set.id ?? ''}`, name: set.id ?? set.name, section: section.name, element: set, set: undefined };
    return;
  }
  for (const pair of pairs) yield { key: `${section.name} ${set.id ?? ''} ${pair.get('name') ?? ''}`, name: `${pair.get('name') ?? ''} (${set.id ?? section.name})`, section: section.name, element: pair, set };
}

export function objectsByKey(cib: XmlElement): ReadonlyMap<string, ConfigurationObject> {
  const objects = new Map<string, ConfigurationObject>();
  for (const object of eachObject(cib)) objects.set(object.key, object);
  return objects;
}
