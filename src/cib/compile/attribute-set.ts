// SPDX-License-Identifier: GPL-2.0-or-later
/** Sets of name-value pairs. */
import type { AttributeSet, NvItem, SetKeyword, Word } from '../../language/index.ts';
import { Building } from './building.ts';
import { translateRole, type CompileContext } from './context.ts';
import { compileRule } from './rule.ts';

const ELEMENTS: Readonly<Record<SetKeyword, string>> = {
  params: 'instance_attributes',
  attributes: 'instance_attributes',
  op_params: 'instance_attributes',
  meta: 'meta_attributes',
  op_meta: 'meta_attributes',
  utilization: 'utilization',
};

export function compileSet(set: AttributeSet, context: CompileContext): Building {
  return fillSet(new Building(ELEMENTS[set.section]), set, context);
}

type SetParts = Pick<AttributeSet, 'id' | 'reference' | 'score' | 'rules' | 'items' | 'itemsBeforeRules'>;

/** Puts id, score, rules and pairs into the element of a set. */
export function fillSet(made: Building, set: SetParts, context: CompileContext): Building {
  if (set.reference !== undefined) made.set('id-ref', set.reference.text);
  made.set('id', set.id?.text).set('score', set.score?.text);
  const items = set.items.map((item) => compileItem(item, context));
  items.splice(set.itemsBeforeRules, 0, ...set.rules.map((rule) => compileRule(rule, context)));
  return made.add(...items);
}

export function compileItem(item: NvItem, context: CompileContext): Building {
  if (item.kind === 'reference') return new Building('nvpair').set('id-ref', item.target.text).set('name', item.name?.text);
  return new Building('nvpair').set('id', item.id?.text).set('name', item.name.text).set('value', valueOf(item.name.text, item.value, context));
}

function valueOf(name: string, value: Word | undefined, context: CompileContext): string | undefined {
  if (value === undefined || (name !== 'target-role' && name !== 'role')) return value?.text;
  return translateRole(value.text, value, context);
}
