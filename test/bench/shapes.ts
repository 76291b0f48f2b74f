// SPDX-License-Identifier: GPL-2.0-or-later
/** Large configurations for the benchmarks: CIBs in typical shapes and texts of the configure language. */

export type Shape = 'prims' | 'groups' | 'biggroup' | 'clones' | 'promotable' | 'ordset' | 'fullchain' | 'clonechain' | 'mix';
/** What the cluster has seen: nothing (everything is probed) or a settled state with its recurring monitors. */
export type History = 'none' | 'full';

export interface ShapeSize {
  readonly shape: Shape;
  readonly nodes: number;
  readonly primitives: number;
  readonly history: History;
}

interface Plan {
  readonly resources: string[];
  readonly constraints: string[];
  /** Where each primitive runs in a settled cluster, and where it is promoted. */
  readonly placed: { id: string; type: string; nodes: readonly number[]; promoted?: number }[];
  readonly size: ShapeSize;
}

/** CIB text of a shape; schema 3.9, so that releases from 2.1.5 on read it as well. */
export function cibOfShape(size: ShapeSize): string {
  const plan: Plan = { resources: [], constraints: [], placed: [], size };
  BUILDERS[size.shape](plan);
  const nodes = range(size.nodes).map((n) => `<node id="${n + 1}" uname="node${n + 1}"/>`);
  return [
    '<cib crm_feature_set="3.16.1" validate-with="pacemaker-3.9" epoch="1" num_updates="0" admin_epoch="0" have-quorum="1" dc-uuid="1"><configuration>',
    '<crm_config><cluster_property_set id="cib-bootstrap-options"><nvpair id="opt-stonith" name="stonith-enabled" value="false"/>',
    '<nvpair id="opt-quorum" name="no-quorum-policy" value="ignore"/></cluster_property_set></crm_config>',
    `<nodes>${nodes.join('')}</nodes>`,
    `<resources>${plan.resources.join('')}</resources><constraints>${plan.constraints.join('')}</constraints>`,
    '<rsc_defaults><meta_attributes id="rsc-options"><nvpair id="rsc-stick" name="resource-stickiness" value="1000"/></meta_attributes></rsc_defaults>',
    `</configuration><status>${range(size.nodes).map((n) => nodeState(plan, n)).join('')}</status></cib>`,
  ].join('');
}

const BUILDERS: Readonly<Record<Shape, (plan: Plan) => void>> = {
  prims: (plan) => eachPrimitive(plan, (i) => plan.resources.push(primitive(plan, i, [i % plan.size.nodes]))),
  groups: (plan) => {
    for (let i = 0; i < plan.size.primitives; i += 5) plan.resources.push(group(plan, i, 5, (i / 5) % plan.size.nodes));
  },
  biggroup: (plan) => void plan.resources.push(group(plan, 0, plan.size.primitives, 0)),
  clones: (plan) => eachPrimitive(plan, (i) => plan.resources.push(clone(plan, i, {}))),
  promotable: (plan) => eachPrimitive(plan, (i) => plan.resources.push(clone(plan, i, { promotable: 'true' }))),
  ordset: (plan) => {
    eachPrimitive(plan, (i) => plan.resources.push(primitive(plan, i, [i % plan.size.nodes])));
    for (let i = 0; i + 20 <= plan.size.primitives; i += 10) plan.constraints.push(orderedSets(i));
  },
  fullchain: (plan) =>
    eachPrimitive(plan, (i) => {
      plan.resources.push(primitive(plan, i, [0]));
      if (i > 0) chain(plan, i, `r${i - 1}`, `r${i}`);
    }),
  clonechain: (plan) =>
    eachPrimitive(plan, (i) => {
      plan.resources.push(clone(plan, i, { interleave: 'true' }));
      if (i > 0) chain(plan, i, `c${i - 1}`, `c${i}`);
    }),
  mix: buildMix,
};

/** Of twenty primitives eight stand in groups, two are clones, one is promotable with a follower, nine are plain pairs. */
function buildMix(plan: Plan): void {
  const { nodes, primitives } = plan.size;
  for (let i = 0; i < primitives; ) {
    const place = i % 20;
    const node = (i >> 1) % nodes;
    if ((place === 0 || place === 4) && i + 4 <= primitives) {
      plan.resources.push(group(plan, i, 4, node));
      plan.constraints.push(`<rsc_location id="loc${i}" rsc="g${i}" node="node${node + 1}" score="200"/>`);
      i += 4;
      continue;
    }
    if (place === 16 || place === 17) plan.resources.push(clone(plan, i, {}));
    else if (place === 18) plan.resources.push(clone(plan, i, { promotable: 'true' }));
    else if (place === 19) {
      plan.resources.push(primitive(plan, i, [(i - 1) % nodes]));
      plan.constraints.push(`<rsc_colocation id="col${i}" score="INFINITY" rsc="r${i}" with-rsc="c${i - 1}" with-rsc-role="Promoted"/>`);
      plan.constraints.push(`<rsc_order id="ord${i}" first="c${i - 1}" first-action="promote" then="r${i}" then-action="start"/>`);
    } else {
      plan.resources.push(primitive(plan, i, [node]));
      if (i % 2 === 1) chain(plan, i, `r${i - 1}`, `r${i}`);
    }
    i++;
  }
}

function chain(plan: Plan, i: number, first: string, then: string): void {
  plan.constraints.push(`<rsc_colocation id="col${i}" score="INFINITY" rsc="${then}" with-rsc="${first}"/>`);
  plan.constraints.push(`<rsc_order id="ord${i}" first="${first}" then="${then}"/>`);
}

