// SPDX-License-Identifier: GPL-2.0-or-later
/** `location`. */
import type { LocationStatement } from '../../language/index.ts';
import { Building } from './building.ts';
import { roleOf, type CompileContext } from './context.ts';
import { compileSetList } from './resource-set.ts';
import { compileLifetime, compileRule, setScore } from './rule.ts';

export function compileLocation(statement: LocationStatement, context: CompileContext): Building {
  const made = new Building('rsc_location', [['id', statement.id.text]]);
  const target = statement.target?.text;
  if (target !== undefined && target.length > 2 && target.startsWith('/') && target.endsWith('/')) made.set('rsc-pattern', target.slice(1, -1));
  else made.set('rsc', target);
  for (const option of statement.options) {
    const name = option.name.text.replace(/^\$/, '');
    made.set(name, name === 'role' && option.value !== undefined ? roleOf(option.value, context) : option.value?.text);
  }
  if (statement.node !== undefined) {
    setScore(made, statement.score);
    made.set('node', statement.node.text);
  }
  if (statement.sets !== undefined) made.add(...compileSetList(statement.sets, 'role', context));
  for (const rule of statement.rules) made.add(compileRule(rule, context));
  return made.add(...compileLifetime(statement.lifetime, context));
}
