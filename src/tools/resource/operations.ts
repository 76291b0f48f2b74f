// SPDX-License-Identifier: GPL-2.0-or-later
/** `--list-operations` and `--list-all-operations`: what is recorded in the status section. */
import { dateTime, element, formatCtime, type XmlElement } from '../../cib/index.ts';
import { activeEntries, findResource, operationStatusText, primitiveText, shownId, sortedEntries, type HistoryEntry, type Primitive } from '../../scheduler/index.ts';
import { EXIT } from '../exit/codes.ts';
import { chosenNode, type ResourceRun } from './cluster.ts';
import { viewOf } from './list.ts';

export function listOperations(run: ResourceRun, isAll: boolean): number {
  const { options, output, cluster } = run;
  const wantedNode = chosenNode(run);
  const wantedResource = options.value('resource');
  const elements: XmlElement[] = [];
  const isFencing = cluster.options.isFencingEnabled;
  for (const state of cluster.cib.first('status')?.elements('node_state') ?? []) {
    const node = cluster.findNode(state.id ?? state.get('uname'));
    // What a node that is down remembers counts only where it could be fenced.
    if (node === undefined || (!node.isOnline && !isFencing) || (wantedNode !== undefined && node !== wantedNode)) continue;
    for (const history of state.at('lrm', 'lrm_resources')?.elements('lrm_resource') ?? []) {
      if (wantedResource !== undefined && history.id !== wantedResource) continue;
      const entries = sortedEntries(history);
      for (const entry of isAll ? entries : activeEntries(entries)) {
        output.text(line(run, history, node.name, entry));
        elements.push(operationElement(run, history, node.name, entry));
      }
    }
  }
  if (elements.length > 0) output.element(element('operations', {}, elements));
  return EXIT.ok;
}

function line(run: ResourceRun, history: XmlElement, node: string, { xml }: HistoryEntry): string {
  const resource = primitiveOf(run, history);
  const head = resource === undefined ? 'Unknown resource' : primitiveText(resource, shownId(resource), undefined, viewOf(run, { omitsNodes: true, showsDescriptions: true, showsPending: true }));
  const time = changeTime(run, xml);
  const parts = [`node=${node}`, `call=${xml.get('call-id') ?? ''}`, `rc=${xml.get('rc-code') ?? ''}`, ...(time === undefined ? [] : [`last-rc-change='${time}'`, `exec=${xml.get('exec-time') ?? '0'}ms`])];
  return `${head}: ${xml.get('operation_key') ?? xml.id ?? ''} (${parts.join(', ')}): ${operationStatusText(statusOf(xml))}`;
}

function primitiveOf({ cluster }: ResourceRun, history: XmlElement): Primitive | undefined {
  const found = findResource(cluster, history.id ?? '');
  return found?.kind === 'primitive' ? found : undefined;
}

function operationElement(run: ResourceRun, history: XmlElement, node: string, { xml }: HistoryEntry): XmlElement {
  const time = changeTime(run, xml);
  const resource = primitiveOf(run, history);
  return element('operation', {
    op: xml.get('operation_key') ?? xml.id,
    node,
    call: xml.get('call-id'),
    rc: xml.get('rc-code'),
    status: operationStatusText(statusOf(xml)),
    rsc: resource === undefined ? history.id : shownId(resource),
    agent: `${history.get('class')}:${history.get('provider') ?? ''}:${history.get('type')}`,
    'last-rc-change': time,
    'exec-time': time === undefined ? undefined : (xml.get('exec-time') ?? '0'),
  });
}

function statusOf(operation: XmlElement): number {
  return Number.parseInt(operation.get('op-status') ?? '0', 10);
}

function changeTime({ context }: ResourceRun, operation: XmlElement): string | undefined {
  const seconds = Number.parseInt(operation.get('last-rc-change') ?? '0', 10);
  return seconds > 0 ? formatCtime(dateTime(seconds, context.zoneOffsetSeconds(seconds))) : undefined;
}