function orderedSets(from: number): string {
  const set = (start: number, n: number): string =>
    `<resource_set id="set${from}-${n}" sequential="false">${range(10).map((k) => `<resource_ref id="r${start + k}"/>`).join('')}</resource_set>`;
  return `<rsc_order id="order${from}">${set(from, 0)}${set(from + 10, 1)}</rsc_order>`;
}

function primitive(plan: Plan, i: number, nodes: readonly number[], promoted?: number): string {
  const type = promoted === undefined ? 'Dummy' : 'Stateful';
  plan.placed.push({ id: `r${i}`, type, nodes, promoted });
  const monitors =
    promoted === undefined
      ? `<op id="r${i}-monitor" name="monitor" interval="10s" timeout="20s"/>`
      : `<op id="r${i}-monitor-p" name="monitor" interval="10s" timeout="20s" role="Promoted"/><op id="r${i}-monitor-u" name="monitor" interval="11s" timeout="20s" role="Unpromoted"/>`;
  return `<primitive id="r${i}" class="ocf" provider="pacemaker" type="${type}"><operations>${monitors}</operations></primitive>`;
}

function group(plan: Plan, from: number, members: number, node: number): string {
  return `<group id="g${from}">${range(members).map((k) => primitive(plan, from + k, [node])).join('')}</group>`;
}

function clone(plan: Plan, i: number, meta: Readonly<Record<string, string>>): string {
  const promoted = 'promotable' in meta ? i % plan.size.nodes : undefined;
  const pairs = Object.entries(meta).map(([name, value]) => `<nvpair id="c${i}-${name}" name="${name}" value="${value}"/>`);
  const set = pairs.length === 0 ? '' : `<meta_attributes id="c${i}-meta">${pairs.join('')}</meta_attributes>`;
  return `<clone id="c${i}">${set}${primitive(plan, i, range(plan.size.nodes), promoted)}</clone>`;
}

function nodeState(plan: Plan, node: number): string {
  const id = node + 1;
  const history = plan.size.history === 'none' ? '' : plan.placed.map((one, i) => resourceHistory(one, node, i)).join('');
  return (
    `<node_state id="${id}" uname="node${id}" in_ccm="true" crmd="online" join="member" expected="member" crm-debug-origin="bench">${promotionScores(plan, node)}` +
    `<lrm id="${id}"><lrm_resources>${history}</lrm_resources></lrm></node_state>`
  );
}

function promotionScores(plan: Plan, node: number): string {
  const id = node + 1;
  if (plan.size.history === 'none') return '';
  const pairs = plan.placed
    .filter((one) => one.promoted !== undefined)
    .map((one) => `<nvpair id="status-${id}-master-${one.id}" name="master-${one.id}" value="${one.promoted === node ? 10 : 5}"/>`);
  return `<transient_attributes id="${id}"><instance_attributes id="status-${id}">${pairs.join('')}</instance_attributes></transient_attributes>`;
}

function resourceHistory(one: Plan['placed'][number], node: number, i: number): string {
  const isHere = one.nodes.includes(node);
  const isPromoted = one.promoted === node;
  const operations = [operation(one.id, 'last_0', isHere ? (isPromoted ? 'promote' : 'start') : 'monitor', 0, isHere ? 0 : 7, node, 3 * i + 1)];
  if (isHere) {
    const interval = one.promoted === undefined || isPromoted ? 10_000 : 11_000;
    operations.push(operation(one.id, `monitor_${interval}`, 'monitor', interval, isPromoted ? 8 : 0, node, 3 * i + 2));
  }
  return `<lrm_resource id="${one.id}" class="ocf" provider="pacemaker" type="${one.type}">${operations.join('')}</lrm_resource>`;
}

function operation(id: string, suffix: string, task: string, interval: number, rc: number, node: number, call: number): string {
  const key = `${call}:1:${rc}:11111111-2222-3333-4444-555555555555`;
  return (
    `<lrm_rsc_op id="${id}_${suffix}" operation_key="${id}_${task}_${interval}" operation="${task}" crm_feature_set="3.16.1" transition-key="${key}" transition-magic="0:${rc};${key}" ` +
    `on_node="node${node + 1}" call-id="${call}" rc-code="${rc}" op-status="0" interval="${interval}" last-rc-change="1700000000" exec-time="10" queue-time="0"/>`
  );
}

/** A text of the configure language with some groups, clones and constraints among `count` primitives. */
export function crmText(count: number): string {
  const lines = ['node 1: node1', 'node 2: node2', 'node 3: node3'];
  for (let i = 0; i < count; i++) {
    lines.push(
      `primitive p${i} ocf:pacemaker:Dummy \\`,
      `\tparams fake="value ${i}" \\`,
      '\top monitor interval=10s timeout=20s \\',
      '\top start interval=0s timeout=20s \\',
      '\top stop interval=0s timeout=20s \\',
      `\tmeta migration-threshold=3 resource-stickiness=${i % 100}`,
    );
  }
  for (let i = 0; i + 20 <= count; i += 20) lines.push(`group g${i} p${i} p${i + 1} p${i + 2}`, `clone c${i} p${i + 5} \\`, '\tmeta clone-max=3');
  for (let i = 0; i + 10 <= count; i += 10) {
    lines.push(`location l${i} p${i + 7} 100: node${(i % 3) + 1}`, `colocation k${i} inf: p${i + 8} p${i + 9}`, `order o${i} Mandatory: p${i + 9} p${i + 8}`);
  }
  lines.push('property cib-bootstrap-options: \\', '\tstonith-enabled=false');
  return `${lines.join('\n')}\n`;
}

function eachPrimitive(plan: Plan, add: (i: number) => void): void {
  for (let i = 0; i < plan.size.primitives; i++) add(i);
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}
