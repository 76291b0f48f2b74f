// SPDX-License-Identifier: GPL-2.0-or-later
/** Reads the XML an agent prints for `meta-data` (OCF, fence agents) or for its parameters only (cluster-glue plug-ins). */
import { plugInActions } from './builtin-metadata.ts';
import type { AgentAction, AgentMetadata, AgentParameter } from './metadata.ts';
import { readForeignXml, type ForeignElement } from './xml-door.ts';

/** Undefined when the text is no meta-data. Text before the first `<` (an agent's chatter) is passed over. */
export function parseMetadata(text: string): AgentMetadata | undefined {
  const start = text.indexOf('<');
  const root = start < 0 ? undefined : readForeignXml(text.slice(start));
  if (root === undefined || (root.name !== 'resource-agent' && root.name !== 'parameters')) return undefined;
  const parameters = root.name === 'parameters' ? root : child(root, 'parameters');
  return {
    name: root.attributes.get('name') ?? '',
    version: root.attributes.get('version') ?? (child(root, 'version')?.text.trim() ?? ''),
    shortDescription: description(root, 'shortdesc') || (root.attributes.get('shortdesc') ?? ''),
    longDescription: description(root, 'longdesc'),
    parameters: (parameters?.children ?? []).filter(named('parameter')).map(readParameter),
    actions: root.name === 'parameters' ? plugInActions() : (child(root, 'actions')?.children ?? []).filter(named('action')).map(readAction),
    isPartial: false,
  };
}

function readParameter(element: ForeignElement): AgentParameter {
  const name = element.attributes.get('name') ?? '';
  const content = child(element, 'content');
  const isUnique = isYes(element.attributes.get('unique'));
  return {
    name,
    isRequired: isYes(element.attributes.get('required')),
    uniqueGroup: element.attributes.get('unique-group') ?? (isUnique ? name : undefined),
    isReloadable: isYes(element.attributes.get('reloadable')),
    isDeprecated: isYes(element.attributes.get('deprecated')) || child(element, 'deprecated') !== undefined,
    obsoletes: (element.attributes.get('obsoletes') ?? '').split(/[\s,]+/).filter((word) => word !== ''),
    type: content?.attributes.get('type') ?? 'string',
    initial: content?.attributes.get('default'),
    options: (content?.children ?? []).filter(named('option')).map((option) => option.attributes.get('value') ?? ''),
    shortDescription: description(element, 'shortdesc'),
    longDescription: description(element, 'longdesc'),
  };
}

function readAction(element: ForeignElement): AgentAction {
  const { attributes } = element;
  return {
    name: attributes.get('name') ?? '',
    timeout: attributes.get('timeout'),
    interval: attributes.get('interval'),
    role: attributes.get('role'),
    depth: attributes.get('depth'),
    startDelay: attributes.get('start-delay'),
    isAutomatic: isYes(attributes.get('automatic')),
    attributes: [...attributes].filter(([name]) => name !== 'name'),
  };
}

/** English text when several languages are given. */
function description(element: ForeignElement, name: string): string {
  const all = element.children.filter(named(name));
  const english = all.find((one) => (one.attributes.get('lang') ?? 'en').startsWith('en'));
  return (english ?? all[0])?.text.trim() ?? '';
}

function child(element: ForeignElement, name: string): ForeignElement | undefined {
  return element.children.find((one) => one.name === name);
}

function named(name: string): (element: ForeignElement) => boolean {
  return (element) => element.name === name;
}

function isYes(word: string | undefined): boolean {
  return word === '1' || word === 'true' || word === 'yes';
}
