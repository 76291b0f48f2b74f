// SPDX-License-Identifier: GPL-2.0-or-later
/** The transition graph in its XML form. */
import { element, XmlElement, type XmlNode } from '../../cib/index.ts';
import type {
  GraphAction,
  GraphActionKind,
  GraphActionReference,
  GraphPrimitive,
  NameValue,
  Synapse,
  TransitionGraph,
} from './graph.ts';

/** Makes the `transition_graph` element. */
export function graphToXml(graph: TransitionGraph): XmlElement {
  const attributes: [string, string][] = [
    ['cluster-delay', graph.clusterDelay],
    ['fencing-timeout', graph.fencingTimeout],
    ['failed-stop-offset', graph.failedStopOffset],
    ['failed-start-offset', graph.failedStartOffset],
    ['batch-limit', graph.batchLimit],
    ['transition_id', String(graph.transitionId)],
  ];
  if (graph.migrationLimit !== undefined) attributes.push(['migration-limit', graph.migrationLimit]);
  if (graph.recheckBy !== undefined) attributes.push(['recheck-by', String(graph.recheckBy)]);
  return element('transition_graph', attributes, graph.synapses.map(synapseToXml));
}

function synapseToXml(synapse: Synapse): XmlElement {
  const attributes: [string, string][] = [['id', String(synapse.id)]];
  if (synapse.priority > 0) attributes.push(['priority', String(synapse.priority)]);
  const triggers = synapse.inputs.map((input) => element('trigger', [], [referenceToXml(input)]));
  return element('synapse', attributes, [
    element('action_set', [], [actionToXml(synapse.action)]),
    element('inputs', [], triggers),
  ]);
}

const ELEMENT_OF: Readonly<Record<GraphActionKind, string>> = {
  rsc: 'rsc_op',
  pseudo: 'pseudo_event',
  crm: 'crm_event',
};

function actionToXml(action: GraphAction): XmlElement {
  const attributes = referenceAttributes(action);
  if (action.shutdownLock !== undefined) attributes.push('shutdown-lock', String(action.shutdownLock));
  const children: XmlNode[] = [];
  if (action.primitive !== undefined) children.push(primitiveToXml(action.primitive));
  children.push(attributesToXml(action.attributes, action.parameters));
  if (action.downed.length > 0) {
    children.push(element('downed', [], action.downed.map((id) => element('node', { id }))));
  }
  if (action.maintenance.length > 0) children.push(maintenanceToXml(action));
  return new XmlElement(ELEMENT_OF[action.kind], attributes, children);
}

function referenceToXml(reference: GraphActionReference): XmlElement {
  return new XmlElement(ELEMENT_OF[reference.kind], referenceAttributes(reference), []);
}

function referenceAttributes(reference: GraphActionReference): string[] {
  const attributes: string[] = [];
  const add = (name: string, value: string | undefined): void => {
    if (value !== undefined) attributes.push(name, value);
  };
  add('mode', reference.mode);
  add('id', String(reference.id));
  add('operation', reference.operation);
  add('operation_key', reference.operationKey);
  add('internal_operation_key', reference.internalOperationKey);
  add('on_node', reference.onNode);
  add('on_node_uuid', reference.onNodeUuid);
  add('router_node', reference.routerNode);
  return attributes;
}

function primitiveToXml(primitive: GraphPrimitive): XmlElement {
  return element(primitive.element, {
    id: primitive.id,
    'long-id': primitive.longId,
    class: primitive.class,
    provider: primitive.provider,
    type: primitive.type,
  });
}

function attributesToXml(attributes: readonly NameValue[], parameters: readonly NameValue[]): XmlElement {
  const flat: string[] = [];
  for (const [name, value] of attributes) flat.push(name, value);
  const children = parameters.map(([name, value]) => element('param', { name, value }));
  return new XmlElement('attributes', flat, children);
}

function maintenanceToXml(action: GraphAction): XmlElement {
  const nodes = action.maintenance.map((entry) =>
    element('node', { id: entry.nodeId, node_in_maintenance: entry.inMaintenance ? '1' : '0' }),
  );
  return element('maintenance', [], nodes);
}
