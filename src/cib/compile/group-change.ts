// SPDX-License-Identifier: GPL-2.0-or-later
/** Members in and out of a group, at a place. */
import type { DiagnosticSink } from '../../language/index.ts';
import { element } from '../xml/index.ts';
import type { CibDraft, CibObject } from './draft.ts';
import { RESOURCE_ELEMENTS } from './kinds.ts';
import { adoptMembers } from './membership.ts';

/** Gives a group its members in this order; they must exist and be free or in it already. */
export function setMembers(draft: CibDraft, group: CibObject, members: readonly string[], sink: DiagnosticSink): void {
  const others = group.element.children.filter((child) => child.kind !== 'element' || !RESOURCE_ELEMENTS.has(child.name));
  const firstMember = group.element.children.findIndex((child) => child.kind === 'element' && RESOURCE_ELEMENTS.has(child.name));
  const before = group.element.children.slice(0, Math.max(0, firstMember)).length;
  const stubs = members.map((id) => element('primitive', { id }));
  const made = draft.put({ ...group, element: group.element.withChildren([...others.slice(0, before), ...stubs, ...others.slice(before)]) });
  adoptMembers(made, group, { draft, sink });
}
