// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The transition graph in its XML form. It is written directly, without an element tree in between, because graphs of
 * large clusters hold tens of thousands of actions.
 */
import type { GraphAction, GraphActionKind, GraphActionReference, GraphPrimitive, NameValue, Synapse, TransitionGraph } from './graph.ts';

/** The graph as a document: two blanks per level, one element per line. */
export function writeGraph(graph: TransitionGraph): string {
  const attributes =
    attribute('cluster-delay', graph.clusterDelay) +
    attribute('fencing-timeout', graph.fencingTimeout) +
    attribute('failed-stop-offset', graph.failedStopOffset) +
    attribute('failed-start-offset', graph.failedStartOffset) +
    attribute('batch-limit', graph.batchLimit) +
    attribute('transition_id', graph.transitionId) +
    attribute('migration-limit', graph.migrationLimit) +
    attribute('recheck-by', graph.recheckBy);
  if (graph.synapses.length === 0) return `<transition_graph${attributes}/>\n`;
  const chunks = [`<transition_graph${attributes}>\n`];
  // A text that grows piece by piece holds a node for each piece: joined early, they are forgotten early.
  for (let at = 0; at < graph.synapses.length; at += PER_CHUNK) {
    chunks.push(graph.synapses.slice(at, at + PER_CHUNK).map(synapseText).join(''));
  }
  chunks.push('</transition_graph>\n');
  return chunks.join('');
}

/** Synapses whose texts are joined at a time. */
const PER_CHUNK = 64;

function synapseText({ id, priority, action, inputs }: Synapse): string {
  const attributes = attribute('id', id) + attribute('priority', priority > 0 ? priority : undefined);
  const actionSet = `    <action_set>\n${actionText(action)}    </action_set>\n`;
  return `  <synapse${attributes}>\n${actionSet}${inputsText(inputs)}  </synapse>\n`;
}

function inputsText(inputs: readonly GraphActionReference[]): string {
  if (inputs.length === 0) return '    <inputs/>\n';
  let text = '    <inputs>\n';
  for (const input of inputs) text += `      <trigger>\n        <${ELEMENT_OF[input.kind]}${referenceAttributes(input)}/>\n      </trigger>\n`;
  return `${text}    </inputs>\n`;
}

const ELEMENT_OF: Readonly<Record<GraphActionKind, string>> = {
  rsc: 'rsc_op',
  pseudo: 'pseudo_event',
  crm: 'crm_event',
};

function actionText(action: GraphAction): string {
  const name = ELEMENT_OF[action.kind];
  let text = `      <${name}${referenceAttributes(action)}${attribute('shutdown-lock', action.shutdownLock)}>\n`;
  if (action.primitive !== undefined) text += primitiveText(action.primitive);
  text += attributesText(action.attributes, action.parameters);
  text += listText('downed', action.downed.map((id) => attribute('id', id)));
  text += listText('maintenance', action.maintenance.map((entry) => attribute('id', entry.nodeId) + attribute('node_in_maintenance', entry.inMaintenance ? 1 : 0)));
  return `${text}      </${name}>\n`;
}

function referenceAttributes(reference: GraphActionReference): string {
  return (
    attribute('mode', reference.mode) +
    attribute('id', reference.id) +
    attribute('operation', reference.operation) +
    attribute('operation_key', reference.operationKey) +
    attribute('internal_operation_key', reference.internalOperationKey) +
    attribute('on_node', reference.onNode) +
    attribute('on_node_uuid', reference.onNodeUuid) +
    attribute('router_node', reference.routerNode)
  );
}

function primitiveText(primitive: GraphPrimitive): string {
  const attributes =
    attribute('id', primitive.id) +
    attribute('long-id', primitive.longId) +
    attribute('class', primitive.class) +
    attribute('provider', primitive.provider) +
    attribute('type', primitive.type);
  return `        <${primitive.element}${attributes}/>\n`;
}

function attributesText(attributes: readonly NameValue[], parameters: readonly NameValue[]): string {
  let text = '        <attributes';
  for (const [name, value] of attributes) text += attribute(name, value);
  if (parameters.length === 0) return `${text}/>\n`;
  text += '>\n';
  for (const [name, value] of parameters) text += `          <param${attribute('name', name)}${attribute('value', value)}/>\n`;
  return `${text}        </attributes>\n`;
}

/** An element that lists nodes; nothing when there are none. */
function listText(name: string, nodes: readonly string[]): string {
  if (nodes.length === 0) return '';
  return `        <${name}>\n${nodes.map((attributes) => `          <node${attributes}/>\n`).join('')}        </${name}>\n`;
}

function attribute(name: string, value: string | number | undefined): string {
  if (value === undefined) return '';
  return ` ${name}="${typeof value === 'string' && NEEDS_ESCAPE.test(value) ? value.replace(ESCAPES, escapeCharacter) : value}"`;
}

// Control characters are just what has to be found here.
// oxlint-disable-next-line no-control-regex
const NEEDS_ESCAPE = /[&<>"\u0000-\u001f\u007f]/;
// oxlint-disable-next-line no-control-regex
const ESCAPES = /[&<>"\u0000-\u001f\u007f]/g;

/** The reference writes graphs with hexadecimal references, unlike the CIB. */
function escapeCharacter(character: string): string {
  switch (character) {
    case '&':
      return '&amp;';
    case '<':
      return '&lt;';
    case '>':
      return '&gt;';
    case '"':
      return '&quot;';
    default:
      return `&#x${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')};`;
  }
}
