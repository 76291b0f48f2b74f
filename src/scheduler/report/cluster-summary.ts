// SPDX-License-Identifier: GPL-2.0-or-later
/** The head of a report: stack, DC, times, counts and the options that matter most. */
import { element, parseTimeout, type XmlElement } from '../../cib/index.ts';
import { countInstances } from './counts.ts';
import { nodeFeatureSet, nodeName } from './node-text.ts';
import { item, lines, list, spansItem, type OutlineList, type OutlineNode, type Span } from './outline.ts';
import type { View } from './view.ts';

/** Parts of the head that can be switched on and off. */
export interface SummaryParts {
  readonly stack: boolean;
  readonly dc: boolean;
  readonly times: boolean;
  readonly counts: boolean;
  readonly options: boolean;
  readonly maintenance: boolean;
}

/** What is known from outside the CIB. */
export interface SummaryFacts {
  /** Seconds since the epoch at which the report is made. */
  readonly now: number;
  /** Node the reporting program runs on, when it is connected to one. */
  readonly localNode?: string;
}

interface LastChange {
  readonly time: string;
  readonly user: string;
  readonly client: string;
  readonly origin: string;
}

export function lastChange(view: View): LastChange {
  const read = (name: string): string => view.cluster.cib.get(name) ?? '';
  return { time: read('cib-last-written'), user: read('update-user'), client: read('update-client'), origin: read('update-origin') };
}

export function changeText({ time, user, client, origin }: LastChange): string {
  return [time, user === '' ? '' : `by ${user}`, client === '' ? '' : `via ${client}`, origin === '' ? '' : `on ${origin}`].filter((part) => part !== '').join(' ');
}

function stackName(view: View): string {
  return view.cluster.configured.get('cluster-infrastructure') ?? 'unknown';
}

/** Whether the cluster nodes that are up do not all have the same feature set; one that does not tell has an old one. */
function hasMixedVersions(view: View): boolean {
  const known = new Set(view.cluster.nodes.map((node) => nodeFeatureSet(node)));
  known.delete(undefined);
  return known.size > 1;
}

/** `version 3.0.2`, or what is to be said when that cannot be said. */
function versionText(view: View): string {
  const version = view.cluster.configured.get('dc-version');
  return version === undefined || version === '' ? 'version unknown' : `version ${version}`;
}

const STOP_RULE = '    *** Resource management is DISABLED ***';
const RULE = '              *** Resource management is DISABLED ***';

/** Undefined when no part is asked for. That there is no DC is told even then, as the reference does: nothing will happen in such a cluster. */
export function clusterSummary(view: View, facts: SummaryFacts, parts: SummaryParts): OutlineList | undefined {
  const nodes: OutlineNode[] = [];
  if (parts.stack) nodes.push(titled('Stack: ', { text: `${stackName(view)}${facts.localNode === undefined ? '' : ' (Pacemaker is running)'}` }));
  if (parts.dc || lacksDc(view)) nodes.push(dcItem(view));
  if (parts.times) {
    const local = facts.localNode === undefined ? '' : ` on ${facts.localNode}`;
    nodes.push(titled('Last updated: ', { text: `${view.time(facts.now)}${local}` }));
    const changed = changeText(lastChange(view));
    nodes.push({ kind: 'item', text: `Last change:  ${changed}`, spans: [{ text: 'Last change: ', style: 'bold' }, { text: changed }] });
  }
  if (parts.counts) nodes.push(...countItems(view));
  if (parts.options) nodes.push(...optionItems(view));
  if (parts.maintenance) nodes.push(...maintenanceItems(view));
  return nodes.length === 0 ? undefined : list('Cluster Summary', nodes);
}

function lacksDc(view: View): boolean {
  return view.cluster.dcNode === undefined;
}

function titled(title: string, ...rest: readonly Span[]): OutlineNode {
  return spansItem({ text: title, style: 'bold' }, ...rest);
}

function dcItem(view: View): OutlineNode {
  const dc = view.cluster.dcNode;
  if (dc === undefined) return titled('Current DC: ', { text: 'NONE', style: 'warning' });
  const mixed = hasMixedVersions(view) ? ' MIXED-VERSION' : '';
  const quorum: Span = view.cluster.isQuorate ? { text: ' with' } : { text: ' WITHOUT', style: 'warning' };
  const name = nodeName(dc, view.settings.isDetailed === true);
  return titled('Current DC: ', { text: `${name} (${versionText(view)}) -${mixed}` }, { text: ' partition' }, quorum, { text: ' quorum' });
}

