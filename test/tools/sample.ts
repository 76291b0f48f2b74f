// SPDX-License-Identifier: GPL-2.0-or-later
/** A small cluster as a CIB with status: a service address, a clone, a promotable clone with its master, a stopped resource. */

function ran(resource: string, agent: string, rest: readonly string[]): string {
  return `<lrm_resource id="${resource}" class="ocf" provider="${agent.split(':')[0]}" type="${agent.split(':')[1]}">${rest.join('')}</lrm_resource>`;
}

function operation(resource: string, task: string, call: number, rc = 0, interval = 0): string {
  const key = `${call}:1:${rc === 8 ? 8 : 0}:aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee`;
  return `<lrm_rsc_op id="${resource}_${interval === 0 ? `${task === 'start' ? 'last' : task}_0` : `${task}_${interval}`}" operation_key="${resource}_${task}_${interval}" operation="${task}" crm_feature_set="3.20.5" transition-key="${key}" transition-magic="0:${rc};${key}" call-id="${call}" rc-code="${rc}" op-status="0" interval="${interval}" last-rc-change="1717240000" exec-time="10"/>`;
}

function node(id: string, name: string, histories: readonly string[], attributes: readonly (readonly [string, string])[] = []): string {
  const pairs = attributes.map(([key, value]) => `<nvpair id="status-${id}-${key}" name="${key}" value="${value}"/>`).join('');
  const transient = attributes.length === 0 ? '' : `<transient_attributes id="${id}"><instance_attributes id="status-${id}">${pairs}</instance_attributes></transient_attributes>`;
  return `<node_state id="${id}" uname="${name}" in_ccm="true" crmd="online" join="member" expected="member">${transient}<lrm id="${id}"><lrm_resources>${histories.join('')}</lrm_resources></lrm></node_state>`;
}

export const SAMPLE = `<cib crm_feature_set="3.20.5" validate-with="pacemaker-4.0" admin_epoch="0" epoch="10" num_updates="3" have-quorum="1" dc-uuid="1">
<configuration>
<crm_config><cluster_property_set id="cib-bootstrap-options"><nvpair id="cib-bootstrap-options-fencing-enabled" name="fencing-enabled" value="false"/><nvpair id="cib-bootstrap-options-cluster-name" name="cluster-name" value="demo"/></cluster_property_set></crm_config>
<nodes><node id="1" uname="node1"/><node id="2" uname="node2"><instance_attributes id="nodes-2"><nvpair id="nodes-2-site" name="site" value="west"/></instance_attributes></node></nodes>
<resources>
<primitive id="ClusterIP" class="ocf" provider="heartbeat" type="IPaddr2"><instance_attributes id="ClusterIP-instance_attributes"><nvpair id="ClusterIP-instance_attributes-ip" name="ip" value="192.0.2.10"/></instance_attributes></primitive>
<clone id="clone-apache"><primitive id="WebSite" class="ocf" provider="heartbeat" type="apache"/></clone>
<clone id="ms-db"><meta_attributes id="ms-db-meta_attributes"><nvpair id="ms-db-meta_attributes-promotable" name="promotable" value="true"/></meta_attributes><primitive id="db" class="ocf" provider="pacemaker" type="Stateful"/></clone>
<primitive id="Email" class="ocf" provider="heartbeat" type="postfix"><meta_attributes id="Email-meta_attributes"><nvpair id="Email-meta_attributes-target-role" name="target-role" value="Stopped"/></meta_attributes></primitive>
</resources>
<constraints/>
</configuration>
<status>
${node('1', 'node1', [
  ran('ClusterIP', 'heartbeat:IPaddr2', [operation('ClusterIP', 'start', 2)]),
  ran('WebSite', 'heartbeat:apache', [operation('WebSite', 'start', 3)]),
  ran('db', 'pacemaker:Stateful', [operation('db', 'start', 4), operation('db', 'monitor', 6, 8, 10000)]),
  ran('Email', 'heartbeat:postfix', [operation('Email', 'monitor', 1, 7)]),
], [['master-db', '10'], ['fail-count-ClusterIP#monitor_10000', '2'], ['fail-count-ClusterIP#start_0', 'INFINITY']])}
${node('2', 'node2', [
  ran('ClusterIP', 'heartbeat:IPaddr2', [operation('ClusterIP', 'monitor', 1, 7)]),
  ran('WebSite', 'heartbeat:apache', [operation('WebSite', 'start', 3)]),
  ran('db', 'pacemaker:Stateful', [operation('db', 'start', 4)]),
], [['master-db', '5']])}
</status>
</cib>
`;
