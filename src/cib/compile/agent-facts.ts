// SPDX-License-Identifier: GPL-2.0-or-later
/** What compiling needs to know about resource agents; the agents' room answers. */

export interface AgentReference {
  readonly class: string;
  readonly provider: string | undefined;
  readonly type: string;
}

export interface AdvisedAction {
  readonly name: string;
  readonly timeout: string | undefined;
  readonly interval: string | undefined;
  readonly role: string | undefined;
  readonly depth?: string | undefined;
  /** All attributes but the name, in the agent's order. */
  readonly attributes: ReadonlyArray<readonly [string, string]>;
}

export interface AgentParameterFact {
  readonly name: string;
  readonly isRequired: boolean;
  readonly uniqueGroup: string | undefined;
  readonly obsoletes: readonly string[];
}

export interface AgentFact {
  readonly parameters: readonly AgentParameterFact[];
  readonly actions: readonly AdvisedAction[];
  /** The parameter list is known not to be whole. */
  readonly isPartial: boolean;
}

export interface AgentFacts {
  /** `type`, `class:type` or `class:provider:type` with the provider chosen among the installed ones. */
  resolve(text: string): AgentReference | undefined;
  /** Undefined when nothing is known of the agent. */
  metadata(agent: AgentReference): AgentFact | undefined;
}
