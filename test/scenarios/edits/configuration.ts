// SPDX-License-Identifier: GPL-2.0-or-later
/** A configuration in which everything that can be referred to is referred to. */
const SECTIONS: readonly string[] = [
  '<crm_config><cluster_property_set id="cib-bootstrap-options"><nvpair id="cib-bootstrap-options-stonith-enabled" name="stonith-enabled" value="false"/><nvpair id="cib-bootstrap-options-no-quorum-policy" name="no-quorum-policy" value="ignore"/></cluster_property_set></crm_config>',
  '<nodes><node id="1" uname="n1"><instance_attributes id="nodes-1"><nvpair id="nodes-1-rack" name="rack" value="1"/></instance_attributes></node><node id="2" uname="n2"/><node id="3" uname="n3"/></nodes>',
];

const dummy = (id: string, inner = '', agent = 'class="ocf" provider="heartbeat" type="Dummy"'): string => (inner === '' ? `<primitive id="${id}" ${agent}/>` : `<primitive id="${id}" ${agent}>${inner}</primitive>`);
const monitor = (id: string, more = ''): string => `<operations><op id="${id}-monitor-10s" name="monitor" interval="10s" timeout="20s"/>${more}</operations>`;
const params = (id: string, value: string): string => `<instance_attributes id="${id}-instance_attributes"><nvpair id="${id}-instance_attributes-state" name="state" value="${value}"/></instance_attributes>`;
const meta = (id: string, name: string, value: string): string => `<meta_attributes id="${id}-meta_attributes"><nvpair id="${id}-meta_attributes-${name}" name="${name}" value="${value}"/></meta_attributes>`;
const fence = (id: string): string => `<primitive id="${id}" class="stonith" type="external/ssh"><instance_attributes id="${id}-instance_attributes"><nvpair id="${id}-instance_attributes-hostlist" name="hostlist" value="n1 n2 n3"/></instance_attributes></primitive>`;

const RESOURCES = [
  `<template id="t1" class="ocf" provider="heartbeat" type="Dummy">${params('t1', '/run/t1')}${monitor('t1')}</template>`,
  dummy('p1', `${params('p1', '/run/p1')}${meta('p1', 'target-role', 'Started')}${monitor('p1', '<op id="p1-start-0s" name="start" interval="0s" timeout="60s"/>')}`),
  dummy('p2', `<instance_attributes id-ref="p1-instance_attributes"/>${monitor('p2', '<op id="p2-monitor-20s" name="monitor" interval="20s" timeout="30s" role="Stopped"/>')}`),
  dummy('p3', meta('p3', 'resource-stickiness', '100')),
  dummy('p4'),
  `<primitive id="pt" template="t1">${meta('pt', 'priority', '5')}</primitive>`,
  fence('st1'),
  fence('st2'),
  `<group id="g1">${dummy('ga')}${dummy('gb', monitor('gb'))}${dummy('gc')}${meta('g1', 'target-role', 'Started')}</group>`,
  `<group id="g3">${dummy('gd')}</group>`,
  `<clone id="c1">${meta('c1', 'interleave', 'true')}${dummy('cp', params('cp', '/run/cp'))}</clone>`,
  `<clone id="c2"><group id="g2">${dummy('ge')}${dummy('gf')}</group></clone>`,
  `<clone id="m1">${meta('m1', 'promotable', 'true')}${dummy('s1', '', 'class="ocf" provider="pacemaker" type="Stateful"')}</clone>`,
];

const set = (id: string, members: readonly string[], more = ''): string => `<resource_set id="${id}"${more}>${members.map((one) => `<resource_ref id="${one}"/>`).join('')}</resource_set>`;

