// SPDX-License-Identifier: GPL-2.0-or-later
/** Agent parameters of a resource, evaluated for a node, and those of one of its operations. */
import type { XmlElement } from '../../cib/index.ts';
import type { Node, Resource, Scheduler } from '../model/index.ts';
import { mergeAttributeSets } from '../unpack/attribute-sets.ts';

/** The address by which a bundle's connection says that it needs the name of its container's host. */
export const HOST_NAME_ADDRESS = '#uname';

/** Tables by resource and node; the node-less one may be changed (see `setHostAddress`). */
const tables = new WeakMap<Resource, Map<Node | undefined, Map<string, string>>>();

/** Instance attributes of the resource, then of its ancestors. The table is shared: callers must not change it. */
export function resourceParameters(scheduler: Scheduler, resource: Resource, node?: Node): ReadonlyMap<string, string> {
  let byNode = tables.get(resource);
  if (byNode === undefined) tables.set(resource, (byNode = new Map()));
  let table = byNode.get(node);
  if (table !== undefined) return table;
  if (node !== undefined && !dependsOnNode(resource)) {
    const base = resourceParameters(scheduler, resource);
    // The node-less address of such a connection is replaced later; what a node sees stays as configured.
    table = needsHostName(base) ? new Map(base) : (base as Map<string, string>);
  } else {
    table = evaluate(scheduler, resource, node);
  }
  byNode.set(node, table);
  return table;
}

function evaluate(scheduler: Scheduler, resource: Resource, node: Node | undefined): Map<string, string> {
  const table = new Map<string, string>();
  const inputs = node === undefined ? {} : { nodeAttribute: (name: string) => node.attributes.get(name) };
  for (let here: Resource | undefined = resource; here !== undefined; here = here.parent) {
    mergeAttributeSets(scheduler, table, here.xml, 'instance_attributes', inputs);
  }
  return table;
}

const nodeDependence = new WeakMap<XmlElement, boolean>();

/** Whether any attribute set of the resource or an ancestor has a rule (or refers to a set elsewhere, which may have one). */
function dependsOnNode(resource: Resource): boolean {
  for (let here: Resource | undefined = resource; here !== undefined; here = here.parent) {
    let depends = nodeDependence.get(here.xml);
    if (depends === undefined) {
      depends = here.xml.elements('instance_attributes').some((set) => set.has('id-ref') || set.first('rule') !== undefined);
      nodeDependence.set(here.xml, depends);
    }
    if (depends) return true;
  }
  return false;
}

/** Evaluates rules of the parameters now, because they may tell when the cluster has to be looked at again; without rules there is nothing to do yet. */
export function evaluateRules(scheduler: Scheduler, resource: Resource, node: Node | undefined): void {
  if ((node !== undefined || resource.kind === 'primitive') && dependsOnNode(resource)) resourceParameters(scheduler, resource, node);
}

/** Whether a connection's address has to be replaced by the host of its container. */
export function needsHostName(parameters: ReadonlyMap<string, string>): boolean {
  return parameters.get('addr')?.toLowerCase() === HOST_NAME_ADDRESS;
}

/** Replaces the node-less address of a bundle's connection by the name of the host its container goes to. */
export function setHostAddress(scheduler: Scheduler, connection: Resource, host: string): void {
  // This table alone is ours to change: what nodes see are copies, or made from it later.
  const table = resourceParameters(scheduler, connection) as Map<string, string>;
  table.set('addr', host);
}

/** Instance attributes of one configured operation, evaluated for a node. */
export function operationParameters(scheduler: Scheduler, operation: XmlElement | undefined, node: Node): ReadonlyMap<string, string> {
  if (operation?.first('instance_attributes') === undefined) return NO_PARAMETERS;
  const table = new Map<string, string>();
  mergeAttributeSets(scheduler, table, operation, 'instance_attributes', { nodeAttribute: (name) => node.attributes.get(name) });
  return table;
}

const NO_PARAMETERS: ReadonlyMap<string, string> = new Map();
