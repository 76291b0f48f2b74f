// SPDX-License-Identifier: GPL-2.0-or-later
/** `default-timeouts`: operations get the timeouts that their agents advise. */
import { agentOf } from './checks/agent.ts';
import { element, isPromotableClone, type AgentFact, type CibDraft, type CibObject, type XmlElement } from '../../../cib/index.ts';
import { SUCCESS, FAILURE, type Command } from '../../command.ts';
import { configurationOf } from '../../configuration-session.ts';
import { objectNames } from './names.ts';
import { keyOf, missing } from './selection.ts';

export const defaultTimeouts: Command = {
  name: 'default-timeouts',
  usage: 'ID...',
  summary: 'set timeouts of operations as the agents advise',
  skill: 'administrator',
  complete: async ({ session }) => objectNames(await configurationOf(session), (object) => object.kind === 'primitive'),
  run: async ({ args }, session) => {
    const configuration = await configurationOf(session);
    let code = SUCCESS;
    for (const name of args) {
      const object = configuration.draft.get(keyOf(configuration.draft, name) ?? '');
      if (object === undefined) code = session.error(missing(configuration.draft, name));
      else if (object.kind !== 'primitive') {
        session.warn(`element ${name} is not a primitive`);
        code = FAILURE;
      }
      else {
        const template = configuration.draft.get(object.element.get('template') ?? '')?.element;
        const agent = agentOf(template ?? object.element);
        const fact = agent === undefined ? undefined : configuration.agents.metadata(agent);
        if (fact === undefined) code = session.error(`${name}: nothing is known of its agent`);
        else configuration.change(() => configuration.draft.put({ ...object, element: withTimeouts(object, fact, neededOperations(object, configuration.draft), (id) => configuration.draft.isTaken(id)) }));
      }
    }
    return code === SUCCESS ? SUCCESS : FAILURE;
  },
};

/** Operations that every instance goes through, asked for or not. */
function neededOperations(object: CibObject, draft: CibDraft): readonly string[] {
  for (let around = draft.get(object.parent ?? ''); around !== undefined; around = draft.get(around.parent ?? '')) {
    if (isPromotableClone(around.element)) return ['start', 'stop', 'promote', 'demote'];
  }
  return ['start', 'stop'];
}

function withTimeouts(object: CibObject, fact: AgentFact, needed: readonly string[], isTaken: (id: string) => boolean): XmlElement {
  const present = object.element.first('operations') ?? element('operations');
  const ops: XmlElement[] = present.elements('op').map((op) => {
    const advised = fact.actions.find((action) => action.name === op.get('name') && (action.role ?? op.get('role')) === op.get('role'))?.timeout;
    return advised === undefined ? op : op.with('timeout', advised);
  });
  for (const name of needed) {
    if (ops.some((op) => op.get('name') === name)) continue;
    const advised = fact.actions.find((action) => action.name === name)?.timeout;
    const id = `${object.key}-${name}-0`;
    if (advised !== undefined) ops.push(element('op', { name, timeout: advised, interval: '0', id: isTaken(id) ? `${id}-0` : id }));
  }
  const made = present.withChildren(ops);
  return object.element.first('operations') === undefined ? object.element.append(made) : object.element.replaceChild(present, made);
}
