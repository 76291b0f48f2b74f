// SPDX-License-Identifier: GPL-2.0-or-later
/** `fencing_topology`: levels of each target, counted from 1. */
import type { TopologyItem, TopologyStatement } from '../../language/index.ts';
import { Building } from './building.ts';
import type { CompileContext } from './context.ts';

type Level = Extract<TopologyItem, { kind: 'level' }>;
type Target = ReadonlyArray<readonly [string, string]>;

export function compileTopology(statement: TopologyStatement, context: CompileContext): Building {
  const made = new Building('fencing-topology');
  const everywhere: Level[] = [];
  const counts = new Map<string, number>();
  let target: Target | undefined;
  let counted = '';
  for (const item of statement.items) {
    if (item.kind !== 'level') {
      target = targetOf(item);
      // Levels of an attribute count together, whatever its value.
      counted = item.kind === 'attribute' ? `attr:${item.name.text}` : JSON.stringify(target);
    } else if (target === undefined) everywhere.push(item);
    else addLevel(made, item, target, counted, counts);
  }
  for (const uname of everywhere.length === 0 ? [] : nodeNames(context)) {
    for (const level of everywhere) addLevel(made, level, [['target', uname]], `node ${uname}`, counts);
  }
  return made;
}

function targetOf(item: Exclude<TopologyItem, Level>): Target {
  switch (item.kind) {
    case 'node':
      return [['target', item.word.text]];
    case 'pattern':
      return [['target-pattern', item.word.text]];
    case 'attribute':
      return [['target-attribute', item.name.text], ['target-value', item.value.text]];
  }
}

function addLevel(made: Building, level: Level, target: Target, counted: string, counts: Map<string, number>): void {
  const index = level.index?.text ?? String((counts.get(counted) ?? 0) + 1);
  counts.set(counted, Number(index));
  made.add(new Building('fencing-level', [['id', level.id?.text], ...target, ['index', index], ['devices', level.devices.text]]));
}

function nodeNames(context: CompileContext): string[] {
  const names: string[] = [];
  for (const object of context.draft.objects()) if (object.kind === 'node') names.push(object.element.get('uname') ?? object.element.id ?? '');
  return names.sort();
}
