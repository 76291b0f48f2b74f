// SPDX-License-Identifier: GPL-2.0-or-later
/** Cluster options that the schema does not know any more: a text that sets them says what the upgrade would make of them. */
import type { CommentedStatement, NvItem, NvPair, PropertyStatement, Word } from '../../language/index.ts';
import { retiredOption } from '../upgrade/index.ts';
import { schemaNumber, type CompileContext } from './context.ts';

type Defaults = 'rsc_defaults' | 'op_defaults';

/** One statement of a text: options under their names of today, defaults in statements of their own, without those that have no effect. */
export function withTodaysOptions(statements: readonly CommentedStatement[], context: CompileContext): CommentedStatement[] {
  const made: CommentedStatement[] = [];
  const moved: PropertyStatement[] = [];
  for (const one of statements) {
    const { statement } = one;
    if (statement.kind !== 'property') made.push(one);
    else {
      const kept = takeRetired(statement, moved, context);
      if (kept.length > 0 || statement.items.length === 0) made.push(kept.length === statement.items.length && kept.every((item, i) => item === statement.items[i]) ? one : { ...one, statement: { ...statement, items: kept } });
    }
  }
  for (const one of moved) addDefaults(made, one);
  return made;
}

/** The items that stay; those that are defaults today go to `moved`. */
function takeRetired(statement: PropertyStatement, moved: PropertyStatement[], context: CompileContext): NvItem[] {
  const schema = schemaNumber(context.draft.schema);
  return statement.items.flatMap((item): NvItem[] => {
    const found = item.kind === 'pair' ? retiredOption(item.name.text, item.value?.text ?? '', schema) : undefined;
    if (found === undefined || item.kind !== 'pair') return [item];
    const say = (what: string): void => context.sink.add('object-changed', item.name, `"${item.name.text}" ${what}`);
    switch (found.kind) {
      case 'changed':
        say(found.name === item.name.text ? `has the value ${found.value} today` : `is written "${found.name}" today`);
        return [{ ...item, name: { ...item.name, text: found.name }, value: asValue(item, found.value) }];
      case 'dropped':
        say(`is left out: ${found.instead}`);
        return [];
      case 'moved':
        say(`becomes ${found.section} ${found.name}=${found.value}`);
        moved.push(defaultsOf(statement, found.section, { ...item, id: undefined, name: { ...item.name, text: found.name }, value: asValue(item, found.value) }));
        return [];
    }
  });
}

function asValue(item: NvPair, text: string): Word | undefined {
  return item.value === undefined ? undefined : { ...item.value, text };
}

/** Options with a rule become defaults with that rule, in a set of their own. */
function defaultsOf(statement: PropertyStatement, kind: Defaults, item: NvPair): PropertyStatement {
  const hasRule = statement.rules.length > 0;
  const id = hasRule && statement.id !== undefined ? { ...statement.id, text: `${statement.id.text}-${kind.replace('_', '-')}` } : undefined;
  return { ...statement, kind, id, reference: undefined, score: hasRule ? statement.score : undefined, items: [item] };
}

/** What the text says about the same default itself counts more. */
function addDefaults(statements: CommentedStatement[], added: PropertyStatement): void {
  const at = statements.findIndex(({ statement }) => statement.kind === added.kind && (added.rules.length === 0 ? statement.rules.length === 0 && statement.reference === undefined : statement.id?.text === added.id?.text));
  const there = statements[at];
  if (there?.statement.kind !== added.kind) statements.push({ statement: added, comments: [] });
  else if (!namesIn(there.statement).has(namesIn(added).values().next().value!)) {
    statements[at] = { ...there, statement: { ...there.statement, items: [...there.statement.items, ...added.items] } };
  }
}

function namesIn(statement: PropertyStatement): Set<string> {
  return new Set(statement.items.flatMap((item) => (item.kind === 'pair' ? [item.name.text] : [])));
}
