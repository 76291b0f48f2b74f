// SPDX-License-Identifier: GPL-2.0-or-later
/** Sections of an object in the order they were written; all operations share one element where the first stands. */
import { OP_ATTRIBUTES, type NvItem, type Operation, type Section } from '../../language/index.ts';
import { compileItem, compileSet } from './attribute-set.ts';
import { Building } from './building.ts';
import { roleOf, type CompileContext } from './context.ts';

export function compileSections(made: Building, sections: readonly Section[], context: CompileContext): void {
  let operations: Building | undefined;
  const operationsOf = (): Building => {
    if (operations === undefined) {
      operations = new Building('operations');
      made.add(operations);
    }
    return operations;
  };
  for (const section of sections) {
    if (section.kind === 'set') made.add(compileSet(section, context));
    else if (section.kind === 'operations') operationsOf().set('id', section.id?.text).set('id-ref', section.reference?.text);
    else operationsOf().add(compileOperation(section, context));
  }
}

function compileOperation(op: Operation, context: CompileContext): Building {
  const made = new Building('op', [['name', op.name.text]]);
  const others: NvItem[] = [];
  for (const item of op.items) {
    if (item.kind !== 'pair' || !OP_ATTRIBUTES.has(item.name.text) || item.value === undefined) others.push(item);
    else made.set(item.name.text, item.name.text === 'role' ? roleOf(item.value, context) : timeOf(item.name.text, item.value.text, context));
  }
  if (made.get('interval') === undefined && op.name.text !== 'monitor') made.set('interval', '0s');
  if (others.length > 0) {
    const set = new Building('instance_attributes');
    for (const item of others) set.add(compileItem(item, context));
    made.add(set);
  }
  for (const set of op.sets) made.add(compileSet(set, context));
  return made;
}

/** Typed numbers are seconds and get their unit; a file keeps what it says. */
function timeOf(name: string, value: string, context: CompileContext): string {
  return context.mode === 'typed' && (name === 'interval' || name === 'timeout') && /^\d+$/.test(value) ? `${value}s` : value;
}
