// SPDX-License-Identifier: GPL-2.0-or-later
/** Resource sets: one element for each run of members with the same brackets and the same role or action. */
import { ACTIONS, booleanOf, canonical, type ResourceGroup, type SetMember, type Word } from '../../language/index.ts';
import { element } from '../xml/index.ts';
import { Building } from './building.ts';
import { roleOf, type CompileContext } from './context.ts';

export type Qualifier = 'role' | 'action';

export interface SplitMember {
  readonly name: string;
  readonly qualifier: string | undefined;
}

/** `rsc[:role]` or `rsc[:action]`, the qualifier in the schema's spelling. */
export function splitMember(word: Word, qualifier: Qualifier, context: CompileContext): SplitMember {
  const [name = '', written] = word.text.split(':');
  if (written === undefined) return { name, qualifier: undefined };
  if (qualifier === 'action') return { name, qualifier: canonical(written, ACTIONS) ?? written };
  return { name, qualifier: /^\d+$/.test(written) ? written : roleOf({ ...word, text: written }, context) };
}

export function compileSetList(groups: readonly ResourceGroup[], qualifier: Qualifier, context: CompileContext): Building[] {
  return groups.flatMap(parts).flatMap((group) => compileGroup(group, qualifier, context));
}

/** A `$id=` among the members begins a part with options of its own. */
function parts(group: ResourceGroup): ResourceGroup[] {
  const found: SetMember[][] = [[]];
  for (const member of group.members) {
    if (member.kind === 'id' && found[found.length - 1]!.some((one) => one.kind === 'resource')) found.push([]);
    found[found.length - 1]!.push(member);
  }
  return found.map((members) => ({ ...group, members }));
}

function compileGroup(group: ResourceGroup, qualifier: Qualifier, context: CompileContext): Building[] {
  const sets: Building[] = [];
  let current: Building | undefined;
  let present: string | undefined;
  let id: string | undefined;
  const options = optionsOf(group);
  for (const member of group.members) {
    if (member.kind === 'id') {
      id = member.word.text;
      current = undefined;
    }
    if (member.kind !== 'resource') continue;
    const split = splitMember(member.word, qualifier, context);
    if (current === undefined || split.qualifier !== present) {
      current = new Building('resource_set', [['id', id], ...options, [qualifier, split.qualifier]]);
      present = split.qualifier;
      id = undefined;
      sets.push(current);
    }
    current.add(element('resource_ref', { id: split.name }));
  }
  return sets;
}

/** What the brackets and the options inside them say, without what is the default anyway. */
function optionsOf(group: ResourceGroup): [string, string][] {
  let sequential: string | undefined = group.bracket === '' ? 'true' : 'false';
  let requireAll: string | undefined = group.bracket === '[' ? 'false' : 'true';
  const others: [string, string][] = [];
  for (const member of group.members.filter((one): one is Extract<SetMember, { kind: 'option' }> => one.kind === 'option')) {
    const { name, value } = member.pair;
    if (name.text === 'sequential') sequential = booleanOf(value?.text ?? '');
    else if (name.text === 'require-all') requireAll = booleanOf(value?.text ?? '');
    else others.push([name.text, value?.text ?? '']);
  }
  const found: [string, string][] = [];
  if (requireAll === 'false') found.push(['require-all', 'false']);
  if (sequential === 'false') found.push(['sequential', 'false']);
  return [...found, ...others];
}

/** The members of a list without brackets and options; undefined when there are any. */
export function plainMembers(groups: readonly ResourceGroup[]): Word[] | undefined {
  const words: Word[] = [];
  for (const group of groups) {
    if (group.bracket !== '') return undefined;
    for (const member of group.members) {
      if (member.kind !== 'resource') return undefined;
      words.push(member.word);
    }
  }
  return words;
}
