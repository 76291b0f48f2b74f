// SPDX-License-Identifier: GPL-2.0-or-later
/** `monitor`: one more monitor operation for a primitive that exists. */
import type { MonitorStatement } from '../../language/index.ts';
import { parseInterval } from '../time/index.ts';
import { Building } from './building.ts';
import { meantObject, type CompileContext } from './context.ts';

export function compileMonitor(statement: MonitorStatement, context: CompileContext): Building | undefined {
  const [name = '', role] = statement.target.text.split(':');
  const object = context.draft.get(name);
  if (object === undefined && context.unread.has(name)) return undefined;
  if (object?.kind !== 'primitive') {
    context.sink.add(object === undefined ? 'no-such-object' : 'invalid-value', statement.target, object === undefined ? `there is no primitive ${name}` : `${name} is a ${object.kind}; only a primitive is monitored`, object === undefined ? meantObject(name, ['primitive'], context) : {});
    return undefined;
  }
  const [interval, timeout] = statement.times.text.split(':');
  const made = Building.of(object.element);
  let operations = made.parts().find((part) => part.name === 'operations');
  if (operations?.parts().some((op) => op.get('name') === 'monitor' && sameInterval(op.get('interval'), interval))) {
    context.sink.add('duplicate-monitor', statement.times, `${name} has a monitor operation every ${interval} already`, { repair: 'give it another interval' });
    return undefined;
  }
  if (operations === undefined) {
    operations = new Building('operations');
    made.add(operations);
  }
  operations.add(new Building('op', [['name', 'monitor'], ['role', role], ['interval', interval === '' ? undefined : interval], ['timeout', timeout]]));
  return made;
}

function sameInterval(one: string | undefined, other: string | undefined): boolean {
  return parseInterval(one ?? '0') === parseInterval(other ?? '0');
}
