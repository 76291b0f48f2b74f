// SPDX-License-Identifier: GPL-2.0-or-later
/** `property`, `rsc_defaults` and `op_defaults`: a set that exists takes over the new values. */
import type { PropertyStatement } from '../../language/index.ts';
import { fillSet } from './attribute-set.ts';
import { Building } from './building.ts';
import type { CompileContext } from './context.ts';
import { elementOf } from './kinds.ts';

const DEFAULT_IDS = { property: 'cib-bootstrap-options', rsc_defaults: 'rsc-options', op_defaults: 'op-options' } as const;

/** The set a statement means: the one it names, else the default one; typed, the last of its kind when there is no default one. */
export function propertySetId(statement: PropertyStatement, context: CompileContext): string {
  if (statement.id !== undefined) return statement.id.text;
  const wanted = DEFAULT_IDS[statement.kind];
  if (context.mode === 'file' || context.draft.get(wanted) !== undefined) return wanted;
  let last: string | undefined;
  for (const object of context.draft.objects()) if (object.kind === statement.kind) last = object.key;
  return last ?? wanted;
}

export function compileProperty(statement: PropertyStatement, id: string, context: CompileContext): Building {
  const made = new Building(elementOf(statement.kind), [['id', id]]);
  return fillSet(made, { id: undefined, reference: statement.reference, score: statement.score, rules: statement.rules, items: statement.items }, context);
}
