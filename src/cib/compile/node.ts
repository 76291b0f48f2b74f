// SPDX-License-Identifier: GPL-2.0-or-later
/** `node`: a known node keeps what it has and takes over what is written. */
import type { NodeStatement } from '../../language/index.ts';
import type { XmlElement } from '../xml/index.ts';
import { Building } from './building.ts';
import { schemaNumber, type CompileContext } from './context.ts';
import { assignIds } from './ids.ts';
import { nodeKey } from './kinds.ts';
import { mergeSet } from './merge.ts';
import { explicitlyStored } from './rule.ts';
import { compileSections } from './sections.ts';

export function compileNode(statement: NodeStatement, context: CompileContext): Building {
  const [uname = '', type] = statement.name.text.split(':');
  const old = context.draft.get(nodeKey(uname))?.element;
  const made = new Building('node', [['id', statement.id?.text], ['uname', uname], ['type', type], ['score', explicitlyStored(statement.score)], ['description', statement.description?.text]]);
  // Schemas of series 1 have nodes of several types; a node that did without stays as it is.
  if (type === undefined && schemaNumber(context.draft.schema).major < 2 && (old === undefined || old.has('type'))) made.set('type', 'member');
  made.set('id', made.get('id') ?? old?.id ?? uname);
  compileSections(made, statement.sections, context);
  return made;
}

/**
 * The node as it was with the new attributes and sets: what tools have set on the node in the meantime stays. Values go to the first set
 * of their kind when they are typed; the sets of a file are counted, for it may list several. A set with a rule or a reference stands
 * for itself: it is a new one when it is typed, and in a file takes the place of the one it was printed from.
 */
export function mergeNode(key: string, old: XmlElement, made: Building, context: CompileContext): Building {
  const { draft, mode } = context;
  const merged = Building.of(old);
  const counts = new Map<string, number>();
  const replaced: [Building, Building][] = [];
  const added: [Building | undefined, Building, string | undefined][] = [];
  for (const set of made.parts()) {
    const kind = `${set.name} ${isPlain(set)}`;
    const at = counts.get(kind) ?? 0;
    counts.set(kind, at + (mode === 'file' ? 1 : 0));
    const known = merged.parts().filter((part) => `${part.name} ${isPlain(part)}` === kind)[at];
    if (known === undefined || isPlain(set)) added.push([known, set, set.get('id')]);
    else if (mode === 'file') replaced.push([known, set]);
    else added.push([undefined, set, undefined]);
  }
  // What is added has the ids that it would have in a node of its own.
  assignIds(new Building(made.name, [['id', old.id], ['uname', made.get('uname')]]).add(...added.map(([, set]) => set)), undefined, draft);
  for (let i = 0; i < made.attributes.length; i += 2) merged.set(made.attributes[i]!, made.attributes[i + 1]);
  for (const [known, set, id] of added) {
    if (known === undefined) merged.add(set);
    else mergeSet(known.set('id', id), set);
  }
  for (const [known, set] of replaced) merged.children[merged.children.indexOf(known)] = set;
  if (replaced.length > 0) {
    draft.release(key);
    assignIds(merged, old, draft);
  }
  return merged;
}

/** Whether a set holds nothing but values. */
function isPlain(set: Building): boolean {
  return set.get('id-ref') === undefined && !set.parts().some((part) => part.name === 'rule');
}
