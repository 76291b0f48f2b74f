// SPDX-License-Identifier: GPL-2.0-or-later
/** `property`, `rsc_defaults` and `op_defaults`: a set that exists takes over the new values. */
import type { NvItem, PropertyStatement } from '../../language/index.ts';
import { fillSet } from './attribute-set.ts';
import { Building } from './building.ts';
import type { CompileContext } from './context.ts';
import { elementOf } from './kinds.ts';

const DEFAULT_IDS = { property: 'cib-bootstrap-options', rsc_defaults: 'rsc-options', op_defaults: 'op-options' } as const;

/**
 * The set a statement means: the one it names, else the default one; typed, the last of its kind when there is no default one. A set with
 * a rule is never meant without being named, for what goes there holds under its rule only.
 */
export function propertySetId(statement: PropertyStatement, context: CompileContext): string {
  if (statement.id !== undefined) return statement.id.text;
  const wanted = DEFAULT_IDS[statement.kind];
  if (context.mode === 'file' || context.draft.get(wanted) !== undefined) return wanted;
  let last: string | undefined;
  for (const object of context.draft.objects()) if (object.kind === statement.kind && object.element.first('rule') === undefined) last = object.key;
  return last ?? wanted;
}

export function compileProperty(statement: PropertyStatement, id: string, context: CompileContext): Building {
  const made = new Building(elementOf(statement.kind), [['id', id]]);
  return fillSet(made, { id: undefined, reference: statement.reference, score: statement.score, rules: statement.rules, items: context.draft.get(id) === undefined ? lastOfEachName(statement.items) : statement.items, itemsBeforeRules: statement.itemsBeforeRules }, context);
}

/** A value that is given twice has the place of the first and the value of the last; pairs with ids of their own are told apart by them. */
function lastOfEachName(items: readonly NvItem[]): NvItem[] {
  const found = new Map<string, NvItem>();
  items.forEach((item, i) => found.set(item.kind === 'pair' && item.id === undefined ? item.name.text : `${i}:`, item));
  return [...found.values()];
}
