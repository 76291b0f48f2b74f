// SPDX-License-Identifier: GPL-2.0-or-later
/** `validate-all`: lets the agent of a resource check its parameters. */
import { agentOf } from './checks/agent.ts';
import { FAILURE, SUCCESS, type Command } from '../../command.ts';
import { configurationOf } from '../../configuration-session.ts';
import { objectNames } from './names.ts';

export const validateAll: Command = {
  name: 'validate-all',
  usage: 'RSC',
  summary: "run the agent's own check of a resource's parameters",
  skill: 'administrator',
  takes: [1, 1],
  complete: async ({ session }) => objectNames(await configurationOf(session), (object) => object.kind === 'primitive'),
  run: async ({ args }, session) => {
    const { draft } = await configurationOf(session);
    const object = draft.get(args[0] ?? '');
    if (object?.kind !== 'primitive') return session.error(object === undefined ? `object ${args[0]} does not exist` : `${args[0]} is not a primitive`);
    const template = draft.get(object.element.get('template') ?? '')?.element;
    const agent = agentOf(template ?? object.element);
    if (agent === undefined) return session.error(`${object.key} has no agent`);
    const values = new Map<string, string>();
    for (const source of [template, object.element]) {
      for (const set of source?.elements('instance_attributes') ?? []) for (const pair of set.elements('nvpair')) values.set(pair.get('name') ?? '', pair.get('value') ?? '');
    }
    const answer = session.agents.validate(agent, [...values]);
    if (answer === undefined) return session.error(`${object.key}: its agent is not installed here`);
    session.print(answer.stdout);
    if (answer.stderr !== '') session.context.err(answer.stderr);
    return answer.code === 0 ? SUCCESS : FAILURE;
  },
};
