// SPDX-License-Identifier: GPL-2.0-or-later
/** What an agent says about itself, as data: parameters, actions and the abilities that follow from them. */

export interface AgentParameter {
  readonly name: string;
  readonly isRequired: boolean;
  /** Members of the same group must differ between resources; `unique="1"` is a group of its own. */
  readonly uniqueGroup: string | undefined;
  readonly isReloadable: boolean;
  readonly isDeprecated: boolean;
  /** Older spellings this parameter replaces. */
  readonly obsoletes: readonly string[];
  readonly type: string;
  readonly initial: string | undefined;
  /** Values of a `select`. */
  readonly options: readonly string[];
  readonly shortDescription: string;
  readonly longDescription: string;
}

/** An advertised action; times as printed by the agent. */
export interface AgentAction {
  readonly name: string;
  readonly timeout: string | undefined;
  readonly interval: string | undefined;
  readonly role: string | undefined;
  readonly depth: string | undefined;
  readonly startDelay: string | undefined;
  /** A fence agent's `on` that must run before a node's resources start (unfencing). */
  readonly isAutomatic: boolean;
  /** All attributes but the name, in the agent's order, for display. */
  readonly attributes: ReadonlyArray<readonly [string, string]>;
}

export interface AgentMetadata {
  readonly name: string;
  readonly version: string;
  readonly shortDescription: string;
  readonly longDescription: string;
  readonly parameters: readonly AgentParameter[];
  readonly actions: readonly AgentAction[];
  /** The parameter list is known not to be whole: an unknown parameter says nothing. */
  readonly isPartial: boolean;
}

export function findParameter(metadata: AgentMetadata, name: string): AgentParameter | undefined {
  return metadata.parameters.find((parameter) => parameter.name === name);
}

export function hasAction(metadata: AgentMetadata, name: string): boolean {
  return metadata.actions.some((action) => action.name === name);
}

export function isPromotable(metadata: AgentMetadata): boolean {
  return hasAction(metadata, 'promote') && hasAction(metadata, 'demote');
}

export function isMigratable(metadata: AgentMetadata): boolean {
  return hasAction(metadata, 'migrate_to') && hasAction(metadata, 'migrate_from');
}

/** A fence agent lists these as required although the fencer supplies them. */
const SUPPLIED_BY_FENCER = new Set(['action', 'plug', 'port']);

/** Required parameters with none of their spellings among `given`. */
export function missingParameters(agentClass: string, metadata: AgentMetadata, given: ReadonlySet<string>): readonly AgentParameter[] {
  const replacedBy = new Map<string, string>();
  for (const parameter of metadata.parameters) for (const old of parameter.obsoletes) replacedBy.set(old, parameter.name);
  return metadata.parameters.filter((parameter) => {
    if (!parameter.isRequired || given.has(parameter.name)) return false;
    if (agentClass === 'stonith' && SUPPLIED_BY_FENCER.has(parameter.name)) return false;
    if (replacedBy.has(parameter.name)) return false;
    return !parameter.obsoletes.some((old) => given.has(old));
  });
}
