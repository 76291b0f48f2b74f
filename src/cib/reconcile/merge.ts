// SPDX-License-Identifier: GPL-2.0-or-later
/** Three-way merge by object: my changes since `base` on top of what others made of it meanwhile. */
import { sameXml } from '../compare.ts';
import { element, type XmlElement } from '../xml/index.ts';
import { changesBetween, type ObjectChange } from './changes.ts';

export interface Conflict {
  readonly name: string;
  readonly mine: ObjectChange['kind'];
  readonly theirs: ObjectChange['kind'];
}

export type Merge = { readonly ok: true; readonly cib: XmlElement } | { readonly ok: false; readonly conflicts: readonly Conflict[] };

/** Both having changed one object is a conflict unless they made the same of it. */
export function mergeConfigurations(base: XmlElement, mine: XmlElement, theirs: XmlElement): Merge {
  const myChanges = changesBetween(base, mine);
  const theirChanges = new Map(changesBetween(base, theirs).map((change) => [change.key, change]));
  const conflicts: Conflict[] = [];
  const toApply: ObjectChange[] = [];
  for (const change of myChanges) {
    const other = theirChanges.get(change.key);
    if (other === undefined) toApply.push(change);
    else if (!sameXml(change.after?.element, other.after?.element)) conflicts.push({ name: change.name, mine: change.kind, theirs: other.kind });
  }
  if (conflicts.length > 0) return { ok: false, conflicts };
  return { ok: true, cib: applyChanges(theirs, toApply) };
}

/** The configuration with the changes made in it; version and status stay those of `cib`. */
export function applyChanges(cib: XmlElement, changes: readonly ObjectChange[]): XmlElement {
  const bySection = new Map<string, ObjectChange[]>();
  for (const change of changes) {
    const section = (change.after ?? change.before)!.section;
    bySection.set(section, [...(bySection.get(section) ?? []), change]);
  }
  let configuration = cib.first('configuration') ?? element('configuration');
  for (const [name, list] of bySection) configuration = withSection(configuration, name, list);
  const former = cib.first('configuration');
  return former === undefined ? cib.append(configuration) : cib.replaceChild(former, configuration);
}

function withSection(configuration: XmlElement, name: string, changes: readonly ObjectChange[]): XmlElement {
  const former = configuration.first(name);
  if (name === 'fencing-topology') {
    const after = changes[0]!.after?.element;
    if (former === undefined) return after === undefined ? configuration : configuration.append(after);
    return configuration.replaceChild(former, after);
  }
  let section = former ?? element(name);
  for (const change of changes) section = withObject(section, change);
  return former === undefined ? configuration.append(section) : configuration.replaceChild(former, section);
}

function withObject(section: XmlElement, change: ObjectChange): XmlElement {
  const object = (change.after ?? change.before)!;
  if (object.set !== undefined) return withOption(section, object.set, change);
  const former = section.elements(object.element.name).find((one) => one.id === object.element.id);
  if (former === undefined) return change.after === undefined ? section : section.append(change.after.element);
  return section.replaceChild(former, change.after?.element);
}

function withOption(section: XmlElement, set: XmlElement, change: ObjectChange): XmlElement {
  const former = section.elements(set.name).find((one) => one.id === set.id);
  const name = (change.after ?? change.before)!.element.get('name');
  const pair = former?.elements('nvpair').find((one) => one.get('name') === name);
  if (former === undefined) return change.after === undefined ? section : section.append(set.withChildren([change.after.element]));
  if (pair !== undefined) return section.replaceChild(former, former.replaceChild(pair, change.after?.element));
  return change.after === undefined ? section : section.replaceChild(former, former.append(change.after.element));
}
