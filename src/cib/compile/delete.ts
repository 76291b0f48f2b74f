// SPDX-License-Identifier: GPL-2.0-or-later
/** Deleting objects, with everything that hangs on them. */
import type { DiagnosticSink } from '../../language/index.ts';
import { withoutResource, withoutTagged } from './constraint-change.ts';
import type { CibDraft, CibObject } from './draft.ts';
import { RESOURCE_ELEMENTS, sectionOf } from './kinds.ts';
import { memberIds, moveConstraints, NOWHERE } from './membership.ts';

/** Deletes objects one after the other; those that went away with an earlier one are passed over. */
export function deleteObjects(draft: CibDraft, keys: readonly string[], sink: DiagnosticSink): void {
  const deletion = new Deletion(draft, sink);
  for (const key of keys) deletion.delete(key);
}

class Deletion {
  readonly #draft: CibDraft;
  readonly #sink: DiagnosticSink;
  /** Tags and primitives by template; found once, so that deleting many objects stays linear. */
  readonly #tags = new Map<string, Set<string>>();
  readonly #users = new Map<string, string[]>();

  constructor(draft: CibDraft, sink: DiagnosticSink) {
    this.#draft = draft;
    this.#sink = sink;
    for (const object of draft.objects()) {
      if (object.kind === 'tag') for (const one of object.element.elements('obj_ref')) this.#addTag(one.id ?? '', object.key);
      const template = object.kind === 'primitive' ? object.element.get('template') : undefined;
      if (template !== undefined) this.#users.set(template, [...(this.#users.get(template) ?? []), object.key]);
    }
  }

  delete(key: string): void {
    const object = this.#draft.get(key);
    if (object === undefined) return;
    const isResource = sectionOf(object.kind) === 'resources';
    if (isResource) this.#leaveContainer(object);
    const members = isResource ? memberIds(object.element) : [];
    this.#draft.remove(key);
    members.forEach((id, i) => {
      const member = this.#draft.get(id);
      if (member !== undefined) this.#draft.put({ ...member, parent: undefined, rank: object.rank + (i + 1) / (members.length + 1) });
    });
    // What was said of the container is said of its first member from now on.
    if (members[0] !== undefined) moveConstraints(key, members[0], { draft: this.#draft, sink: this.#sink });
    else if (isResource || object.kind === 'tag') this.#reduceConstraints(key);
    if (object.kind !== 'node') this.#untag(key);
    for (const user of this.#users.get(key) ?? []) this.delete(user);
  }

  /** A container without members goes away too. */
  #leaveContainer(object: CibObject): void {
    const parent = object.parent === undefined ? undefined : this.#draft.get(object.parent);
    if (parent === undefined) return;
    const children = parent.element.children.filter((child) => child.kind !== 'element' || !RESOURCE_ELEMENTS.has(child.name) || child.id !== object.key);
    const isEmpty = !children.some((child) => child.kind === 'element' && RESOURCE_ELEMENTS.has(child.name));
    this.#draft.put({ ...parent, element: parent.element.withChildren(children) });
    if (!isEmpty || parent.kind === 'bundle') return;
    moveConstraints(parent.key, object.key, { draft: this.#draft, sink: this.#sink });
    this.delete(parent.key);
  }

  #reduceConstraints(resource: string): void {
    for (const key of this.#draft.constraintsOn(resource)) {
      const constraint = this.#draft.get(key);
      if (constraint === undefined) continue;
      const reduced = withoutResource(constraint.element, resource);
      if (reduced === undefined) {
        this.#draft.remove(key);
        this.#sink.add('object-changed', NOWHERE, `hanging ${constraint.kind}:${key} deleted`, { object: key });
        this.#untag(key);
      } else {
        this.#draft.put({ ...constraint, element: reduced });
        this.#sink.add('object-changed', NOWHERE, `constraint ${constraint.kind}:${key} updated`, { object: key });
      }
    }
  }

  #untag(key: string): void {
    for (const name of this.#tags.get(key) ?? []) {
      const tag = this.#draft.get(name);
      if (tag === undefined) continue;
      const reduced = withoutTagged(tag.element, key);
      if (reduced === undefined) this.delete(name);
      else this.#draft.put({ ...tag, element: reduced });
    }
  }

  #addTag(member: string, tag: string): void {
    const tags = this.#tags.get(member) ?? new Set<string>();
    tags.add(tag);
    this.#tags.set(member, tags);
  }
}
