// SPDX-License-Identifier: GPL-2.0-or-later
/** Which node a tool means, by name and by the id that the CIB uses for it. */
import type { Backend } from '../../backends/index.ts';
import type { XmlElement } from '../../cib/index.ts';
import type { ToolContext } from '../context.ts';

/** The node the caller stands on: the one an agent's action runs for, else the cluster's word, else this host. */
export async function localNodeName(context: ToolContext, backend: Backend | undefined): Promise<string> {
  return agentNode(context) ?? (backend?.cluster === undefined ? context.hostName : await backend.cluster.localNode());
}

/** Inside an agent: the node that attributes belong to, which for a container may be its physical host. */
export function agentNode({ env }: ToolContext): string | undefined {
  const target = env.get('OCF_RESKEY_CRM_meta_container_attribute_target');
  const isHost = target?.toLowerCase() === 'host';
  const name = isHost ? env.get('OCF_RESKEY_CRM_meta_physical_host') : env.get('OCF_RESKEY_CRM_meta_on_node');
  return name === undefined || name === '' ? undefined : name;
}

/** Id of a cluster, remote or guest node; undefined when the configuration knows no such node. */
export function nodeId(cib: XmlElement, name: string): string | undefined {
  const same = (other: string | undefined): boolean => other?.toLowerCase() === name.toLowerCase();
  const member = cib.at('configuration', 'nodes')?.elements('node').find((node) => same(node.get('uname')));
  if (member !== undefined) return member.id;
  for (const one of cib.at('configuration', 'resources')?.descendants() ?? []) {
    if (one.name === 'primitive' && one.get('provider') === 'pacemaker' && one.get('type') === 'remote' && same(one.id)) return one.id;
    if (one.name === 'nvpair' && one.get('name') === 'remote-node' && same(one.get('value'))) return one.get('value');
  }
  return cib.first('status')?.elements('node_state').find((state) => state.get('remote_node') === 'true' && same(state.get('uname')))?.id;
}
