// SPDX-License-Identifier: GPL-2.0-or-later
/** Changes of what a constraint names. */
import type { XmlElement } from '../xml/index.ts';

const NAMING = ['rsc', 'with-rsc', 'first', 'then'] as const;

export function renameInConstraint(constraint: XmlElement, from: string, to: string): XmlElement {
  let changed = constraint;
  for (const name of NAMING) if (changed.get(name) === from) changed = changed.with(name, to);
  const children = changed.children.map((child) => (child.kind === 'element' && child.name === 'resource_set' ? renameInSet(child, from, to) : child));
  return children.every((child, i) => child === changed.children[i]) ? changed : changed.withChildren(children);
}

function renameInSet(set: XmlElement, from: string, to: string): XmlElement {
  if (!set.elements('resource_ref').some((one) => one.id === from)) return set;
  return set.withChildren(set.children.map((child) => (child.kind === 'element' && child.name === 'resource_ref' && child.id === from ? child.with('id', to) : child)));
}

/**
 * A constraint without one of its resources: undefined when it says nothing any more. One set that is left with two
 * members becomes a plain constraint; in a colocation they change places, because a set is read the other way round.
 */
export function withoutResource(constraint: XmlElement, resource: string): XmlElement | undefined {
  if (NAMING.some((name) => constraint.get(name) === resource)) return undefined;
  return withoutMembers(constraint, (ref) => ref.id === resource);
}

function withoutMembers(constraint: XmlElement, isGone: (ref: XmlElement) => boolean): XmlElement | undefined {
  const children = constraint.children
    .map((child) => (child.kind === 'element' && child.name === 'resource_set' ? reducedSet(child, isGone) : child))
    .filter((child) => child !== undefined);
  const reduced = constraint.withChildren(children);
  const sets = reduced.elements('resource_set');
  if (sets.length === 0) return undefined;
  return simplified(reduced, sets);
}

function reducedSet(set: XmlElement, isGone: (ref: XmlElement) => boolean): XmlElement | undefined {
  // The members of a set by reference are another constraint's.
  if (set.has('id-ref')) return set;
  const children = set.children.filter((child) => child.kind !== 'element' || child.name !== 'resource_ref' || !isGone(child));
  const reduced = set.withChildren(children.length === set.children.length ? set.children : children);
  return reduced.elements('resource_ref').length === 0 ? undefined : reduced;
}

function simplified(constraint: XmlElement, sets: readonly XmlElement[]): XmlElement {
  if ((constraint.name !== 'rsc_colocation' && constraint.name !== 'rsc_order') || sets.some((set) => set.has('id-ref'))) return constraint;
  const members = sets.flatMap((set) => set.elements('resource_ref').map((one) => ({ id: one.id, set })));
  const isPlain = sets.every((set) => set.get('sequential') !== 'false' && set.get('require-all') !== 'false');
  // Two sets of one member each say no more than their members.
  if (members.length !== 2 || (sets.length === 1 && !isPlain)) return constraint;
  const [a, b] = constraint.name === 'rsc_colocation' && sets.length === 1 ? [members[1]!, members[0]!] : [members[0]!, members[1]!];
  const qualifier = constraint.name === 'rsc_order' ? 'action' : 'role';
  const names = constraint.name === 'rsc_order' ? (['first', 'then'] as const) : (['rsc', 'with-rsc'] as const);
  const others = constraint.children.filter((child) => child.kind !== 'element' || child.name !== 'resource_set');
  const made = constraint.withChildren(others);
  return made.withAll({
    [names[0]]: a.id,
    [`${names[0]}-${qualifier}`]: a.set.get(qualifier),
    [names[1]]: b.id,
    [`${names[1]}-${qualifier}`]: b.set.get(qualifier),
  });
}

/**
 * A constraint in which one resource takes the place of another; undefined when it is left with one resource twice in a plain one. Of
 * two places in sets the later one stays.
 */
export function movedTo(constraint: XmlElement, from: string, to: string): XmlElement | undefined {
  const changed = renameInConstraint(constraint, from, to);
  const [one, other] = [changed.get('rsc') ?? changed.get('first'), changed.get('with-rsc') ?? changed.get('then')];
  if (one !== undefined && one === other) return undefined;
  const places = changed.elements('resource_set').flatMap((set) => set.elements('resource_ref').filter((ref) => ref.id === to));
  if (places.length < 2) return changed;
  const last = places[places.length - 1];
  return withoutMembers(changed, (ref) => ref.id === to && ref !== last);
}

/** Members of a tag without one of them; undefined when none is left. */
export function withoutTagged(tag: XmlElement, id: string): XmlElement | undefined {
  const kept = tag.children.filter((child) => child.kind !== 'element' || child.id !== id);
  if (kept.length === tag.children.length) return tag;
  return kept.some((child) => child.kind === 'element') ? tag.withChildren(kept) : undefined;
}

