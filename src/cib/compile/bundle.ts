// SPDX-License-Identifier: GPL-2.0-or-later
/** `bundle`: containers, their network and storage, and the primitive inside. */
import type { BundleStatement } from '../../language/index.ts';
import { element } from '../xml/index.ts';
import { compileSet } from './attribute-set.ts';
import { Building } from './building.ts';
import { meantObject, type CompileContext } from './context.ts';

export function compileBundle(statement: BundleStatement, context: CompileContext): Building {
  const made = new Building('bundle', [['id', statement.id.text], ['description', statement.description?.text]]);
  for (const part of statement.parts) {
    if (part.kind === 'set') made.add(compileSet(part, context));
    else if (part.kind === 'primitive') addPrimitive(made, part.words[0]!, statement, context);
    else made.add(compilePart(part, statement, context));
  }
  return made;
}

type Part = Exclude<BundleStatement['parts'][number], { kind: 'set' | 'primitive' }>;

function compilePart(part: Part, statement: BundleStatement, context: CompileContext): Building {
  const made = new Building(part.kind, part.pairs.map((one) => [one.name.text, one.value?.text] as const));
  part.mappings.forEach((mapping, i) => {
    const child = new Building(mapping.kind, mapping.pairs.map((one) => [one.name.text, one.value?.text] as const));
    if (context.mode === 'typed' && context.hasAdvisedOperations && child.get('id') === undefined) child.set('id', `${statement.id.text}_${mapping.kind.replace('-', '_')}_${i + 1}`);
    made.add(child);
  });
  const isContainer = part.kind === 'docker' || part.kind === 'podman' || part.kind === 'rkt';
  if (isContainer && made.get('image') === undefined) {
    context.sink.add('incomplete-bundle', part.keyword, `${part.kind} has no image`, { object: statement.id.text, repair: `write ${part.kind} image=NAME` });
  }
  return made;
}

function addPrimitive(made: Building, word: { readonly text: string; readonly start: number; readonly end: number }, statement: BundleStatement, context: CompileContext): void {
  const object = context.draft.get(word.text);
  const name = `bundle ${statement.id.text}`;
  if (object === undefined && context.unread.has(word.text)) return;
  if (object === undefined) context.sink.add('missing-object', word, `${name} names ${word.text}, which does not exist`, { object: statement.id.text, ...meantObject(word.text, ['primitive'], context) });
  else if (object.kind !== 'primitive') context.sink.add('not-a-container-member', word, `a bundle holds a primitive; ${word.text} is a ${object.kind}`, { object: statement.id.text });
  else if (object.parent !== undefined && object.parent !== statement.id.text) context.sink.add('child-in-use', word, `${word.text} is already in ${object.parent}`, { object: statement.id.text });
  else made.add(element('primitive', { id: object.key }));
}
