// SPDX-License-Identifier: GPL-2.0-or-later
/** Resources move in and out of containers, and constraints follow them. */
import type { XmlElement } from '../xml/index.ts';
import type { CompileContext } from './context.ts';
import { movedTo } from './constraint-change.ts';
import type { CibDraft, CibObject } from './draft.ts';
import { RESOURCE_ELEMENTS } from './kinds.ts';

/** Ids of the resources that stand in a container, in order. */
export function memberIds(container: XmlElement): string[] {
  return container.elements().filter((child) => RESOURCE_ELEMENTS.has(child.name)).map((child) => child.id ?? '');
}

/**
 * After a container was put: its members become its own, former members stand alone again. Constraints follow members into a new container;
 * one that is there already has constraints of its own, and those on a new member say what they said.
 */
export function adoptMembers(container: CibObject, old: CibObject | undefined, context: Pick<CompileContext, 'draft' | 'sink'>): void {
  const { draft } = context;
  const members = memberIds(container.element);
  const kept = new Set(members);
  for (const id of old === undefined ? [] : memberIds(old.element)) {
    const member = draft.get(id);
    // Right behind the container, where a reader looks for it.
    if (member !== undefined && !kept.has(id) && member.parent === container.key) draft.put({ ...member, parent: undefined, rank: container.rank + 0.5 });
  }
  members.forEach((id) => {
    const member = draft.get(id);
    if (member === undefined || member.parent === container.key) return;
    draft.put({ ...member, parent: container.key });
    if (old === undefined) moveConstraints(id, container.key, context);
  });
}

/** Constraints on one resource name the other from now on; one that is left with the same resource twice goes away. */
export function moveConstraints(from: string, to: string, context: Pick<CompileContext, 'draft' | 'sink'>): void {
  for (const key of context.draft.constraintsOn(from)) {
    const constraint = context.draft.get(key);
    if (constraint === undefined) continue;
    const changed = movedTo(constraint.element, from, to);
    context.sink.add('reference-moved', NOWHERE, `modified ${constraint.kind}:${key} from ${from} to ${to}`, { object: key });
    if (changed === undefined) context.draft.remove(key);
    else context.draft.put({ ...constraint, element: changed });
  }
}

export const NOWHERE = { start: -1, end: -1 };

/** The outermost container around a resource, or the resource itself. */
export function topmost(draft: CibDraft, key: string): string {
  let here = key;
  for (let object = draft.get(here); object?.parent !== undefined; object = draft.get(here)) here = object.parent;
  return here;
}
