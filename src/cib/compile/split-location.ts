// SPDX-License-Identifier: GPL-2.0-or-later
/** A location with several rules where the schema has one rule for each: the others stand in constraints of their own, which means the same. */
import type { CommentedStatement, LocationStatement } from '../../language/index.ts';
import { schemaNumber, type CompileContext } from './context.ts';

/** First schema series with one rule for each location (schema-upgrade, 3.10 to 4.0). */
const ONE_RULE = 4;

export function withSplitLocations(statements: readonly CommentedStatement[], context: CompileContext): readonly CommentedStatement[] {
  if (schemaNumber(context.draft.schema).major < ONE_RULE || !statements.some(hasSeveralRules)) return statements;
  const written = new Set(statements.flatMap(({ statement }) => ('id' in statement && statement.id !== undefined ? [statement.id.text] : [])));
  return statements.flatMap((one) => (hasSeveralRules(one) ? split(one, written, context) : [one]));
}

function hasSeveralRules(one: CommentedStatement): one is CommentedStatement & { readonly statement: LocationStatement } {
  return one.statement.kind === 'location' && one.statement.rules.length > 1;
}

/** The numbers are those that lint's repair gives, so that a text means the same before and after it. */
function split(one: CommentedStatement & { readonly statement: LocationStatement }, written: Set<string>, context: CompileContext): CommentedStatement[] {
  const { statement } = one;
  const [first, ...others] = statement.rules;
  let number = 2;
  const parts = others.map((rule): CommentedStatement => {
    while (written.has(`${statement.id.text}-${number}`)) number++;
    const id = { ...statement.id, text: `${statement.id.text}-${number++}` };
    written.add(id.text);
    return { statement: { ...statement, id, rules: [rule] }, comments: [] };
  });
  const names = parts.map((part) => ('id' in part.statement ? part.statement.id?.text : undefined)).join(', ');
  context.sink.add('object-changed', statement.id, `location ${statement.id.text} has ${statement.rules.length} rules: all but the first become ${names}`, { object: statement.id.text });
  return [{ ...one, statement: { ...statement, rules: [first!] } }, ...parts];
}
