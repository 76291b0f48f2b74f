// SPDX-License-Identifier: GPL-2.0-or-later
/** Where the rules get what is known about agents: the host's own agents first, the shipped catalogue else. */
import { agentId, parseAgent, type AgentLibrary, type AgentMetadata, type AgentName, type Catalogue, type CatalogueEntry } from '../../agents/index.ts';

export interface AgentFactsEntry extends AgentMetadata {
  readonly cloneFacts?: CatalogueEntry['cloneFacts'] | undefined;
  readonly isUniqueCapable?: boolean | undefined;
  readonly deprecatedByText?: ReadonlySet<string>;
}

export interface AgentSource {
  resolve(text: string): AgentName | undefined;
  facts(agent: AgentName): AgentFactsEntry | undefined;
  /** Ids of all agents with facts, for did-you-mean. */
  ids(): readonly string[];
}

/** Facts of the catalogue alone: the same answer on every machine. */
export function catalogueSource(catalogue: Catalogue): AgentSource {
  const providers = new Map<string, string[]>();
  for (const id of catalogue.ids()) {
    const [agentClass, provider, type] = id.split(':');
    if (agentClass === 'ocf' && type !== undefined) providers.set(type, [...(providers.get(type) ?? []), provider!]);
  }
  const resolved = new Map<string, AgentName | undefined>();
  return {
    resolve: (text) => {
      if (!resolved.has(text)) resolved.set(text, parseAgent(text, (type) => providers.get(type) ?? []));
      return resolved.get(text);
    },
    facts: (agent) => catalogue.get(agent),
    ids: () => catalogue.ids(),
  };
}

/** What is installed wins over the catalogue as a whole; what meta-data cannot say (demands on clones) is taken from the catalogue. */
export function librarySource(library: AgentLibrary): AgentSource {
  const offline = catalogueSource(library.catalogue());
  const known = new Map<string, AgentFactsEntry | undefined>();
  const look = (agent: AgentName): AgentFactsEntry | undefined => {
    const installed = library.metadata(agent);
    const { cloneFacts, isUniqueCapable, deprecatedByText } = offline.facts(agent) ?? {};
    return installed === undefined ? offline.facts(agent) : { ...installed, cloneFacts, isUniqueCapable, ...(deprecatedByText === undefined ? {} : { deprecatedByText }) };
  };
  return {
    resolve: (text) => library.resolve(text) ?? offline.resolve(text),
    facts: (agent) => {
      const id = agentId(agent);
      if (!known.has(id)) known.set(id, look(agent));
      return known.get(id);
    },
    ids: offline.ids,
  };
}
