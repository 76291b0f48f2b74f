// SPDX-License-Identifier: GPL-2.0-or-later
/** What an agent process is given: arguments, environment and standard input (agent-environment.md). Pure: the executor starts it. */
import { findParameter, type AgentMetadata } from './metadata.ts';
import type { AgentName } from './name.ts';
import { EXIT_REASON_PREFIX } from './result.ts';

export type Pairs = ReadonlyArray<readonly [string, string]>;

/** The daemon that starts the agent, as it shows in the environment. */
export interface DaemonFacts {
  readonly daemon: 'pacemaker-execd' | 'pacemaker-controld' | 'pacemaker-fenced';
  /** Membership layer: corosync, heartbeat, rsct. */
  readonly stack: string;
  readonly logFile?: string;
  readonly isWatched?: boolean;
}

export interface AgentOperation {
  readonly agent: AgentName;
  /** `OCF_RESOURCE_INSTANCE`: plain id, `id:N` for globally unique clones. */
  readonly instance: string;
  readonly action: string;
  /**
   * Attributes of the action in the transition graph: instance attributes of resource and operation, `CRM_meta_...`, `crm_feature_set`.
   */
  readonly attributes: Pairs;
  readonly ocfRoot: string;
  /** `text` for the executor, `log` for controller and fencer. */
  readonly outputFormat?: string;
}

/** Inherited by every child of a daemon; `inherited` is the daemon's own environment. */
export function daemonEnvironment(inherited: Pairs, facts: DaemonFacts): Pairs {
  const env = new Map(inherited);
  env.set('LC_ALL', 'C');
  env.set('PCMK_service', facts.daemon);
  env.set('PCMK_mcp', 'true');
  env.set('PCMK_debug', '0');
  env.set('PCMK_cluster_type', facts.stack);
  env.set('PCMK_quorum_type', facts.stack);
  env.set('PCMK_watchdog', String(facts.isWatched ?? false));
  env.set('HA_cluster_type', facts.stack);
  env.set('HA_quorum_type', facts.stack);
  env.set('HA_debug', '0');
  env.set('HA_mcp', 'true');
  if (facts.logFile !== undefined) {
    env.set('PCMK_logfile', facts.logFile);
    if (facts.daemon === 'pacemaker-execd') env.set('HA_LOGFILE', facts.logFile);
  }
  return [...env];
}

/** What is added for one operation, in this order; only class ocf gets more than the output format. */
export function operationEnvironment(operation: AgentOperation): Pairs {
  const { agent, instance, ocfRoot } = operation;
  const format = ['OCF_OUTPUT_FORMAT', operation.outputFormat ?? 'text'] as const;
  if (agent.class !== 'ocf') return [format];
  return [
    ['OCF_ROOT', ocfRoot],
    ['OCF_RA_VERSION_MAJOR', '1'],
    ['OCF_RA_VERSION_MINOR', '1'],
    ['OCF_EXIT_REASON_PREFIX', EXIT_REASON_PREFIX],
    ['OCF_RESOURCE_INSTANCE', instance],
    ['OCF_RESOURCE_TYPE', agent.type],
    ...(agent.provider === undefined ? [] : ([['OCF_RESOURCE_PROVIDER', agent.provider]] as const)),
    format,
    ...operation.attributes.map(([name, value]) => [variableOf(name), value] as const),
  ];
}

/** The check level of an operation is the one parameter that goes under its own name. */
function variableOf(name: string): string {
  if (name === 'OCF_CHECK_LEVEL') return name;
  return `OCF_RESKEY_${name.startsWith('CRM_meta_') ? name.replaceAll('-', '_') : name}`;
}

/** Program arguments and standard input of an operation. */
export interface AgentCall {
  readonly program: string;
  readonly args: readonly string[];
  /** Undefined: standard input is empty. */
  readonly input: string | undefined;
}

/** How the action is asked for in the calling convention of the agent's class. `path` is the agent's program (unused for systemd). */
export function agentCall(agent: AgentName, path: string, action: string, attributes: Pairs): AgentCall {
  switch (agent.class) {
    case 'lsb':
    case 'service':
      return { program: path, args: [action === 'monitor' ? 'status' : action], input: undefined };
    case 'heartbeat':
      return { program: path, args: [...positional(attributes), action === 'monitor' ? 'status' : action], input: undefined };
    case 'systemd':
      return { program: 'systemctl', args: [action === 'monitor' ? 'is-active' : action, `${agent.type}.service`], input: undefined };
    case 'stonith':
      return { program: path, args: [], input: fenceInput(attributes, action === 'start' ? 'monitor' : action) };
    default:
      return { program: path, args: [action], input: undefined };
  }
}

/** Old heartbeat scripts take parameters named 1, 2, 3 ... before the action. */
function positional(attributes: Pairs): readonly string[] {
  return attributes
    .filter(([name]) => /^\d+$/.test(name))
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, value]) => value);
}

/** Lines for a fence agent that asks nothing of a node (monitor, list, metadata). */
export function fenceInput(attributes: Pairs, action: string): string {
  const lines = attributes.filter(([name]) => isFenceParameter(name)).map(([name, value]) => `${name}=${value}\n`);
  return `${lines.join('')}action=${action}\n`;
}

/** Lines for fencing a node: its name and, under the plug's name in the agent's metadata, the plug. */
export function fenceNodeInput(attributes: Pairs, action: string, node: string, plug: string, metadata: AgentMetadata | undefined): string {
  const plugName = metadata === undefined || findParameter(metadata, 'port') !== undefined ? 'port' : 'plug';
  const others = attributes.filter(([name]) => name !== plugName && name !== 'nodename');
  return `${fenceInput(others, action)}nodename=${node}\n${plugName}=${plug}\n`;
}

function isFenceParameter(name: string): boolean {
  return !name.startsWith('pcmk_') && !name.startsWith('CRM_meta_') && name !== 'crm_feature_set' && name !== 'action';
}
