// SPDX-License-Identifier: GPL-2.0-or-later
/** `group`, `clone` and `ms`: sets first, then stubs for the members. */
import type { ContainerStatement, Word } from '../../language/index.ts';
import { element } from '../xml/index.ts';
import { Building } from './building.ts';
import { meantObject, type CompileContext } from './context.ts';
import type { CibObject } from './draft.ts';
import { elementOf, type ObjectKind } from './kinds.ts';
import { compileSections } from './sections.ts';

export function compileContainer(statement: ContainerStatement, context: CompileContext): Building {
  const made = new Building(elementOf(statement.kind), [['id', statement.id.text], ['description', statement.description?.text]]);
  compileSections(made, statement.sections, context);
  const members = statement.members.map((member) => memberOf(member, statement, context)).filter((one) => one !== undefined);
  const stubs = members.map((member) => element(member.element.name, { id: member.key }));
  if (context.mode === 'typed' && statement.keyword.text.toLowerCase() === 'clone' && members[0]?.kind === 'primitive') {
    const defaults = cloneDefaults(members[0], made, context);
    // Sets that were written stay before the member, one that is only implied comes behind it.
    made.add(...stubs, ...defaults);
  } else made.add(...stubs);
  return made;
}

const ALLOWED: Readonly<Record<ContainerStatement['kind'], readonly ObjectKind[]>> = { group: ['primitive'], clone: ['primitive', 'group'], ms: ['primitive', 'group'] };

function memberOf(member: Word, statement: ContainerStatement, context: CompileContext): CibObject | undefined {
  const object = context.draft.get(member.text);
  const allowed = ALLOWED[statement.kind];
  const name = `${statement.kind} ${statement.id.text}`;
  if (object === undefined && context.unread.has(member.text)) return undefined;
  if (object === undefined) context.sink.add('missing-object', member, `${name} names ${member.text}, which does not exist`, { object: statement.id.text, ...meantObject(member.text, allowed, context) });
  else if (!allowed.includes(object.kind)) context.sink.add('not-a-container-member', member, `a ${statement.kind} holds ${allowed.join(' or ')}; ${member.text} is a ${object.kind}`, { object: statement.id.text });
  else if (object.parent !== undefined && object.parent !== statement.id.text) {
    context.sink.add('child-in-use', member, `${member.text} is already in ${object.parent}`, { object: statement.id.text, repair: `take it out of ${object.parent} first` });
  } else return object;
  return undefined;
}

/** A typed clone of a primitive interleaves, and is promotable when its agent can promote. */
function cloneDefaults(member: CibObject, made: Building, context: CompileContext): Building[] {
  const wanted: [string, string][] = [];
  if (canPromote(member, context)) wanted.push(['promotable', 'true']);
  wanted.push(['interleave', 'true']);
  const present = made.parts().find((part) => part.name === 'meta_attributes');
  const set = present ?? new Building('meta_attributes');
  for (const [name, value] of wanted) {
    if (!set.parts().some((pair) => pair.get('name') === name)) set.add(new Building('nvpair', [['name', name], ['value', value]]));
  }
  return present === undefined ? [set] : [];
}

function canPromote(member: CibObject, context: CompileContext): boolean {
  const whole = member.element;
  const source = whole.get('template') === undefined ? whole : context.draft.get(whole.get('template')!)?.element;
  const type = source?.get('type');
  if (source === undefined || type === undefined) return false;
  const fact = context.agents.metadata({ class: source.get('class') ?? '', provider: source.get('provider'), type });
  const names = new Set(fact?.actions.map((action) => action.name));
  return names.has('promote') && names.has('demote');
}
