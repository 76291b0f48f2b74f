// SPDX-License-Identifier: GPL-2.0-or-later
/** 2.10 to 3.0, resources with their operations: `requires` moves to the resource, settings among parameters move to the operation's meta-attributes. */
import { element, mapChildren, rewrite, type XmlElement, type XmlNode } from '../xml/index.ts';
import { withComments } from './comments.ts';
import type { Notes } from './note.ts';
import { upgradeResourceSet } from './resource-attributes.ts';

const SETTINGS: ReadonlySet<string> = new Set(['interval-origin', 'start-delay', 'enabled', 'on-fail', 'record-pending', 'role', 'timeout']);

/** A set that a resource gets because of one of its operations. */
interface Requirement {
  readonly set: XmlElement;
  /** Attributes win over meta-attributes, these over parameters; of equals the last operation wins. */
  readonly rank: 3 | 2 | 1;
}

/** Primitives and templates: their attribute sets and operations, in the order of the document. */
export function upgradeResources(root: XmlElement, notes: Notes): XmlElement {
  return rewrite(root, (here) => (here.name === 'primitive' || here.name === 'template' ? upgradeResource(here, notes) : here));
}

function upgradeResource(resource: XmlElement, notes: Notes): XmlElement {
  let best: Requirement | undefined;
  const offer = (requirement: Requirement): void => {
    if (best === undefined || requirement.rank >= best.rank) best = requirement;
  };
  const upgraded = mapChildren(resource, (child) => {
    if (child.kind !== 'element') return child;
    if (child.name !== 'operations') return upgradeResourceSet(child, resource, notes);
    return mapChildren(child, (op) => (op.kind === 'element' && op.name === 'op' ? upgradeOperation(op, resource, offer, notes) : op));
  });
  return best === undefined || hasRequirement(resource) ? upgraded : upgraded.append(best.set);
}

function hasRequirement(resource: XmlElement): boolean {
  return resource
    .elements('meta_attributes')
    .some((set) => set.first('rule') === undefined && set.elements('nvpair').some((pair) => pair.get('name') === 'requires'));
}

function upgradeOperation(op: XmlElement, resource: XmlElement, offer: (requirement: Requirement) => void, notes: Notes): XmlElement {
  const counts = op.get('name') === 'start' || op.get('name') === 'promote';
  const taken = mapChildren(op, (set) => {
    if (set.kind !== 'element' || (set.name !== 'meta_attributes' && set.name !== 'instance_attributes')) return set;
    tellPairs(op, resource, set, counts, notes);
    const pairs = set.elements('nvpair').filter((pair) => pair.get('name') === 'requires');
    if (pairs.length === 0) return set;
    const rest = without(set, pairs);
    if (counts) offer({ set: copyOfSet(set, pairs, rest === undefined), rank: set.name === 'meta_attributes' ? 2 : 1 });
    return rest;
  });
  const requires = op.get('requires');
  if (requires !== undefined) {
    tellRequires(op, resource, undefined, counts, notes);
    const pair = element('nvpair', { id: `_2TO3_${op.id}-meta-requires`, name: 'requires', value: requires });
    if (counts) offer({ set: element('meta_attributes', { id: `_2TO3_${resource.id}-meta` }, [pair]), rank: 3 });
  }
  return moveSettings(taken.with('requires', undefined));
}

/** Notes on the pairs of a set that move or go. */
function tellPairs(op: XmlElement, resource: XmlElement, set: XmlElement, counts: boolean, notes: Notes): void {
  for (const pair of set.elements('nvpair')) {
    const name = pair.get('name') ?? '';
    if (name === 'requires') tellRequires(op, resource, set, counts, notes);
    if (set.name !== 'instance_attributes' || !SETTINGS.has(name)) continue;
    const message = `Resources-operation instance_attributes: ${op.id} (rsc=${resource.id}, meta=${set.id}): moving ${name} under meta_attributes as ${name} unless already defined there`;
    notes.push({ level: 'debug', id: pair.id ?? '', message });
  }
}

function tellRequires(op: XmlElement, resource: XmlElement, set: XmlElement | undefined, counts: boolean, notes: Notes): void {
  const isParameter = set?.name === 'instance_attributes';
  const area = isParameter ? 'Resources-operation instance_attributes' : 'Resources-operation';
  const context = `${op.id} (rsc=${resource.id}${set === undefined ? '' : `, meta=${set.id}`})`;
  const id = op.id ?? '';
  if (counts) {
    const target = isParameter ? 'per-resource-meta_attributes' : 'meta_attributes';
    const message = `${area}: ${context}: moving requires under ${target} as requires unless already defined there for matching start|promote`;
    notes.push({ level: 'debug', id, message });
    return;
  }
  notes.push({ level: 'info', id, message: `${area}: ${context}: dropping requires` });
  notes.push({ level: 'info', id, message: `${area}: ... only start/promote operation taken into account` });
}

/** The set without some pairs; undefined when no pair is left. */
function without(set: XmlElement, pairs: readonly XmlElement[]): XmlElement | undefined {
  const gone = new Set(pairs.flatMap((pair) => withComments(set, pair)));
  const rest = set.withChildren(set.children.filter((child) => !gone.has(child)));
  return rest.first('nvpair') === undefined ? undefined : rest;
}

/** A set of meta-attributes like another (attributes, rule) with some of its pairs; the rule of a set that stays is referred to. */
function copyOfSet(set: XmlElement, pairs: readonly XmlElement[], isEmptied: boolean): XmlElement {
  const attributes: [string, string][] = [...set.entries()].filter(([name]) => name !== 'id');
  attributes.push(['id', `_2TO3_${set.id}`]);
  const rules = set.elements('rule').map((rule) => (isEmptied ? rule : element('rule', { 'id-ref': rule.get('id-ref') ?? rule.id })));
  return element('meta_attributes', attributes, [...rules, ...pairs.flatMap((pair) => withComments(set, pair))]);
}

function moveSettings(op: XmlElement): XmlElement {
  const plain = new Map<string, readonly XmlNode[]>();
  const conditional: XmlElement[] = [];
  const kept = mapChildren(op, (set) => {
    if (set.kind !== 'element' || set.name !== 'instance_attributes') return set;
    const pairs = set.elements('nvpair').filter((pair) => SETTINGS.has(pair.get('name') ?? ''));
    if (pairs.length === 0) return set;
    const rest = without(set, pairs);
    if (set.first('rule') !== undefined) conditional.push(copyOfSet(set, pairs, rest === undefined));
    // Of several sets the last one with a name wins.
    else for (const pair of pairs) plain.set(pair.get('name') ?? '', withComments(set, pair));
    return rest;
  });
  return addSettings(kept, [...plain.values()].flat()).append(...conditional);
}

function addSettings(op: XmlElement, pairs: readonly XmlNode[]): XmlElement {
  if (pairs.length === 0) return op;
  const set = op.elements('meta_attributes').find((one) => one.first('rule') === undefined);
  if (set === undefined) return op.append(element('meta_attributes', { id: `_2TO3_${op.id}-meta` }, pairs));
  return op.replaceChild(set, set.append(...pairs));
}
