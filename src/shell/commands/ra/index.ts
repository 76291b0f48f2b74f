// SPDX-License-Identifier: GPL-2.0-or-later
/** The ra level: which agents there are and what they say about themselves. */
import { agentId, type AgentName } from '../../../agents/index.ts';
import { SUCCESS, type Command, type LevelBody } from '../../command.ts';
import { inColumns } from '../../columns.ts';
import type { Session } from '../../session.ts';
import { agentCandidates } from './complete.ts';
import { agentText, clusterOptionsText } from './info.ts';
import { validateAgent } from './validate.ts';

const classes: Command = {
  name: 'classes',
  usage: '',
  summary: 'List the classes of resource agents',
  takes: [0, 0],
  run: async (_invocation, session) => {
    const providers = session.agents.providers();
    const data = session.agents.classes().map((name) => (name === 'ocf' ? { class: name, providers } : { class: name }));
    session.present({ data, text: () => data.map((one) => (one.providers === undefined ? one.class : `${one.class} / ${one.providers.join(' ')}`)).join('\n') });
    return SUCCESS;
  },
};

const providers: Command = {
  name: 'providers',
  usage: 'TYPE [CLASS]',
  summary: 'List the providers of a type of agent',
  skill: 'administrator',
  takes: [1, 2],
  run: async ({ args: [type, agentClass = 'ocf'] }, session) => {
    const found = agentClass === 'ocf' ? session.agents.providers(type!) : [];
    session.present({ data: found, text: () => found.join(' ') });
    return SUCCESS;
  },
};

const list: Command = {
  name: 'list',
  usage: 'CLASS [PROVIDER]',
  summary: 'List the agents of a class',
  skill: 'administrator',
  takes: [1, 2],
  complete: ({ words, session }) => (words.length === 0 ? session.agents.classes() : words[0] === 'ocf' ? session.agents.providers() : []),
  run: async ({ args: [agentClass, provider] }, session) => {
    if (!session.agents.classes().includes(agentClass!)) return session.error(`ra.list: class ${agentClass} does not exist (${session.agents.classes().join(', ')})`);
    if (provider !== undefined && agentClass !== 'ocf') return session.error(`ra.list: class ${agentClass} has no providers`);
    if (provider !== undefined && !session.agents.providers().includes(provider)) return session.error(`ra.list: there is no provider ${provider} for class ocf (${session.agents.providers().join(', ')})`);
    const types = session.agents.types(agentClass!, provider);
    session.present({ data: types, text: () => inColumns(types, session.context.terminal.columns) });
    return SUCCESS;
  },
};

const info: Command = {
  name: 'info',
  aliases: ['meta'],
  usage: '[CLASS:[PROVIDER:]]TYPE | TYPE CLASS [PROVIDER] | cluster',
  summary: 'Show what an agent does, its parameters and operations',
  skill: 'administrator',
  takes: [1, 3],
  help: 'Parameters that must be given carry a star, defaults stand in brackets. `info cluster` shows the options of the cluster.',
  complete: (request) => agentCandidates(request),
  run: async ({ args }, session) => {
    if (args[0] === 'cluster' && args.length === 1) return showClusterOptions(session);
    const agent = named(args, session);
    if (agent === undefined) return session.error(`ra.info: "${args.join(' ')}" does not name an agent`);
    const metadata = session.agents.facts(agent);
    if (metadata === undefined) return session.error(`${agentId(agent)}: got no meta-data, does this RA exist?`);
    if (!session.agents.isInstalled(agent)) session.warn(`${agentId(agent)} is not installed here, this is what is known of it`);
    session.present({ data: { agent: agentId(agent), ...metadata }, text: () => agentText(agentId(agent), metadata) });
    return SUCCESS;
  },
};

const validate: Command = {
  name: 'validate',
  usage: 'AGENT [NAME=VALUE ...]',
  summary: "Run an agent's own check of parameters",
  skill: 'administrator',
  complete: (request) => agentCandidates(request),
  run: async ({ args }, session) => validateAgent(args, session),
};

/** Three words are the old order of class and type. */
function named(args: readonly string[], session: Session): AgentName | undefined {
  const [type, agentClass, provider] = args;
  if (agentClass === undefined) return session.agents.resolve(type!);
  return session.agents.resolve([agentClass, ...(provider === undefined ? [] : [provider]), type!].join(':'));
}

function showClusterOptions(session: Session): number {
  const { data, text } = clusterOptionsText();
  session.present({ data, text: () => text });
  return SUCCESS;
}

export const raLevel: LevelBody = { commands: [classes, providers, list, info, validate] };
