// SPDX-License-Identifier: GPL-2.0-or-later
/** What constraints name: resources, or templates and tags that stand for several. */
import { element, type XmlElement } from '../../../cib/index.ts';
import { topResource, type Resource, type Scheduler, type Tag } from '../../model/index.ts';
import { findResource } from '../resources/index.ts';

/** The resource of that name; for the history name of an instance, the whole clone. */
export function constraintResource(scheduler: Scheduler, name: string | undefined): Resource | undefined {
  const found = name === undefined ? undefined : findResource(scheduler, name);
  return found === undefined || found.id === name ? found : topResource(found);
}

export type Reference = { readonly resource: Resource } | { readonly tag: Tag };

/** What a name stands for; undefined when it stands for nothing. */
export function resolveReference(scheduler: Scheduler, name: string): Reference | undefined {
  const resource = constraintResource(scheduler, name);
  if (resource !== undefined) return { resource };
  const template = scheduler.templates.get(name);
  if (template !== undefined) return template.references.length === 0 ? undefined : { tag: template };
  const tag = scheduler.tags.get(name);
  return tag === undefined ? undefined : { tag };
}

/** The constraint with templates and tags in its sets replaced by what they stand for; the same element when there are none. */
export function expandSets(scheduler: Scheduler, constraint: XmlElement): XmlElement {
  const children = constraint.children.map((child) => {
    if (child.kind !== 'element' || child.name !== 'resource_set') return child;
    const given = child.get('id-ref');
    const set = given === undefined ? child : (scheduler.elementById(given) ?? child);
    return expandSet(scheduler, set);
  });
  return children.every((child, i) => child === constraint.children[i]) ? constraint : constraint.withChildren(children);
}

function expandSet(scheduler: Scheduler, set: XmlElement): XmlElement {
  let changed = false;
  const children = set.children.flatMap((child) => {
    if (child.kind !== 'element' || child.name !== 'resource_ref' || child.id === undefined) return [child];
    const reference = resolveReference(scheduler, child.id);
    if (reference === undefined || 'resource' in reference) return [child];
    changed = true;
    return reference.tag.references.map((id) => element('resource_ref', { id }));
  });
  return changed ? set.withChildren(children) : set;
}

/** One side of a simple constraint, by the attributes that describe it. */
export interface SideAttributes {
  /** Names the resource. */
  readonly name: string;
  /** Moves to the set: attribute of the constraint, and what it is called on a set. */
  readonly role: string;
  readonly setRole: string;
}

/** Whether every named side exists, and whether any of them is a template or tag. */
export function referenceKinds(scheduler: Scheduler, constraint: XmlElement, sides: readonly SideAttributes[]): 'unknown' | 'resources' | 'tags' {
  let tags = 0;
  for (const side of sides) {
    const name = constraint.get(side.name);
    if (name === undefined) return 'resources';
    const reference = resolveReference(scheduler, name);
    if (reference === undefined) return 'unknown';
    if ('tag' in reference) tags++;
  }
  return tags > 0 ? 'tags' : 'resources';
}

/** Turns the sides of a simple constraint into sets, in the order given. */
export function sidesToSets(scheduler: Scheduler, constraint: XmlElement, sides: readonly SideAttributes[]): XmlElement {
  let result = constraint;
  for (const side of sides) {
    const name = constraint.get(side.name)!;
    const reference = resolveReference(scheduler, name)!;
    const isTag = 'tag' in reference;
    const ids = isTag ? reference.tag.references : [reference.resource.id];
    const set = element(
      'resource_set',
      { id: isTag ? reference.tag.id : name, sequential: isTag ? 'false' : undefined, [side.setRole]: constraint.get(side.role) },
      ids.map((id) => element('resource_ref', { id })),
    );
    result = result.append(set).with(side.name, undefined).with(side.role, undefined);
  }
  return result;
}

/** Members of a set; undefined (with a complaint) when one does not exist. */
export function setMembers(scheduler: Scheduler, set: XmlElement): Resource[] | undefined {
  const members: Resource[] = [];
  for (const reference of set.elements('resource_ref')) {
    const resource = constraintResource(scheduler, reference.id);
    if (resource === undefined) {
      scheduler.messages.push({ severity: 'error', text: `Ignoring resource set '${set.id ?? ''}' because '${reference.id ?? ''}' does not exist` });
      return undefined;
    }
    members.push(resource);
  }
  return members;
}
