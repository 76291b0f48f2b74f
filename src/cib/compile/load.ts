// SPDX-License-Identifier: GPL-2.0-or-later
/** Whole texts and whole documents into a draft: update, replace, push. */
import { DiagnosticSink } from '../../language/index.ts';
import type { XmlElement } from '../xml/index.ts';
import { compile, type CompileRequest, type CompileResult } from './compile.ts';
import { deleteObjects } from './delete.ts';
import { CibDraft } from './draft.ts';
import { sectionOf } from './kinds.ts';

/** update: add and replace; replace: erase all but nodes first; push: delete what is not in the text. */
export type LoadMethod = 'update' | 'replace' | 'push';

export function loadText(request: CompileRequest, method: LoadMethod): CompileResult {
  const { draft } = request;
  const mark = draft.mark();
  if (method === 'replace') eraseObjects(draft, false);
  const result = compile(method === 'push' ? { ...request, settings: { ...request.settings, replacesSets: true } } : request);
  if (!result.isApplied) draft.rollback(mark);
  else if (method === 'push') deleteOthers(draft, new Set(result.keys));
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
  if (method === 'push') deleteOthers(draft, keys);
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

/** Deletes what a text does not mention; consequences for what it does mention cannot arise, it was just checked. */
function deleteOthers(draft: CibDraft, keys: ReadonlySet<string>): void {
  const others = [...draft.objects()].filter((object) => !keys.has(object.key)).map((object) => object.key);
  deleteObjects(draft, others, new DiagnosticSink());
}
