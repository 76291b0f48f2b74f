// SPDX-License-Identifier: GPL-2.0-or-later
/** Resource sets: one element for each run of members with the same brackets and the same role or action. */
import { ACTIONS, booleanOf, canonical, type NvPair, type ResourceGroup, type Word } from '../../language/index.ts';
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
  return groups.flatMap((group) => setsOf(group, qualifier, context).map(compileSet));
}

interface PlannedSet {
  /** A set that stands elsewhere has nothing else. */
  readonly reference?: string;
  id: string | undefined;
  readonly bracket: ResourceGroup['bracket'];
  readonly options: NvPair[];
  readonly qualifier: readonly [Qualifier, string | undefined];
  readonly names: string[];
}

/** A change of role or action begins another set, and so does `$id=`; an option belongs to the set that it stands in. */
function setsOf(group: ResourceGroup, qualifier: Qualifier, context: CompileContext): PlannedSet[] {
  const sets: PlannedSet[] = [];
  const waiting: { id: string | undefined; options: NvPair[] } = { id: undefined, options: [] };
  let current: PlannedSet | undefined;
  for (const member of group.members) {
    if (member.kind === 'id') {
      waiting.id = member.word.text;
      current = undefined;
    } else if (member.kind === 'reference') {
      sets.push({ reference: member.word.text, id: undefined, bracket: '', options: [], qualifier: [qualifier, undefined], names: [] });
      current = undefined;
    } else if (member.kind === 'option') (current?.options ?? waiting.options).push(member.pair);
    else {
      const split = splitMember(member.word, qualifier, context);
      if (current === undefined || split.qualifier !== current.qualifier[1]) {
        current = { id: waiting.id, bracket: group.bracket, options: waiting.options, qualifier: [qualifier, split.qualifier], names: [] };
        Object.assign(waiting, { id: undefined, options: [] });
        sets.push(current);
      }
      current.names.push(split.name);
    }
  }
  return sets;
}

function compileSet(set: PlannedSet): Building {
  if (set.reference !== undefined) return new Building('resource_set', [['id-ref', set.reference]]);
  const made = new Building('resource_set', [['id', set.id], ...optionsOf(set), set.qualifier]);
  return made.add(...set.names.map((name) => element('resource_ref', { id: name })));
}

/** What the brackets and the options inside them say, without what is the default anyway. */
function optionsOf(set: PlannedSet): [string, string][] {
  let sequential: string | undefined = set.bracket === '' ? 'true' : 'false';
  let requireAll: string | undefined = set.bracket === '[' ? 'false' : 'true';
  const others: [string, string][] = [];
  for (const { name, value } of set.options) {
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
