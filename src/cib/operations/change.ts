// SPDX-License-Identifier: GPL-2.0-or-later
/** What each kind of request makes of a document, without versions, validation and permissions. */
import { emptyContent, findSection, isSection } from '../document.ts';
import { applyPatch } from '../patch/index.ts';
import type { CibChange, CibTarget } from '../request.ts';
import { upgradeCib } from '../upgrade/index.ts';
import { compareCibVersions, versionOf } from '../version.ts';
import { isValid, schemaOf } from '../schema/index.ts';
import { located, mapChildren, replaceAt, type Location, type XmlElement } from '../xml/index.ts';
import { findMatching, findSame, selectTargets, targetSection } from './locate.ts';
import { mergeElement } from './merge.ts';
import { Refused } from './refusal.ts';

type DataChange = Extract<CibChange, { readonly op: 'create' | 'modify' | 'replace' | 'delete' }>;

export function applyChange(root: XmlElement, change: CibChange): XmlElement {
  switch (change.op) {
    case 'create':
      return create(root, needed(change), change);
    case 'modify':
      return modify(root, needed(change), change);
    case 'replace':
      return replace(root, needed(change), change);
    case 'delete':
      return remove(root, change);
    case 'delete-all':
      return removeAll(root, change);
    case 'erase':
      return root.withChildren(emptyContent());
    case 'bump':
      return root;
    case 'upgrade':
      return upgrade(root);
    case 'patch':
      return patch(root, change.data);
    case 'transaction':
      return change.changes.reduce(applyChange, root);
  }
}

function needed(change: DataChange): XmlElement {
  if (change.data === undefined) throw new Refused('invalidArgument', [`${change.op} needs an element`]);
  return change.data;
}

/** Adds the element to its section; an element of the section's own name brings several. */
function create(root: XmlElement, data: XmlElement, target: CibTarget): XmlElement {
  if (target.xpath !== undefined) throw new Refused('invalidArgument', ['a parent cannot be given as an XPath']);
  const place = targetSection(root, target);
  const section = located(place);
  const added = data.name === section.name ? data.elements() : [data];
  const present = new Set(section.elements().flatMap((child) => (child.id === undefined ? [child.name] : [child.name, `${child.name} ${child.id}`])));
  for (const element of added) {
    const key = element.id === undefined ? element.name : `${element.name} ${element.id}`;
    if (present.has(key)) throw new Refused('exists', [`<${element.name}${element.id === undefined ? '' : ` id="${element.id}"`}> is there already`]);
    present.add(key);
  }
  return replaceAt(place, section.append(...added));
}

function modify(root: XmlElement, data: XmlElement, change: DataChange): XmlElement {
  if (change.xpath !== undefined) return modifySelected(root, data, change.xpath);
  if (change.section === data.name && findSection(root, data.name) === undefined) return addSection(root, data);
  const section = targetSection(root, change);
  const found = findSame(section, data);
  if (found !== undefined) return replaceAt(found, mergeElement(located(found), data));
  if (change.allowCreate !== true) throw new Refused('missing', [`there is no <${data.name} id="${data.id ?? ''}">`]);
  return replaceAt(section, located(section).append(data));
}

/** A section that is not there yet is made by modifying it. */
function addSection(root: XmlElement, data: XmlElement): XmlElement {
  const place = targetSection(root, { section: 'configuration' });
  return replaceAt(place, located(place).append(data));
}

/** Merges into every match. Each is selected anew, because the document changed in between; merging does not change their number. */
function modifySelected(root: XmlElement, data: XmlElement, xpath: string): XmlElement {
  const count = selectTargets(root, xpath).length;
  if (count === 0) throw new Refused('missing');
  let here = root;
  for (let i = 0; i < count; i++) {
    const match = selectTargets(here, xpath)[i];
    const found = match === undefined ? undefined : findSame(match, data);
    if (found === undefined) throw new Refused('missing');
    here = replaceAt(found, mergeElement(located(found), data));
  }
  return here;
}

