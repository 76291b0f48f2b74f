// SPDX-License-Identifier: GPL-2.0-or-later
/** Completes an agent's name step by step: class, provider, type. */
import { BUNDLED_PROVIDER } from '../../../agents/index.ts';
import type { Candidate, CompletionRequest } from '../../command.ts';
import type { Session } from '../../session.ts';

export function agentCandidates({ words, prefix, session }: CompletionRequest): readonly Candidate[] {
  return words.length === 0 ? agentNames(session, prefix).map((text) => ({ text })) : [];
}

/** Candidates for the beginning of an agent's name; classes and providers end in a colon. */
export function agentNames(session: Session, prefix: string): readonly string[] {
  const parts = prefix.split(':');
  const { agents } = session;
  if (parts.length === 1) return [...agents.classes().map((name) => `${name}:`), ...shortTypes(session)];
  const [agentClass, provider] = parts as [string, string];
  if (agentClass !== 'ocf') return agents.types(agentClass).map((type) => `${agentClass}:${type}`);
  if (parts.length === 2) return agents.providers().map((name) => `ocf:${name}:`);
  return agents.types('ocf', provider).map((type) => `ocf:${provider}:${type}`);
}

/** Bundled agents do not answer to a short form. */
function shortTypes({ agents }: Session): readonly string[] {
  return agents.providers().filter((provider) => provider !== BUNDLED_PROVIDER).flatMap((provider) => agents.types('ocf', provider));
}
