// SPDX-License-Identifier: GPL-2.0-or-later
/** Meta-data of agents that print none or only a part: init scripts, systemd units and cluster-glue plug-ins, as Pacemaker makes it up. */
import type { AgentAction, AgentMetadata } from './metadata.ts';

type Row = readonly [name: string, timeout: string, interval?: string];

const INIT_ACTIONS: readonly Row[] = [
  ['start', '15'],
  ['stop', '15'],
  ['status', '15'],
  ['restart', '15'],
  ['force-reload', '15'],
  ['monitor', '15', '15'],
  ['meta-data', '5'],
];

const SYSTEMD_ACTIONS: readonly Row[] = [
  ['start', '100s'],
  ['stop', '100s'],
  ['status', '100s'],
  ['monitor', '100s', '60s'],
  ['meta-data', '5s'],
];

const PLUG_IN_ACTIONS: readonly Row[] = [
  ['start', '20'],
  ['stop', '15'],
  ['monitor', '20', '3600'],
  ['status', '20'],
];

/** A cluster-glue plug-in prints its parameters only. */
export function plugInActions(): readonly AgentAction[] {
  return PLUG_IN_ACTIONS.map(action);
}

/** Descriptions stand in the comment block at the head of the script. */
export function initScriptMetadata(type: string, script: string): AgentMetadata {
  return {
    name: type,
    version: '0.1',
    shortDescription: headerField(script, 'Short-Description') ?? '',
    longDescription: headerField(script, 'Description') ?? '',
    parameters: [],
    actions: INIT_ACTIONS.map(action),
    isPartial: false,
  };
}

export function systemdMetadata(type: string): AgentMetadata {
  return { name: type, version: '1.1', shortDescription: `systemd unit file for ${type}`, longDescription: '', parameters: [], actions: SYSTEMD_ACTIONS.map(action), isPartial: false };
}

function action([name, timeout, interval]: Row): AgentAction {
  const attributes: [string, string][] = [['timeout', timeout]];
  if (interval !== undefined) attributes.push(['interval', interval]);
  return { name, timeout, interval, role: undefined, depth: undefined, startDelay: undefined, isAutomatic: false, attributes };
}

function headerField(script: string, field: string): string | undefined {
  const block = /^### BEGIN INIT INFO\n([\s\S]*?)^### END INIT INFO/m.exec(script)?.[1];
  if (block === undefined) return undefined;
  const lines = block.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`# ${field}:`));
  if (start < 0) return undefined;
  const parts = [lines[start]!.slice(field.length + 3).trim()];
  for (const line of lines.slice(start + 1)) {
    const more = /^#(?:\t| {2,})(.*)$/.exec(line);
    if (more === null) break;
    parts.push(more[1]!.trim());
  }
  return parts.join(' ');
}
