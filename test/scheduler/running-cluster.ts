// SPDX-License-Identifier: GPL-2.0-or-later
/** Small clusters whose histories carry digests, so that nothing looks changed, and their transition graphs as short lines. */
import { dateTime, operationDigest, readXml } from '../../src/cib/index.ts';
import { schedule, type GraphActionReference, type Recorder, type Schedule } from '../../src/scheduler/index.ts';

/** What a node reports of one operation: task, interval in ms, exit code. */
export type Report = readonly [task: string, intervalMs: number, rc: number];

export interface Cluster {
  /** Names of nodes; their ids are their numbers from 1 on. */
  readonly nodes: readonly string[];
  readonly offline?: readonly string[];
  readonly leaving?: readonly string[];
  readonly options?: Readonly<Record<string, string>>;
  readonly resources: string;
  readonly constraints?: string;
  /** Reports by node and resource. */
  readonly history?: Readonly<Record<string, Readonly<Record<string, readonly Report[]>>>>;
  /** More attributes of every recorded start. */
  readonly startAttributes?: string;
}

export const NOW = dateTime(1700000000);

/** Running since a start, monitored every ten seconds. */
export const RUNNING: readonly Report[] = [
  ['start', 0, 0],
  ['monitor', 10000, 0],
];

/** Known not to run. */
export const STOPPED: readonly Report[] = [['monitor', 0, 7]];

export function primitive(id: string, inner = '', agent = 'Dummy'): string {
  const monitor = `<operations><op id="${id}-m" name="monitor" interval="10s"/></operations>`;
  return `<primitive id="${id}" class="ocf" provider="pacemaker" type="${agent}">${inner}${monitor}</primitive>`;
}

export function meta(id: string, values: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(values).map(([name, value]) => `<nvpair id="${id}-${name}" name="${name}" value="${value}"/>`);
  return `<meta_attributes id="${id}-meta">${pairs.join('')}</meta_attributes>`;
}

export function scheduled(cluster: Cluster, recorder?: Recorder): Schedule {
  const read = readXml(cibOf(cluster));
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  return schedule(read.root, { now: NOW, recorder });
}

/** One line per action in the graph: what it is, and after an arrow what it waits for. */
export function graphLines(cluster: Cluster): string[] {
  return scheduled(cluster).graph.synapses.map(({ action, inputs }) => {
    const waits = inputs.length === 0 ? '' : ` <- ${inputs.map(named).join(', ')}`;
    return `${named(action)}${waits}`;
  });
}

function named({ kind, operation, operationKey, onNode }: GraphActionReference): string {
  const key = operation === 'cancel' ? `cancel ${operationKey}` : operationKey;
  return `${kind === 'pseudo' ? '*' : ''}${key}${onNode === undefined ? '' : `@${onNode}`}`;
}

function cibOf(cluster: Cluster): string {
  const options = Object.entries({ 'fencing-enabled': 'false', ...cluster.options });
  const pairs = options.map(([name, value]) => `<nvpair id="o-${name}" name="${name}" value="${value}"/>`).join('');
  const nodes = cluster.nodes.map((name, i) => `<node id="${i + 1}" uname="${name}"/>`).join('');
  const states = cluster.nodes.map((name, i) => stateOf(cluster, name, i + 1)).join('');
  return `<cib crm_feature_set="3.20.5" validate-with="pacemaker-4.0" admin_epoch="0" epoch="1" num_updates="1" have-quorum="1" dc-uuid="1"><configuration>
<crm_config><cluster_property_set id="o">${pairs}</cluster_property_set></crm_config><nodes>${nodes}</nodes><resources>${cluster.resources}</resources>
<constraints>${cluster.constraints ?? ''}</constraints></configuration><status>${states}</status></cib>`;
}

function stateOf(cluster: Cluster, name: string, id: number): string {
  const isUp = cluster.offline?.includes(name) !== true;
  const membership = isUp ? 'in_ccm="1" crmd="1" join="member" expected="member"' : 'in_ccm="0" crmd="0" join="down" expected="member"';
  const shutdown = cluster.leaving?.includes(name) === true ? `<transient_attributes id="${id}"><instance_attributes id="s-${id}"><nvpair id="s-${id}-s" name="shutdown" value="1600000000"/></instance_attributes></transient_attributes>` : '';
  const entries = Object.entries(cluster.history?.[name] ?? {}).map(([resource, reports]) => historyOf(resource, reports, cluster.startAttributes ?? ''));
  return `<node_state id="${id}" uname="${name}" ${membership}>${shutdown}<lrm id="${id}"><lrm_resources>${entries.join('')}</lrm_resources></lrm></node_state>`;
}

function historyOf(resource: string, reports: readonly Report[], startAttributes: string): string {
  const type = resource.startsWith('S') ? 'Stateful' : 'Dummy';
  const operations = reports.map(([task, interval, rc], i) => {
    const isRecurring = interval > 0;
    const digest = operationDigest(isRecurring ? [['CRM_meta_timeout', '20000']] : [], { isRecurring });
    const target = task === 'monitor' && interval === 0 ? 7 : 0;
    const key = `${i + 1}:1:${rc === 193 ? 0 : target}:aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa`;
    const more = task === 'start' ? startAttributes : '';
    const digests = more.includes('op-digest') ? more : `op-digest="${digest}" ${more}`;
    return `<lrm_rsc_op id="${resource}_${isRecurring ? `${task}_${interval}` : 'last_0'}" operation_key="${resource}_${task}_${interval}" operation="${task}" crm_feature_set="3.20.5" transition-key="${key}" transition-magic="0:${rc};${key}" call-id="${i + 1}" rc-code="${rc}" op-status="0" interval="${interval}" last-rc-change="1600000000" ${digests}/>`;
  });
  return `<lrm_resource id="${resource}" class="ocf" provider="pacemaker" type="${type}">${operations.join('')}</lrm_resource>`;
}
