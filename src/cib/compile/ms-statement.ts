// SPDX-License-Identifier: GPL-2.0-or-later
/** `ms` and `master` where the schema has no `<master>` any more: a promotable clone says the same. */
import { attributeSet, pair, type AttributeSet, type CommentedStatement, type ContainerStatement, type Section } from '../../language/index.ts';
import { schemaNumber, type CompileContext } from './context.ts';

/** First schema series without `<master>` (schema-upgrade, 3.10 to 4.0). */
const WITHOUT_MASTER = 4;

export function withoutMaster(one: CommentedStatement, context: CompileContext): CommentedStatement {
  const { statement } = one;
  // One that is there all the same stays what it is.
  if (statement.kind !== 'ms' || schemaNumber(context.draft.schema).major < WITHOUT_MASTER || context.draft.get(statement.id.text)?.kind === 'ms') return one;
  context.sink.add('object-changed', statement.keyword, `${statement.keyword.text} ${statement.id.text} becomes a clone with promotable=true`, { object: statement.id.text });
  return { ...one, statement: promotableClone(statement) };
}

function promotableClone(statement: ContainerStatement): ContainerStatement {
  const promotable = pair('promotable', 'true');
  const meta = statement.sections.find((section): section is AttributeSet => section.kind === 'set' && section.section === 'meta' && section.rules.length === 0 && section.reference === undefined);
  if (meta?.items.some((item) => item.kind === 'pair' && item.name.text === 'promotable') === true) return { ...statement, kind: 'clone' };
  const sections: Section[] = meta === undefined ? [...statement.sections, attributeSet('meta', { items: [promotable] })] : statement.sections.map((section) => (section === meta ? { ...meta, items: [promotable, ...meta.items] } : section));
  return { ...statement, kind: 'clone', sections };
}
