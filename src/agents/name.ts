// SPDX-License-Identifier: GPL-2.0-or-later
/** Names of resource agents: `class:provider:type`, its short forms, and which agent a short form means. */
import { agentId, type AgentName } from '../cib/index.ts';

export { agentId, type AgentName };

/** Answers which providers of class ocf offer a type. */
export type ProvidersOf = (type: string) => readonly string[];

/**
 * Reads an agent as a user writes it. One word means class ocf (or stonith for `fence_...`); the provider of an
 * ocf agent without one is chosen among the installed: heartbeat, else pacemaker, else the first; heartbeat when
 * there is none. Undefined when the text cannot name an agent.
 */
export function parseAgent(text: string, providersOf: ProvidersOf): AgentName | undefined {
  const parts = text.split(':');
  if (parts.length > 3 || parts.some((part) => part === '')) return undefined;
  const [first, second, third] = parts as [string, string | undefined, string | undefined];
  if (third !== undefined) return { class: first, provider: second, type: third };
  if (second === undefined && first.startsWith('fence_')) return { class: 'stonith', provider: undefined, type: first };
  if (second !== undefined && first !== 'ocf') return { class: first, provider: undefined, type: second };
  const type = second ?? first;
  return { class: 'ocf', provider: preferredProvider(providersOf(type)), type };
}

/** Bundled agents never answer to a short form: it keeps naming the public agent everywhere. */
export const BUNDLED_PROVIDER = 'quorate';

function preferredProvider(installed: readonly string[]): string {
  const candidates = installed.filter((provider) => provider !== BUNDLED_PROVIDER);
  if (candidates.length === 0 || candidates.includes('heartbeat')) return 'heartbeat';
  return candidates.includes('pacemaker') ? 'pacemaker' : candidates[0]!;
}

/** As `show` prints it: `ocf:heartbeat` is left out. */
export function shortAgentId(agent: AgentName): string {
  return agent.class === 'ocf' && agent.provider === 'heartbeat' ? agent.type : agentId(agent);
}
