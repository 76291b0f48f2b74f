// SPDX-License-Identifier: GPL-2.0-or-later
/** A picture of the cluster in the layout of Pacemaker 1.1, for people and scripts that know that one. */
import type { XmlElement } from '../../cib/index.ts';
import { Role, type Node } from '../model/index.ts';
import { changeText, lastChange, type SummaryFacts, type SummaryParts } from './cluster-summary.ts';
import { countInstances } from './counts.ts';
import { shownAttributes } from './attributes.ts';
import { shownFailures } from './failures.ts';
import { shownId } from './filter.ts';
import { histories } from './history.ts';
import { legacyPrimitive, legacyResources } from './legacy-resources.ts';
import { nodeKind, nodeState } from './node-text.ts';
import { ticketsInOrder } from './tickets.ts';
import type { View } from './view.ts';

/** Sections that can be switched on and off. */
export interface LegacyParts extends SummaryParts {
  readonly nodes: boolean;
  readonly resources: boolean;
  readonly attributes: boolean;
  readonly operations: boolean;
  readonly failCounts: boolean;
  readonly failures: boolean;
  readonly tickets: boolean;
  /** Undefined leaves the section out. */
  readonly bansPrefix: string | undefined;
}

export function legacyText(view: View, facts: SummaryFacts, parts: LegacyParts): string {
  const lines = summaryLines(view, facts, parts);
  if (lines.length > 0) lines.push('', '');
  if (parts.nodes) lines.push(...nodeLines(view));
  if (parts.resources) lines.push(...resourceLines(view));
  if (parts.attributes) lines.push(...attributeLines(view));
  if (parts.operations || parts.failCounts) lines.push(...historyLines(view, parts.operations));
  if (parts.failures) lines.push(...failureLines(view));
  if (parts.tickets) lines.push(...ticketLines(view));
  if (parts.bansPrefix !== undefined) lines.push(...banLines(view, parts.bansPrefix));
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

function summaryLines(view: View, facts: SummaryFacts, parts: SummaryParts): string[] {
  const { cluster } = view;
  const lines: string[] = [];
  if (parts.times) lines.push(`Last updated: ${view.time(facts.now)}`, `Last change: ${changeText(lastChange(view))}`);
  if (parts.stack) lines.push(`Stack: ${cluster.configured.get('cluster-infrastructure') ?? 'unknown'}`);
  if (parts.dc) {
    const dc = cluster.dcNode;
    lines.push(dc === undefined ? 'Current DC: NONE' : `Current DC: ${withId(dc)} - partition ${cluster.isQuorate ? 'with' : 'WITHOUT'} quorum`);
    const version = cluster.configured.get('dc-version');
    if (version !== undefined) lines.push(`Version: ${version}`);
  }
  if (parts.counts) lines.push(`${cluster.nodes.length} Nodes configured`, `${countInstances(cluster).instances} Resources configured`);
  if (parts.maintenance && cluster.options.isMaintenance) {
    lines.push('', '              *** Resource management is DISABLED ***', '  The cluster will not attempt to start, stop or recover services');
  }
  return lines;
}

function withId(node: Node): string {
  return node.id === node.name ? node.name : `${node.name} (${node.id})`;
}

function nodeLines(view: View): string[] {
  const alone: string[] = [];
  const online: string[] = [];
  const offline: string[] = [];
  for (const node of view.cluster.nodes) {
    if (!view.nodes.has(node.name)) continue;
    const isPlain = !(node.isUnclean || node.isPending || node.isStandby || node.isStandbyOnFail || node.isInMaintenance || view.settings.isByNode === true);
    const name = node.isGuest ? `${node.name}:${node.connection?.launcher?.id ?? ''}` : node.name;
    if (!isPlain) alone.push(`${nodeKind(node)} ${withId(node)}: ${nodeState(node)}`, ...runningLines(node, view));
    else if (node.isOnline) online.push(name);
    else if (!node.isGuest) offline.push(name);
  }
  if (online.length > 0) alone.push(`Online: [ ${online.join(' ')} ]`);
  if (offline.length > 0) alone.push(`OFFLINE: [ ${offline.join(' ')} ]`);
  return alone;
}

function runningLines(node: Node, view: View): string[] {
  return view.settings.isByNode === true ? node.running.map((resource) => `\t${legacyPrimitive(resource, shownId(resource), false)}`) : [];
}

function resourceLines(view: View): string[] {
  const { isByNode, showsInactive } = view.settings;
  if (isByNode === true && showsInactive !== true) return [];
  const lines = legacyResources(view);
  if (showsInactive === true) return ['', isByNode === true ? 'Inactive resources:' : 'Full list of resources:', '', ...lines];
  return lines.length === 0 ? [] : ['', ...lines];
}

function attributeLines(view: View): string[] {
  const nodes = shownAttributes(view);
  if (nodes.length === 0) return [];
  const lines = nodes.flatMap(({ node, attributes }) => [`* Node ${node.name}:`, ...attributes.map(({ name, value }) => `    + ${name.padEnd(32)}\t: ${value.padEnd(10)}`)]);
  return ['', 'Node Attributes:', ...lines];
}

function historyLines(view: View, showsOperations: boolean): string[] {
  const found = histories(view, showsOperations);
  if (found === undefined) return [];
  const lines = found.flatMap(({ node, entries }) => [
    `* Node ${node.name}: `,
    ...entries.flatMap(({ id, resource, failures, operations }) => {
      const count = failures.count > 0 ? ` fail-count=${failures.count}` : '';
      const last = failures.lastFailure > 0 ? ` last-failure='${view.time(failures.lastFailure)}'` : '';
      return [`   ${id}: migration-threshold=${resource?.migrationThreshold ?? 1000000}${count}${last}`, ...operations.map((operation) => operationLine(operation, view))];
    }),
  ]);
  return ['', showsOperations ? 'Operations:' : 'Migration summary:', ...lines];
}

const LEGACY_EXITS = ['ok', 'unknown error', 'invalid parameter', 'unimplemented feature', 'insufficient privileges', 'not installed', 'not configured', 'not running', 'master', 'master (failed)'] as const;

function legacyExit(rc: number): string {
  return LEGACY_EXITS[rc] ?? 'unknown';
}

function operationLine(operation: XmlElement, view: View): string {
  const interval = operation.get('interval') ?? '0';
  const rc = Number.parseInt(operation.get('rc-code') ?? '0', 10);
  const times: string[] = [];
  if (view.settings.showsTiming === true) {
    const changed = Number.parseInt(operation.get('last-rc-change') ?? '0', 10) || 0;
    if (changed > 0) times.push(` last-rc-change='${view.time(changed)}'`);
    times.push(` exec-time=${operation.get('exec-time') ?? '0'}ms`, ` queue-time=${operation.get('queue-time') ?? '0'}ms`);
  }
  return `    + (${operation.get('call-id') ?? '0'}) ${operation.get('operation') ?? ''}:${interval === '0' ? '' : ` interval=${interval}ms`}${times.join('')} rc=${rc} (${legacyExit(rc)})`;
}

/** Dates end a line, because the C library's time text does. */
function failureLines(view: View): string[] {
  const failures = shownFailures(view);
  if (failures.length === 0) return [];
  const lines = failures.map(({ key, node, call, rc, status, changedAt, queueTime, execTime }) => {
    const head = `    ${key} (node=${node}, call=${call}, rc=${rc}, status=${status === 0 ? 'complete' : String(status)}`;
    const times = changedAt > 0 ? `, last-rc-change=${view.time(changedAt)}\n, queued=${queueTime ?? '0'}ms, exec=${execTime ?? '0'}ms\n` : '';
    return `${head}${times}): ${legacyExit(rc)}`;
  });
  return ['', 'Failed actions:', ...lines];
}

function ticketLines(view: View): string[] {
  const tickets = ticketsInOrder(view.cluster);
  if (tickets.length === 0) return [];
  const lines = tickets.map((ticket) => {
    const last = ticket.lastGranted > -1 ? ` last-granted='${view.time(ticket.lastGranted)}'` : '';
    return ` ${ticket.id}\t${ticket.isGranted ? 'granted' : 'revoked'}${ticket.isStandby ? ' standby' : '        '}${last}`.trimEnd();
  });
  return ['', 'Tickets:', ...lines];
}

function banLines(view: View, prefix: string): string[] {
  const lines = view.cluster.locations
    .filter((location) => location.id.startsWith(prefix))
    .flatMap((location) => location.nodes.filter(({ score }) => score < 0).map(({ node }) => ` ${location.id}\tprevents ${location.resource.id} from running ${location.role === Role.promoted ? 'as master ' : ''}on ${node.name}`));
  return lines.length === 0 ? [] : ['', 'Fencing constraints:', ...lines];
}
