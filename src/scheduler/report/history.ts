// SPDX-License-Identifier: GPL-2.0-or-later
/** The operations each node reports, or only what failed there how often. */
import { element, type XmlElement } from '../../cib/index.ts';
import { topResource, type Node, type Resource } from '../model/index.ts';
import { exitText } from '../exit-text.ts';
import { FailCounts, type FailCount } from './fail-counts.ts';
import { isFilteredOut, shownId } from './filter.ts';
import { nodeName } from './node-text.ts';
import { item, list, type OutlineList, type OutlineNode } from './outline.ts';
import type { View } from './view.ts';

export interface NodeHistory {
  readonly node: Node;
  readonly entries: readonly ResourceHistory[];
}

export interface ResourceHistory {
  readonly resource: Resource | undefined;
  readonly id: string;
  readonly failures: FailCount;
  /** Sorted by call; none when only failures are asked for. */
  readonly operations: readonly XmlElement[];
}

/** Histories in the order of the status section; undefined when no node that is to be shown is up to tell any. */
export function histories(view: View, showsOperations: boolean): NodeHistory[] | undefined {
  let found: NodeHistory[] | undefined;
  for (const state of view.cluster.cib.first('status')?.elements('node_state') ?? []) {
    const node = view.cluster.findNode(state.id);
    if (node === undefined || !node.isOnline || !view.nodes.has(node.name)) continue;
    found ??= [];
    const counts = new FailCounts(node);
    const entries: ResourceHistory[] = [];
    for (const history of state.at('lrm', 'lrm_resources')?.elements('lrm_resource') ?? []) {
      const entry = resourceHistory(history, counts, view, showsOperations);
      if (entry !== undefined) entries.push(entry);
    }
    if (entries.length > 0) found.push({ node, entries });
  }
  return found;
}

function resourceHistory(history: XmlElement, counts: FailCounts, view: View, showsOperations: boolean): ResourceHistory | undefined {
  const id = history.id;
  if (id === undefined) return undefined;
  const resource = view.cluster.resourcesByName.get(id)?.[0];
  if (resource === undefined || isHidden(resource, view)) return undefined;
  const failures = counts.of(resource);
  if (!showsOperations) return failures.count <= 0 ? undefined : { resource, id, failures, operations: [] };
  const operations = shownOperations(history);
  return operations.length === 0 ? undefined : { resource, id: shownId(resource), failures, operations };
}

/** Asking for one member of a group does not show the others. */
function isHidden(resource: Resource, view: View): boolean {
  if (view.resources.isEverything) return false;
  const top = topResource(resource);
  if (top.kind === 'group') return !view.resources.has(shownId(resource)) && !view.resources.has(shownId(top));
  return isFilteredOut(resource, view.resources, true);
}

const NOT_RUNNING = '7';

/** All but notifications and probes that found nothing. */
function shownOperations(history: XmlElement): XmlElement[] {
  const operations = history.elements('lrm_rsc_op').filter((operation) => {
    const task = operation.get('operation');
    if (task === 'notify') return false;
    return !(task === 'monitor' && operation.get('rc-code') === NOT_RUNNING && (operation.get('interval') ?? '0') === '0');
  });
  const call = (operation: XmlElement): number => Number.parseInt(operation.get('call-id') ?? '0', 10) || 0;
  return operations.sort((a, b) => call(a) - call(b));
}

export function historyList(view: View, showsOperations: boolean): OutlineList | undefined {
  const nodes = histories(view, showsOperations)?.map(({ node, entries }) =>
    list(`Node: ${nodeName(node, view.settings.isDetailed === true)}`, entries.map((entry) => entryOutline(entry, view, showsOperations))),
  );
  return nodes === undefined ? undefined : list(showsOperations ? 'Operations' : 'Migration Summary', nodes);
}

function entryOutline(entry: ResourceHistory, view: View, showsOperations: boolean): OutlineNode {
  const title = entryText(entry, view);
  if (!showsOperations) return item(title);
  return list(title, entry.operations.map((operation) => item(operationText(operation, view))));
}

function entryText({ resource, id, failures }: ResourceHistory, view: View): string {
  if (resource === undefined) return `${id}: orphan`;
  const count = failures.count > 0 ? ` fail-count=${failures.count}` : '';
  const last = failures.lastFailure > 0 ? ` last-failure='${view.time(failures.lastFailure)}'` : '';
  return `${id}: migration-threshold=${resource.migrationThreshold}${count}${last}`;
}

function taskText(operation: XmlElement): string {
  const task = operation.get('operation') ?? '';
  return task === 'monitor' && (operation.get('interval') ?? '0') === '0' ? 'probe' : task;
}

function operationText(operation: XmlElement, view: View): string {
  const parts: string[] = [];
  const interval = operation.get('interval') ?? '0';
  if (interval !== '0') parts.push(`interval="${interval}ms"`);
  if (view.settings.showsTiming === true) {
    const changed = Number.parseInt(operation.get('last-rc-change') ?? '0', 10) || 0;
    if (changed > 0) parts.push(`last-rc-change="${view.time(changed)}"`);
    for (const name of ['exec-time', 'queue-time']) {
      const value = operation.get(name);
      if (value !== undefined) parts.push(`${name}="${value}ms"`);
    }
    const rc = Number.parseInt(operation.get('rc-code') ?? '0', 10);
    parts.push(`rc=${rc} (${exitText(rc)})`);
  }
  const head = `(${operation.get('call-id') ?? '0'}) ${taskText(operation)}`;
  return parts.length === 0 ? head : `${head}: ${parts.join(' ')}`;
}

export function historyXml(view: View, showsOperations: boolean): XmlElement | undefined {
  const nodes = histories(view, showsOperations)?.map(({ node, entries }) =>
    element('node', { name: node.name }, entries.map((entry) => entryXml(entry, view))),
  );
  return nodes === undefined ? undefined : element('node_history', {}, nodes);
}

function entryXml({ resource, id, failures, operations }: ResourceHistory, view: View): XmlElement {
  const isRemoved = String(resource === undefined);
  const attributes = {
    id,
    orphan: isRemoved,
    removed: isRemoved,
    'migration-threshold': resource?.migrationThreshold.toString(),
    'fail-count': failures.count > 0 ? String(failures.count) : undefined,
    'last-failure': failures.lastFailure > 0 ? view.time(failures.lastFailure) : undefined,
  };
  return element('resource_history', attributes, operations.map((operation) => operationXml(operation, view)));
}

function operationXml(operation: XmlElement, view: View): XmlElement {
  const interval = operation.get('interval') ?? '0';
  const rc = Number.parseInt(operation.get('rc-code') ?? '0', 10);
  const changed = Number.parseInt(operation.get('last-rc-change') ?? '0', 10) || 0;
  const milliseconds = (name: string): string | undefined => {
    const value = operation.get(name);
    return value === undefined ? undefined : `${value}ms`;
  };
  return element('operation_history', {
    call: operation.get('call-id') ?? '0',
    task: taskText(operation),
    rc: String(rc),
    rc_text: exitText(rc),
    interval: interval === '0' ? undefined : `${interval}ms`,
    'last-rc-change': changed > 0 ? view.time(changed) : undefined,
    'exec-time': milliseconds('exec-time'),
    'queue-time': milliseconds('queue-time'),
  });
}
