// SPDX-License-Identifier: GPL-2.0-or-later
/** 3.10 to 4.0, nodes and resources: ping nodes, promotable clones, containers, and resources whose kind is gone. */
import { element, mapChildren, rewrite, type XmlElement, type XmlNode } from '../xml/index.ts';
import type { Notes } from './note.ts';
import { MADE, markCopy } from './references.ts';

/** Ping nodes become members on which nothing may run. */
export function upgradePingNodes(root: XmlElement): XmlElement {
  return mapChildren(root, (configuration) => {
    if (configuration.kind !== 'element' || configuration.name !== 'configuration') return configuration;
    const bans = (configuration.first('nodes')?.elements('node') ?? []).filter(isPing).map((node) => banOf(node.get('uname') ?? ''));
    if (bans.length === 0) return configuration;
    return mapChildren(configuration, (section) => {
      if (section.kind !== 'element') return section;
      if (section.name === 'constraints') return section.append(...bans);
      if (section.name !== 'nodes') return section;
      return mapChildren(section, (node) => (node.kind === 'element' && isPing(node) ? node.with('type', 'member') : node));
    });
  });
}

function isPing(node: XmlElement): boolean {
  return node.get('type') === 'ping';
}

function banOf(node: string): XmlElement {
  return element('rsc_location', { id: `${MADE}ping-node-ban-${node}`, 'rsc-pattern': '.*', node, score: '-INFINITY', 'resource-discovery': 'never' });
}

/** `master` becomes a promotable clone, `masters` of containers `promoted-max`. */
export function upgradePromotables(root: XmlElement): XmlElement {
  return rewrite(root, (here, ancestors) => {
    const parent = ancestors[ancestors.length - 1]!.name;
    if (here.name === 'master' && parent === 'resources') return promotableClone(here);
    if ((here.name === 'docker' || here.name === 'podman') && parent === 'bundle') return renameMasters(here);
    return here;
  });
}

function promotableClone(master: XmlElement): XmlElement {
  const id = `${MADE}promotable-legacy-${master.id}-meta_attributes`;
  const set = markCopy(element('meta_attributes', { id, score: 'INFINITY' }, [element('nvpair', { id: `${id}-promotable`, name: 'promotable', value: 'true' })]));
  return master.withName('clone').withChildren([set, ...master.children]);
}

function renameMasters(container: XmlElement): XmlElement {
  if (!container.has('masters')) return container;
  const attributes = [...container.entries()].map(([name, value]): [string, string] => [name === 'masters' ? 'promoted-max' : name, value]);
  return element(container.name, attributes, container.children);
}

const CONSTRAINED = ['rsc', 'with-rsc', 'first', 'then'] as const;

/** Resources of removed kinds go, with the constraints that name them. */
export function dropRemovedResources(root: XmlElement, notes: Notes): XmlElement {
  const dropped = new Set<string>();
  return mapChildren(root, (configuration) => {
    if (configuration.kind !== 'element' || configuration.name !== 'configuration') return configuration;
    const templates = removedTemplates(configuration, notes, dropped);
    const kept = mapChildren(configuration, (section) =>
      section.kind === 'element' && section.name === 'resources' ? mapChildren(section, (child) => keep(child, templates, dropped, notes)) : section,
    );
    if (dropped.size === 0) return kept;
    return mapChildren(kept, (section) =>
      section.kind === 'element' && section.name === 'constraints' ? mapChildren(section, (child) => withoutDropped(child, dropped)) : section,
    );
  });
}

function isRemovedClass(resource: XmlElement): boolean {
  const kind = resource.get('class');
  return kind === 'nagios' || kind === 'upstart';
}

function removedTemplates(configuration: XmlElement, notes: Notes, dropped: Set<string>): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const template of configuration.first('resources')?.elements('template') ?? []) {
    if (!isRemovedClass(template)) continue;
    const id = template.id ?? '';
    found.set(id, template.get('class')!);
    dropped.add(id);
    notes.push({ level: 'warning', id, message: `Dropping template ${id} because ${template.get('class')} resources are no longer supported` });
  }
  return found;
}

/** What is left of a resource; undefined when it goes. */
function keep(resource: XmlNode, templates: ReadonlyMap<string, string>, dropped: Set<string>, notes: Notes): XmlNode | undefined {
  if (resource.kind !== 'element') return resource;
  const id = resource.id ?? '';
  const drop = (level: 'info' | 'warning', what: string, why: string): undefined => {
    dropped.add(id);
    notes.push({ level, id, message: `Dropping ${what} ${id} because ${why}` });
    return undefined;
  };
  switch (resource.name) {
    case 'template':
      return templates.has(id) ? undefined : resource;
    case 'primitive': {
      const kind = isRemovedClass(resource) ? resource.get('class') : templates.get(resource.get('template') ?? '');
      return kind === undefined ? resource : drop('warning', 'resource', `${kind} resources are no longer supported`);
    }
    case 'bundle':
      if (resource.first('rkt') !== undefined) return drop('warning', 'bundle resource', 'rkt containers are no longer supported');
      return mapChildren(resource, (child) => keep(child, templates, dropped, notes));
    case 'group':
    case 'clone': {
      const inside: Notes = [];
      const rest = mapChildren(resource, (child) => keep(child, templates, dropped, inside));
      const isEmpty = rest.first('primitive') === undefined && rest.first('group') === undefined;
      // That its members go is not told of one that goes altogether.
      if (isEmpty) return drop('info', resource.name, 'it would become empty');
      notes.push(...inside);
      return rest;
    }
    default:
      return resource;
  }
}

/** A constraint without dropped resources; undefined when it has nothing left to say. */
function withoutDropped(constraint: XmlNode, dropped: ReadonlySet<string>): XmlNode | undefined {
  if (constraint.kind !== 'element') return constraint;
  if (CONSTRAINED.some((name) => dropped.has(constraint.get(name) ?? ''))) return undefined;
  const hadSets = constraint.first('resource_set') !== undefined;
  const rest = mapChildren(constraint, (set) => {
    if (set.kind !== 'element' || set.name !== 'resource_set') return set;
    const members = mapChildren(set, (member) => (member.kind === 'element' && dropped.has(member.id ?? '') ? undefined : member));
    return members !== set && members.first('resource_ref') === undefined ? undefined : members;
  });
  return hadSets && rest.first('resource_set') === undefined ? undefined : rest;
}
