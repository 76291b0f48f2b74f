// SPDX-License-Identifier: GPL-2.0-or-later
/** Whole texts and whole documents into a draft: update, replace, push. */
import type { XmlElement } from '../xml/index.ts';
import { compile, type CompileRequest, type CompileResult } from './compile.ts';
import { CibDraft } from './draft.ts';
import { sectionOf } from './kinds.ts';
import { memberIds } from './membership.ts';

/** update: add and replace; replace: erase all but nodes first; push: delete what is not in the text. */
export type LoadMethod = 'update' | 'replace' | 'push';

export function loadText(request: CompileRequest, method: LoadMethod): CompileResult {
  const { draft } = request;
  if (method === 'push') return pushText(request);
  const mark = draft.mark();
  if (method === 'replace') eraseObjects(draft, false);
  const result = compile(request);
  if (!result.isApplied) draft.rollback(mark);
  return result;
}

/** The text is tried on an empty configuration first: what it names must be in it, for everything else will go. */
function pushText(request: CompileRequest): CompileResult {
  const { draft } = request;
  const mark = draft.mark();
  eraseObjects(draft, false);
  eraseObjects(draft, true);
  const trial = compile(request);
  draft.rollback(mark);
  if (!trial.isApplied) return trial;
  const result = compile({ ...request, settings: { ...request.settings, replacesSets: true } });
  if (result.isApplied) removeOthers(draft, new Set(result.keys));
  return result;
}

/** Takes the objects of another document over, by the same methods. */
export function loadDocument(draft: CibDraft, document: XmlElement, method: LoadMethod): void {
  const other = new CibDraft(document);
  if (method === 'replace') eraseObjects(draft, false);
  const keys = new Set<string>();
  for (const object of other.objects()) {
    const old = draft.get(object.key);
    draft.put({ ...object, rank: undefined });
    keys.add(object.key);
    // A member that stands elsewhere now leaves the container it stood in.
    if (old?.parent !== undefined && old.parent !== object.parent) leave(draft, old.parent, object.key);
  }
  if (method === 'push') removeOthers(draft, keys);
}

function leave(draft: CibDraft, container: string, member: string): void {
  const parent = draft.get(container);
  if (parent === undefined) return;
  draft.put({ ...parent, element: parent.element.withChildren(parent.element.children.filter((child) => child.kind !== 'element' || child.id !== member)) });
}

/** Removes every object except nodes, or (with `nodes`) only the nodes. */
export function eraseObjects(draft: CibDraft, nodes: boolean): void {
  for (const object of [...draft.objects()]) if ((sectionOf(object.kind) === 'nodes') === nodes) draft.remove(object.key);
}

/** Removes what a text or document does not mention. What it does mention is as it says, so that nothing of it is changed along with the rest. */
function removeOthers(draft: CibDraft, keys: ReadonlySet<string>): void {
  for (const object of [...draft.objects()].filter((one) => !keys.has(one.key))) {
    memberIds(object.element).forEach((id, i, members) => {
      const member = draft.get(id);
      if (member?.parent === object.key) draft.put({ ...member, parent: undefined, rank: object.rank + (i + 1) / (members.length + 1) });
    });
    draft.remove(object.key);
  }
}
