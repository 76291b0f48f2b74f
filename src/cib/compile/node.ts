// SPDX-License-Identifier: GPL-2.0-or-later
/** `node`: a known node keeps what it has and takes over what is written. */
import type { NodeStatement } from '../../language/index.ts';
import type { XmlElement } from '../xml/index.ts';
import { Building } from './building.ts';
import { schemaNumber, type CompileContext } from './context.ts';
import { nodeKey } from './kinds.ts';
import { mergeSet } from './merge.ts';
import { compileSections } from './sections.ts';

export function compileNode(statement: NodeStatement, context: CompileContext): Building {
  const [uname = '', type] = statement.name.text.split(':');
  const old = context.draft.get(nodeKey(uname))?.element;
  const made = new Building('node', [['id', statement.id?.text], ['uname', uname], ['type', type], ['description', statement.description?.text]]);
  // Schemas of series 1 have nodes of several types; a node that did without stays as it is.
  if (type === undefined && schemaNumber(context.draft.schema).major < 2 && (old === undefined || old.has('type'))) made.set('type', 'member');
  made.set('id', made.get('id') ?? old?.id ?? uname);
  compileSections(made, statement.sections, context);
  return made;
}

/** The node as it was with the new attributes, and with each new set merged into its set of the same kind. */
export function mergeNode(old: XmlElement, made: Building): Building {
  const merged = Building.of(old);
  for (let i = 0; i < made.attributes.length; i += 2) merged.set(made.attributes[i]!, made.attributes[i + 1]);
  for (const set of made.parts()) {
    const known = merged.parts().find((part) => part.name === set.name);
    if (known === undefined) merged.add(set);
    else mergeSet(known, set);
  }
  return merged;
}
