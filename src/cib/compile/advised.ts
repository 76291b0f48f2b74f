// SPDX-License-Identifier: GPL-2.0-or-later
/** Operations as the agent advises them: for typed primitives, when the user's options ask for it. */
import type { AdvisedAction, AgentFact } from './agent-facts.ts';
import { Building } from './building.ts';

const ADDED = new Set(['monitor', 'start', 'stop', 'promote', 'demote']);
const DEFAULT_TIMEOUT = '20s';

/** Fills in what the given operations leave open and adds the advertised ones that are not given. */
export function addAdvisedOperations(made: Building, fact: AgentFact): void {
  let operations = made.parts().find((part) => part.name === 'operations');
  // Operations that are completed move behind the other sections.
  if (operations !== undefined) made.children.push(...made.children.splice(made.children.indexOf(operations), 1));
  for (const op of operations?.parts() ?? []) complete(op, fact);
  const given = new Set((operations?.parts() ?? []).map((op) => op.get('name')));
  const added = fact.actions.filter((action) => ADDED.has(action.name) && !given.has(action.name));
  // Monitors first, as users write them; the others in the order of the meta-data.
  added.sort((a, b) => Number(b.name === 'monitor') - Number(a.name === 'monitor'));
  for (const action of added) {
    if (operations === undefined) {
      operations = new Building('operations');
      made.add(operations);
    }
    operations.add(advisedOperation(action));
  }
}

function complete(op: Building, fact: AgentFact): void {
  const advised = fact.actions.find((action) => action.name === op.get('name') && (op.get('role') === undefined || action.role === op.get('role')));
  if (op.get('timeout') === undefined) op.set('timeout', advised?.timeout ?? DEFAULT_TIMEOUT);
  if (op.get('interval') === undefined) op.set('interval', advised?.interval ?? DEFAULT_TIMEOUT);
}

/** Times and role in the order of the meta-data; a start or stop has interval 0. */
function advisedOperation(action: AdvisedAction): Building {
  const made = new Building('op', [['name', action.name]]);
  for (const [name, value] of action.attributes) if (name === 'timeout' || name === 'interval' || name === 'role') made.set(name, value);
  if (made.get('interval') === undefined) made.set('interval', '0s');
  return made;
}
