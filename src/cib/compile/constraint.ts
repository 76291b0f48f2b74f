// SPDX-License-Identifier: GPL-2.0-or-later
/** `colocation`, `order` and `rsc_ticket`: two resources (one for a ticket) in attributes, anything else in resource sets. */
import { booleanOf, canonical, explicitScore, ORDER_KINDS, scoreOf, type SetConstraintStatement } from '../../language/index.ts';
import { Building } from './building.ts';
import type { CompileContext } from './context.ts';
import { compileSetList, plainMembers, splitMember, type SplitMember } from './resource-set.ts';
import { compileLifetime, explicitlyStored, setScore } from './rule.ts';

export function compileColocation(statement: SetConstraintStatement, context: CompileContext): Building {
  const made = new Building('rsc_colocation', [['id', statement.id.text]]);
  setScore(made, statement.label);
  made.add(...compileLifetime(statement.lifetime, context));
  const [first, second] = simpleMembers(statement, 2, 'role', context);
  if (first !== undefined && second !== undefined) {
    made.set('rsc', first.name).set(roleName('rsc', first), first.qualifier);
    made.set('with-rsc', second.name).set(roleName('with-rsc', second), second.qualifier);
  } else made.add(...compileSetList(statement.sets, 'role', context));
  for (const option of statement.options) made.set(option.name.text.toLowerCase(), option.value?.text);
  return made;
}

/** A number behind the colon is an instance of a clone. */
function roleName(prefix: string, member: SplitMember): string {
  return /^\d+$/.test(member.qualifier ?? '') ? `${prefix}-instance` : `${prefix}-role`;
}

export function compileOrder(statement: SetConstraintStatement, context: CompileContext): Building {
  const made = new Building('rsc_order', [['id', statement.id.text], ['kind', orderKind(statement.label?.text)], ['score', explicitlyStored(statement.label)]]);
  made.add(...compileLifetime(statement.lifetime, context));
  const [first, then] = simpleMembers(statement, 2, 'action', context);
  if (first !== undefined && then !== undefined) {
    made.set('first', first.name).set('first-action', first.qualifier).set('then', then.name).set('then-action', then.qualifier);
  } else made.add(...compileSetList(statement.sets, 'action', context));
  for (const option of statement.options) made.set(option.name.text, booleanOf(option.value?.text ?? '') ?? option.value?.text);
  return made;
}

/** Old texts give a score: 0 means optional, anything else mandatory. */
function orderKind(label: string | undefined): string | undefined {
  if (label === undefined || explicitScore(label) !== undefined) return undefined;
  return canonical(label, ORDER_KINDS) ?? (Number(scoreOf(label)) === 0 ? 'Optional' : 'Mandatory');
}

/** Schemas of series 1 and 2 still have the score itself. */
export function compileTicket(statement: SetConstraintStatement, context: CompileContext): Building {
  const made = new Building('rsc_ticket', [['id', statement.id.text], ['ticket', statement.label?.text]]);
  for (const option of statement.options) made.set(option.name.text, option.value?.text.toLowerCase());
  const [only] = simpleMembers(statement, 1, 'role', context);
  if (only !== undefined) made.set('rsc', only.name).set(roleName('rsc', only), only.qualifier);
  else made.add(...compileSetList(statement.sets, 'role', context));
  return made;
}

/** The members when there are exactly that many, without brackets; else none. */
function simpleMembers(statement: SetConstraintStatement, count: number, qualifier: 'role' | 'action', context: CompileContext): SplitMember[] {
  const words = statement.isMarked ? undefined : plainMembers(statement.sets);
  return words?.length === count ? words.map((word) => splitMember(word, qualifier, context)) : [];
}
