// SPDX-License-Identifier: GPL-2.0-or-later
/** The frame of a CIB: an empty one, and where its sections are. */
import { NEWEST_SCHEMA, schemaName, type SchemaVersion } from './schema/index.ts';
import { element, type Location, type XmlElement } from './xml/index.ts';

/** Feature set of the Pacemaker release whose behaviour is ours. */
export const FEATURE_SET = '3.20.5';

const SECTIONS: ReadonlySet<string> = new Set([
  'crm_config', 'nodes', 'resources', 'constraints', 'fencing-topology', 'op_defaults', 'rsc_defaults', 'acls', 'tags', 'alerts',
]);

/** A CIB without content. */
export function emptyCib(options: { readonly schema?: SchemaVersion; readonly featureSet?: string } = {}): XmlElement {
  const root = {
    crm_feature_set: options.featureSet ?? FEATURE_SET,
    'validate-with': schemaName(options.schema ?? NEWEST_SCHEMA),
    admin_epoch: '0',
    epoch: '1',
    num_updates: '0',
  };
  return element('cib', root, emptyContent());
}

/** `configuration` and `status` of a CIB without content. */
export function emptyContent(): XmlElement[] {
  const sections = ['crm_config', 'nodes', 'resources', 'constraints'].map((name) => element(name));
  return [element('configuration', {}, sections), element('status')];
}

/** Names of the elements from the root to a section; undefined when there is no such section. */
function sectionPath(section: string): readonly string[] | undefined {
  if (section === 'cib') return ['cib'];
  if (section === 'configuration' || section === 'status') return ['cib', section];
  return SECTIONS.has(section) ? ['cib', 'configuration', section] : undefined;
}

/** Whether a document of some schema may have such a section. */
export function isSection(name: string): boolean {
  return sectionPath(name) !== undefined;
}

/** Where a section is in a document; undefined when it is not there or not known. */
export function findSection(root: XmlElement, section: string): Location | undefined {
  const path = sectionPath(section);
  if (path === undefined || root.name !== path[0]) return undefined;
  const chain: [XmlElement, ...XmlElement[]] = [root];
  for (const name of path.slice(1)) {
    const child = chain[chain.length - 1]!.first(name);
    if (child === undefined) return undefined;
    chain.push(child);
  }
  return chain;
}
