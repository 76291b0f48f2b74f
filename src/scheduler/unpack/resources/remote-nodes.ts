// SPDX-License-Identifier: GPL-2.0-or-later
/** Nodes that exist because of resources: remote nodes, and guest nodes with the connections made for them. */
import type { XmlElement } from '../../../cib/index.ts';
import type { Node, Primitive, Scheduler } from '../../model/index.ts';
import { createNode, markStartupFencing } from '../nodes.ts';
import { connectionXml } from './connection-xml.ts';
import { isConnection } from './flags.ts';

/** Makes the nodes; returns the children of `resources` with the guests' connections appended. */
export function unpackRemoteNodes(scheduler: Scheduler): readonly XmlElement[] {
  const elements = scheduler.cib.at('configuration', 'resources')?.elements() ?? [];
  // The list grows while it is walked: the connection made for a guest is itself the reason for a node.
  for (let i = 0; i < elements.length; i++) {
    const xml = elements[i]!;
    if (xml.id !== undefined && isConnection(xml)) addRemoteNode(scheduler, xml.id);
    else if (xml.name === 'primitive') addGuest(elements, xml);
    else if (xml.name === 'group') for (const member of xml.elements()) addGuest(elements, member);
  }
  return elements;
}

/** The node of that name, made when there is none. */
export function addRemoteNode(scheduler: Scheduler, name: string): Node {
  return scheduler.findNode(name) ?? createNode(scheduler, name, name, 'remote', 0);
}

function addGuest(elements: XmlElement[], container: XmlElement): void {
  const meta = new Map<string, string>();
  // A plain scan: neither rules nor scores nor defaults count here, and the last value wins.
  for (const set of container.elements('meta_attributes')) {
    for (const pair of set.elements()) {
      const name = pair.get('name');
      const value = pair.get('value');
      if (name !== undefined && value !== undefined) meta.set(name, value);
    }
  }
  const name = meta.get('remote-node');
  if (name === undefined || container.id === undefined) return;
  elements.push(
    connectionXml({
      id: name,
      container: container.id,
      allowMigrate: meta.get('remote-allow-migrate'),
      isManaged: meta.get('is-managed'),
      address: meta.get('remote-addr'),
      port: meta.get('remote-port'),
      connectTimeout: meta.get('remote-connect-timeout') ?? '60s',
    }),
  );
}

/** Ties a connection to the node of its name. */
export function linkConnection(scheduler: Scheduler, connection: Primitive): void {
  const node = scheduler.findNode(connection.id);
  if (node === undefined) return;
  node.connection = connection;
  if (connection.launcher === undefined) markStartupFencing(scheduler, node);
  else node.attributes.set('#kind', 'container');
}
