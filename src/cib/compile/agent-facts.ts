// SPDX-License-Identifier: GPL-2.0-or-later
/** What compiling needs to know about resource agents; the agents' room answers. */
import { nearest } from '../../language/index.ts';

export interface AgentName {
  /** ocf, lsb, systemd, service, stonith, heartbeat ... */
  readonly class: string;
  /** Only for class ocf. */
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
  resolve(text: string): AgentName | undefined;
  /** Undefined when nothing is known of the agent. */
  metadata(agent: AgentName): AgentFact | undefined;
  /** Names of all agents of a class, installed or known, as `class:provider:type` or `class:type`; for suggestions. */
  names?(agentClass: string): readonly string[];
}

/** `class:provider:type`, or `class:type`. */
export function agentId(agent: AgentName): string {
  return [agent.class, agent.provider, agent.type].filter((part) => part !== undefined).join(':');
}

/** For a message about an agent of which nothing is known: the one that was probably meant, spelt as fully as the other one was. */
export function meantAgent(agent: AgentName, isFull: boolean, facts: AgentFacts): { suggestion?: string } {
  const found = nearest(agentId(agent), facts.names?.(agent.class) ?? []);
  if (found === undefined) return {};
  return { suggestion: isFull ? found : found.slice(found.lastIndexOf(':') + 1) };
}