function countItems(view: View): OutlineNode[] {
  const nodes = view.cluster.nodes.length;
  const { instances, disabled, blocked } = countInstances(view.cluster);
  const head = `${instances} resource instance${instances === 1 ? '' : 's'} configured`;
  const spans: Span[] = [];
  if (disabled > 0) spans.push({ text: `${head} (${disabled} ` }, { text: 'DISABLED', style: 'bold' });
  if (blocked > 0) {
    spans.push({ text: disabled > 0 ? `, ${blocked} ` : `${head} (${blocked} ` }, { text: 'BLOCKED', style: 'bold' });
    spans.push({ text: ' from further action due to failure)' });
  } else if (disabled > 0) {
    spans.push({ text: ')' });
  } else {
    spans.push({ text: head });
  }
  return [spansItem({ text: `${nodes} node${nodes === 1 ? '' : 's'} configured` }), spansItem(...spans)];
}

const QUORUM_POLICY_TEXTS: Readonly<Record<string, string>> = {
  freeze: 'Freeze resources',
  stop: 'Stop ALL resources',
  demote: 'Demote promotable resources and stop all other resources',
  ignore: 'Ignore',
  fence: 'Fence nodes in partition',
};

function optionItems(view: View): OutlineNode[] {
  const { options } = view.cluster;
  return [
    item(`Fencing of failed nodes ${options.isFencingEnabled ? 'enabled' : 'disabled'}`),
    item(`Cluster is ${options.isSymmetric ? 'symmetric' : 'asymmetric'}`),
    item(`No quorum policy: ${QUORUM_POLICY_TEXTS[options.quorumPolicy] ?? ''}`),
  ];
}

function maintenanceItems(view: View): OutlineNode[] {
  const { options } = view.cluster;
  if (options.isMaintenance) return [lines('', RULE, '  The cluster will not attempt to start, stop or recover services')];
  if (options.stopAllResources) return [lines('', STOP_RULE, '  The cluster will keep all resources stopped')];
  return [];
}

/** The same as data for programs. */
export function clusterSummaryXml(view: View, facts: SummaryFacts, parts: SummaryParts): XmlElement | undefined {
  const children: XmlElement[] = [];
  if (parts.stack) children.push(element('stack', { type: stackName(view), 'pacemakerd-state': facts.localNode === undefined ? undefined : 'running' }));
  if (parts.dc || lacksDc(view)) children.push(dcXml(view));
  if (parts.times) {
    children.push(element('last_update', { time: view.time(facts.now), origin: facts.localNode }));
    const { time, user, client, origin } = lastChange(view);
    children.push(element('last_change', { time, user, client, origin }));
  }
  if (parts.counts) {
    const { instances, disabled, blocked } = countInstances(view.cluster);
    children.push(element('nodes_configured', { number: String(view.cluster.nodes.length) }));
    children.push(element('resources_configured', { number: String(instances), disabled: String(disabled), blocked: String(blocked) }));
  }
  if (parts.options) children.push(optionsXml(view));
  return children.length === 0 ? undefined : element('summary', {}, children);
}

function dcXml(view: View): XmlElement {
  const dc = view.cluster.dcNode;
  if (dc === undefined) return element('current_dc', { present: 'false' });
  return element('current_dc', {
    present: 'true',
    version: view.cluster.configured.get('dc-version') ?? '',
    name: dc.name,
    id: dc.id,
    with_quorum: String(view.cluster.isQuorate),
    mixed_version: String(hasMixedVersions(view)),
  });
}

function optionsXml(view: View): XmlElement {
  const { options, configured } = view.cluster;
  const timeout = String(parseTimeout(configured.get('fencing-timeout') ?? configured.get('stonith-timeout') ?? '60s') ?? 60000);
  const isEnabled = String(options.isFencingEnabled);
  return element('cluster_options', {
    'fencing-enabled': isEnabled,
    'fencing-timeout-ms': timeout,
    'symmetric-cluster': String(options.isSymmetric),
    'no-quorum-policy': options.quorumPolicy,
    'maintenance-mode': String(options.isMaintenance),
    'stop-all-resources': String(options.stopAllResources),
    'priority-fencing-delay-ms': String(options.priorityFencingDelayMs),
    'stonith-enabled': isEnabled,
    'stonith-timeout-ms': timeout,
  });
}
