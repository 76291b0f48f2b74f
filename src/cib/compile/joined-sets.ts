// SPDX-License-Identifier: GPL-2.0-or-later
/** Several statements about one set of properties or defaults, taken together as at a prompt: parts of a configuration may stand in files of their own. */
import type { CommentedStatement, NvItem, PropertyStatement } from '../../language/index.ts';
import type { CompileContext } from './context.ts';
import { propertySetId } from './property.ts';

export function withJoinedSets(statements: readonly CommentedStatement[], context: CompileContext): CommentedStatement[] {
  const made: CommentedStatement[] = [];
  const places = new Map<string, number>();
  for (const one of statements) {
    const id = joinableId(one, context);
    const at = id === undefined ? undefined : places.get(id);
    if (at !== undefined) made[at] = joined(made[at]!, one, context);
    else {
      if (id !== undefined) places.set(id, made.length);
      made.push(one);
    }
  }
  return made;
}

/** A rule concerns all that its statement says, so such a statement stands alone. */
function joinableId({ statement }: CommentedStatement, context: CompileContext): string | undefined {
  if (!isSet(statement) || statement.rules.length > 0 || statement.reference !== undefined) return undefined;
  return `${statement.kind} ${propertySetId(statement, context)}`;
}

function isSet(statement: CommentedStatement['statement']): statement is PropertyStatement {
  return statement.kind === 'property' || statement.kind === 'rsc_defaults' || statement.kind === 'op_defaults';
}

function joined(first: CommentedStatement, second: CommentedStatement, context: CompileContext): CommentedStatement {
  if (!isSet(first.statement) || !isSet(second.statement)) return first;
  const known = new Map(first.statement.items.flatMap((item): [string, NvItem][] => (item.kind === 'pair' ? [[item.name.text, item]] : [])));
  for (const item of second.statement.items) {
    const before = item.kind === 'pair' ? known.get(item.name.text) : undefined;
    if (item.kind !== 'pair' || before?.kind !== 'pair' || before.value?.text === item.value?.text) continue;
    context.sink.add('repeated-value', item.name, `"${item.name.text}" was set to ${before.value?.text ?? 'nothing'} before; ${item.value?.text ?? 'nothing'} counts`, { repair: 'say it once' });
  }
  const score = second.statement.score ?? first.statement.score;
  const statement: PropertyStatement = { ...first.statement, score, items: [...first.statement.items, ...second.statement.items] };
  return { statement, comments: [...first.comments, ...second.comments] };
}