function replace(root: XmlElement, data: XmlElement, target: CibTarget): XmlElement {
  if (target.xpath !== undefined) {
    const found = selectTargets(root, target.xpath)[0];
    if (found === undefined) throw new Refused('missing');
    return replaceSelected(found, data);
  }
  if (data.name === 'cib') {
    if (target.section !== undefined && target.section !== 'cib') return replace(root, sectionOf(data, target.section), target);
    if (compareCibVersions(versionOf(data), versionOf(root)) < 0) throw new Refused('old');
    return data;
  }
  const found = findSame(targetSection(root, target), data);
  if (found === undefined) throw new Refused('missing', [`there is no <${data.name}${data.id === undefined ? '' : ` id="${data.id}"`}>`]);
  return replaceAt(found, data);
}

/** The section a whole document brings along. */
function sectionOf(data: XmlElement, section: string): XmlElement {
  const found = findSection(data, section);
  if (found === undefined) throw new Refused('missing', [`the data has no <${section}>`]);
  return located(found);
}

/** What is replaced by XPath comes at the end of its parent, as in the reference. */
function replaceSelected(location: Location, data: XmlElement): XmlElement {
  const parents = location.slice(0, -1);
  if (parents.length === 0) return data;
  const parent = parents[parents.length - 1]!;
  const children = [...parent.children.filter((child) => child !== located(location)), data];
  return replaceAt([location[0], ...parents.slice(1)], parent.withChildren(children));
}

function remove(root: XmlElement, change: DataChange): XmlElement {
  if (change.xpath !== undefined) {
    const first = selectTargets(root, change.xpath)[0];
    return first === undefined ? root : removeAt(first);
  }
  const data = needed(change);
  // Where nothing is, nothing has to be deleted.
  if (change.section !== undefined && isSection(change.section) && findSection(root, change.section) === undefined) return root;
  const section = targetSection(root, change);
  const found = findMatching(section, data.withChildren([]));
  if (found === undefined) return root;
  const children = data.elements();
  return children.length === 0 ? removeAt(found) : children.reduce((here, child) => removeInside(here, found.length, data, change, child), root);
}

/** Deletes something inside the element that the data names; looked up anew because the document changes in between. */
function removeInside(root: XmlElement, depth: number, data: XmlElement, target: CibTarget, child: XmlElement): XmlElement {
  const around = findMatching(targetSection(root, target), data.withChildren([]));
  if (around === undefined || around.length !== depth) return root;
  const found = findMatching(around, child);
  return found === undefined ? root : removeAt(found);
}

function removeAt(location: Location): XmlElement {
  const changed = replaceAt(location, undefined);
  if (changed === undefined) throw new Refused('invalid', ['the document itself cannot be deleted']);
  return changed;
}

function removeAll(root: XmlElement, target: CibTarget): XmlElement {
  if (target.xpath === undefined) throw new Refused('invalidArgument', ['delete-all needs an XPath']);
  const gone = new Set(selectTargets(root, target.xpath).map(located));
  if (gone.has(root)) throw new Refused('invalid', ['the document itself cannot be deleted']);
  return without(root, gone);
}

function without(here: XmlElement, gone: ReadonlySet<XmlElement>): XmlElement {
  return mapChildren(here, (child) => (child.kind !== 'element' ? child : gone.has(child) ? undefined : without(child, gone)));
}

function upgrade(root: XmlElement): XmlElement {
  const schema = schemaOf(root.get('validate-with'));
  if (schema === undefined || (schema !== 'none' && !isValid(root, schema))) throw new Refused('invalid');
  const result = upgradeCib(root);
  if (result.problem !== undefined) throw new Refused('transformFailed', [result.problem.message, ...result.notes.map((note) => note.message)]);
  return result.cib;
}

function patch(root: XmlElement, data: XmlElement): XmlElement {
  const result = applyPatch(root, data);
  if (result.ok) return result.cib;
  const reason = result.problem === 'format' ? 'invalidArgument' : result.problem === 'digest' ? 'digest' : 'diffFailed';
  throw new Refused(reason, [result.message]);
}