const CONSTRAINTS = [
  '<rsc_location id="l1" rsc="p1" score="100" node="n1"/>',
  '<rsc_location id="l2" rsc="g1"><rule id="l2-rule" score="50"><expression id="l2-rule-expression" attribute="#uname" operation="eq" value="n2"/></rule></rsc_location>',
  `<rsc_location id="l3" score="INFINITY" node="n3">${set('l3-0', ['p2', 'p3'])}</rsc_location>`,
  '<rsc_location id="l4" rsc-pattern="p.*" score="-100" node="n2"/>',
  '<rsc_location id="l5" rsc="cp" score="10" node="n2"/>',
  '<rsc_colocation id="k1" score="INFINITY" rsc="p1" with-rsc="p2"/>',
  `<rsc_colocation id="k2" score="INFINITY">${set('k2-0', ['p1', 'p3', 'p4'])}</rsc_colocation>`,
  `<rsc_colocation id="k3" score="200">${set('k3-0', ['p3', 'p4'], ' sequential="false"')}${set('k3-1', ['g1'])}</rsc_colocation>`,
  '<rsc_colocation id="k4" score="INFINITY" rsc="p4" with-rsc="m1" with-rsc-role="Promoted"/>',
  '<rsc_order id="o1" kind="Mandatory" first="p1" then="p2"/>',
  `<rsc_order id="o2" kind="Optional">${set('o2-0', ['p1', 'p2'], ' sequential="false"')}${set('o2-1', ['p3'])}${set('o2-2', ['g1', 'c1'], ' sequential="false"')}</rsc_order>`,
  '<rsc_order id="o3" first="m1" first-action="promote" then="g1" then-action="start" symmetrical="false"/>',
  `<rsc_ticket id="rt1" ticket="T" loss-policy="stop">${set('rt1-0', ['p4'])}${set('rt1-1', ['m1'], ' role="Promoted"')}</rsc_ticket>`,
  '<rsc_ticket id="rt2" ticket="T" rsc="g1"/>',
];

const REST = [
  '<fencing-topology><fencing-level id="fencing" target="n1" index="1" devices="st1"/><fencing-level id="fencing-0" target="n1" index="2" devices="st1,st2"/></fencing-topology>',
  '<op_defaults><meta_attributes id="op-options"><nvpair id="op-options-timeout" name="timeout" value="60s"/></meta_attributes></op_defaults>',
  '<rsc_defaults><meta_attributes id="rsc-options"><nvpair id="rsc-options-resource-stickiness" name="resource-stickiness" value="1"/></meta_attributes></rsc_defaults>',
  '<acls><acl_role id="ro1"><acl_permission id="ro1-0" kind="read" reference="p1"/><acl_permission id="ro1-1" kind="write" reference="g1"/></acl_role><acl_target id="u1"><role id="ro1"/></acl_target></acls>',
  '<tags><tag id="tg1"><obj_ref id="p1"/><obj_ref id="g1"/></tag><tag id="tg2"><obj_ref id="p4"/></tag></tags>',
  '<alerts><alert id="al1" path="/bin/a.sh"><recipient id="al1-recipient-1" value="/var/log/a"/></alert></alerts>',
];

export const CONFIGURATION = `<cib validate-with="pacemaker-3.7" admin_epoch="0" epoch="5" num_updates="0"><configuration>${SECTIONS.join('')}<resources>${RESOURCES.join('')}</resources><constraints>${CONSTRAINTS.join('')}</constraints>${REST.join('')}</configuration><status/></cib>`;

/** Ids of the configuration by what they are. */
export const NAMES = {
  nodes: ['n1', 'n2', 'n3'],
  templates: ['t1'],
  primitives: ['p1', 'p2', 'p3', 'p4', 'pt', 'ga', 'gb', 'gc', 'gd', 'cp', 'ge', 'gf', 's1', 'st1', 'st2'],
  groups: ['g1', 'g2', 'g3'],
  clones: ['c1', 'c2', 'm1'],
  constraints: ['l1', 'l2', 'l3', 'l4', 'l5', 'k1', 'k2', 'k3', 'k4', 'o1', 'o2', 'o3', 'rt1', 'rt2'],
  others: ['tg1', 'tg2', 'ro1', 'u1', 'al1', 'cib-bootstrap-options', 'rsc-options', 'op-options'],
} as const;
