// SPDX-License-Identifier: GPL-2.0-or-later
/** Builds small CIBs for tests of reports and simulations: nodes that are up, resources as XML, histories as lists of results. */

/** An operation as a node reports it: resource (with its instance number), task, interval in ms, exit code. */
export type Ran = readonly [resource: string, agent: string, task: string, intervalMs?: number, rc?: number, targetRc?: number];

export interface ClusterSketch {
  readonly nodes: readonly (readonly [id: string, name: string])[];
  readonly options?: Readonly<Record<string, string>>;
  readonly resources: string;
  readonly constraints?: string;
  /** By node name. */
  readonly history?: Readonly<Record<string, readonly Ran[]>>;
  readonly offline?: readonly string[];
  readonly attributes?: string;
}

export function clusterCib(sketch: ClusterSketch): string {
  const options = Object.entries({ 'cluster-infrastructure': 'corosync', 'dc-version': '1.1.10-42f2063', 'fencing-enabled': 'false', ...sketch.options });
  const pairs = options.map(([name, value]) => `<nvpair id="opt-${name}" name="${name}" value="${value}"/>`).join('');
  const nodes = sketch.nodes.map(([id, name]) => `<node id="${id}" uname="${name}"/>`).join('');
  const states = sketch.nodes.map(([id, name]) => nodeState(id, name, sketch)).join('');
  return `<cib ${sketch.attributes ?? ''} crm_feature_set="3.20.5" validate-with="pacemaker-4.0" admin_epoch="0" epoch="7" num_updates="3" have-quorum="1" dc-uuid="${sketch.nodes[0]![0]}">
<configuration><crm_config><cluster_property_set id="opt">${pairs}</cluster_property_set></crm_config><nodes>${nodes}</nodes><resources>${sketch.resources}</resources><constraints>${sketch.constraints ?? ''}</constraints></configuration>
<status>${states}</status></cib>`;
}

function nodeState(id: string, name: string, { offline, history }: ClusterSketch): string {
  const isUp = offline?.includes(name) !== true;
  const membership = isUp ? 'in_ccm="true" crmd="online" join="member" expected="member"' : 'in_ccm="false" crmd="offline" join="down" expected="down"';
  const byResource = new Map<string, Ran[]>();
  for (const ran of history?.[name] ?? []) byResource.set(ran[0], [...(byResource.get(ran[0]) ?? []), ran]);
  const resources = [...byResource].map(([resource, runs]) => `<lrm_resource id="${resource}" ${agentAttributes(runs[0]![1])}>${runs.map((ran, i) => operation(ran, i + 1)).join('')}</lrm_resource>`);
  return `<node_state id="${id}" uname="${name}" ${membership}><lrm id="${id}"><lrm_resources>${resources.join('')}</lrm_resources></lrm></node_state>`;
}

function agentAttributes(agent: string): string {
  const [agentClass, provider, type] = agent.split(':');
  return `class="${agentClass}" provider="${provider}" type="${type}"`;
}

function operation([resource, , task, intervalMs = 0, rc = 0, targetRc = task === 'monitor' && intervalMs === 0 ? 7 : 0]: Ran, call: number): string {
  const isFailed = rc !== targetRc;
  const id = isFailed ? `${resource}_last_failure_0` : intervalMs === 0 ? `${resource}_last_0` : `${resource}_${task}_${intervalMs}`;
  const key = `${call}:1:${targetRc}:aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa`;
  return `<lrm_rsc_op id="${id}" operation_key="${resource}_${task}_${intervalMs}" operation="${task}" crm_feature_set="3.20.5" transition-key="${key}" transition-magic="0:${rc};${key}" exit-reason="" call-id="${call}" rc-code="${rc}" op-status="0" interval="${intervalMs}" last-rc-change="1406985886" exec-time="5" queue-time="0"/>`;
}

export const DUMMY = 'ocf:pacemaker:Dummy';

export function dummy(id: string, inner = ''): string {
  return `<primitive id="${id}" class="ocf" provider="pacemaker" type="Dummy">${inner}</primitive>`;
}
