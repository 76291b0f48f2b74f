// SPDX-License-Identifier: GPL-2.0-or-later
/** Completion inside a statement: the language says what may come, the working copy which names there are. */
import type { AgentName, CibDraft, CibObject } from '../../../cib/index.ts';
import { cloneMetaOptions, clusterOptions, operationOptions, resourceMetaOptions, sectionOf, type OptionFact } from '../../../cib/index.ts';
import { completeWords, type CompletionFacts } from '../../../language/index.ts';
import type { Completer } from '../../command.ts';
import { configurationOf, type ConfigurationSession } from '../../configuration-session.ts';
import { nameOf } from './selection.ts';
import type { Session } from '../../session.ts';

export function completeStatement(keyword: string): Completer {
  return async ({ words, prefix, session }) => {
    const configuration = await configurationOf(session);
    return completeWords(keyword, words, prefix, factsOf(configuration, session));
  };
}

function factsOf(configuration: ConfigurationSession, session: Session): CompletionFacts {
  const { draft } = configuration;
  const named = (isWanted: (object: CibObject) => boolean): string[] => [...draft.objects()].filter(isWanted).map(nameOf).sort();
  return {
    nodes: () => named((object) => object.kind === 'node'),
    resources: () => named((object) => sectionOf(object.kind) === 'resources' && object.parent === undefined),
    freePrimitives: () => named((object) => object.kind === 'primitive' && object.parent === undefined),
    freeResources: () => named((object) => (object.kind === 'primitive' || object.kind === 'group') && object.parent === undefined),
    primitives: () => named((object) => object.kind === 'primitive'),
    templates: () => named((object) => object.kind === 'rsc_template'),
    fenceDevices: () => named((object) => object.element.get('class') === 'stonith'),
    roles: () => named((object) => object.kind === 'role'),
    agents: (prefix) => agentNames(session, prefix),
    parameters: (agent) => parametersOf(configuration, draft, agent),
    operations: (agent) => operationsOf(configuration, draft, agent),
    metaAttributes: () => [...resourceMetaOptions(), ...cloneMetaOptions()].map((option) => ({ name: option.name, help: option.initial === '' ? option.type : `${option.type}, default ${option.initial}`, values: choices(option) })),
    operationAttributes: () => operationOptions().map((option) => ({ name: option.name, help: option.type, values: choices(option) })),
    clusterOptions: () => clusterOptions().filter((option) => option.isGenerated !== true).sort(byName).map((option) => ({ name: option.name, help: `${option.type} (default ${option.initial || 'none'})`, values: choices(option) })),
  };
}

/** Of an option that takes one of some words. */
function choices({ type, values }: OptionFact): readonly string[] {
  return values ?? (type === 'boolean' ? ['true', 'false'] : []);
}

function byName(a: OptionFact, b: OptionFact): number {
  return a.name < b.name ? -1 : 1;
}

function agentNames(session: Session, prefix: string): string[] {
  const parts = prefix.split(':');
  const { agents } = session;
  if (parts.length === 1) return [...agents.classes().map((one) => `${one}:`), ...agents.types('ocf', 'heartbeat'), ...agents.types('stonith')];
  const [agentClass = '', provider = ''] = parts;
  if (agentClass !== 'ocf') return agents.types(agentClass).map((type) => `${agentClass}:${type}`);
  return parts.length === 2 ? agents.providers().map((one) => `ocf:${one}:`) : agents.types('ocf', provider).map((type) => `ocf:${provider}:${type}`);
}

function resolve(configuration: ConfigurationSession, draft: CibDraft, agent: string): AgentName | undefined {
  if (!agent.startsWith('@')) return configuration.agents.resolve(agent);
  const template = draft.get(agent.slice(1))?.element;
  return template === undefined ? undefined : { class: template.get('class') ?? '', provider: template.get('provider'), type: template.get('type') ?? '' };
}

function parametersOf(configuration: ConfigurationSession, draft: CibDraft, agent: string): { name: string; help: string }[] {
  const reference = resolve(configuration, draft, agent);
  const parameters = reference === undefined ? [] : (configuration.agents.metadata(reference)?.parameters ?? []);
  const required = parameters.filter((one) => one.isRequired);
  return [...required, ...parameters.filter((one) => !one.isRequired)].map((one) => ({ name: one.name, help: one.isRequired ? 'required' : '' }));
}

function operationsOf(configuration: ConfigurationSession, draft: CibDraft, agent: string): ReturnType<CompletionFacts['operations']> {
  const reference = resolve(configuration, draft, agent);
  return (reference === undefined ? undefined : configuration.agents.metadata(reference)?.actions) ?? [];
}
