// SPDX-License-Identifier: GPL-2.0-or-later
/** `schema` and `upgrade`. */
import { isValid, schemaNames, schemaOf, upgradeCib } from '../../../cib/index.ts';
import { SUCCESS, type Command } from '../../command.ts';
import { ConfigurationSession, configurationOf, replaceConfiguration } from '../../configuration-session.ts';

export const schema: Command = {
  name: 'schema',
  usage: '[NAME]',
  summary: 'print or change the schema of the configuration',
  skill: 'administrator',
  takes: [0, 1],
  complete: () => schemaNames(),
  run: async ({ args }, session) => {
    const configuration = await configurationOf(session);
    const name = args[0];
    if (name === undefined) {
      session.present({ data: { schema: configuration.draft.schema }, text: () => configuration.draft.schema });
      return SUCCESS;
    }
    const version = schemaOf(name);
    if (version === undefined) return session.error(`schema ${name} does not exist`);
    if (version !== 'none' && !isValid(configuration.draft.finish().with('validate-with', name), version)) return session.error(`the configuration does not fit schema ${name}`);
    configuration.draft.setSchema(name);
    return SUCCESS;
  },
};

export const upgrade: Command = {
  name: 'upgrade',
  usage: 'force',
  summary: 'bring the configuration to the newest schema',
  skill: 'administrator',
  takes: [0, 1],
  complete: () => ['force'],
  run: async ({ args }, session) => {
    if (args[0] !== undefined && args[0] !== 'force') return session.error(`configure.upgrade: Expected force (found ${args[0]})`);
    const configuration = await configurationOf(session);
    if (args[0] !== 'force' && !session.flags.force && (schemaOf(configuration.draft.schema) ?? 'none') !== 'none' && !/^pacemaker-[01]\./.test(configuration.draft.schema)) {
      session.info(`the schema is ${configuration.draft.schema}; "upgrade force" goes to the newest`);
      return SUCCESS;
    }
    const result = upgradeCib(configuration.draft.finish());
    for (const note of result.notes) session.info(note.message);
    if (result.problem !== undefined && result.problem.kind !== 'step-failed') return session.error(result.problem.message);
    if (result.problem !== undefined) session.warn(result.problem.message);
    replaceConfiguration(session, new ConfigurationSession(configuration.base, configuration.agents, result.cib));
    return SUCCESS;
  },
};
