// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * What changed in the status section between two documents. Unchanged parts are the same objects in both, so only the
 * changed nodes and resources are looked into.
 */
import type { XmlElement } from '../../cib/index.ts';

export interface OperationChange {
  readonly nodeId: string;
  readonly resource: string;
  readonly entry: XmlElement;
}

export interface StatusChanges {
  /** Entries that are new or different. */
  readonly operations: readonly OperationChange[];
  readonly removedOperations: number;
  readonly removedResources: number;
  readonly removedNodes: number;
  /** Names of transient attributes that changed. */
  readonly attributes: readonly string[];
  readonly hasTicketChange: boolean;
}

interface Mutable {
  operations: OperationChange[];
  removedOperations: number;
  removedResources: number;
  removedNodes: number;
  attributes: string[];
  hasTicketChange: boolean;
}

export function statusChanges(before: XmlElement | undefined, after: XmlElement | undefined): StatusChanges {
  const changes: Mutable = { operations: [], removedOperations: 0, removedResources: 0, removedNodes: 0, attributes: [], hasTicketChange: false };
  if (before === after) return changes;
  changes.hasTicketChange = before?.first('tickets') !== after?.first('tickets');
  const old = byId(before?.elements('node_state'));
  for (const node of after?.elements('node_state') ?? []) {
    const was = old.get(node.id ?? '');
    old.delete(node.id ?? '');
    if (was === node) continue;
    compareHistory(changes, node.id ?? '', was, node);
    compareAttributes(changes, was, node);
  }
  changes.removedNodes = old.size;
  return changes;
}

function compareHistory(changes: Mutable, nodeId: string, was: XmlElement | undefined, is: XmlElement): void {
  const [before, after] = [was?.at('lrm', 'lrm_resources'), is.at('lrm', 'lrm_resources')];
  if (before === after) return;
  const old = byId(before?.elements('lrm_resource'));
  for (const resource of after?.elements('lrm_resource') ?? []) {
    const previous = old.get(resource.id ?? '');
    old.delete(resource.id ?? '');
    if (previous !== resource) compareOperations(changes, nodeId, previous, resource);
  }
  changes.removedResources += old.size;
}

function compareOperations(changes: Mutable, nodeId: string, was: XmlElement | undefined, is: XmlElement): void {
  const old = byId(was?.elements('lrm_rsc_op'));
  // A failure is written twice, as last operation and as last failure; it happened once.
  const seen = new Set<string>();
  for (const entry of is.elements('lrm_rsc_op')) {
    const previous = old.get(entry.id ?? '');
    old.delete(entry.id ?? '');
    if (previous === entry || isEqualEntry(previous, entry)) continue;
    const mark = `${entry.get('transition-magic')} ${entry.get('call-id')}`;
    if (!seen.has(mark)) changes.operations.push({ nodeId, resource: is.id ?? '', entry });
    seen.add(mark);
  }
  changes.removedOperations += old.size;
}

function compareAttributes(changes: Mutable, was: XmlElement | undefined, is: XmlElement): void {
  const [before, after] = [was?.first('transient_attributes'), is.first('transient_attributes')];
  if (before === after) return;
  const old = pairsOf(before);
  for (const [name, value] of pairsOf(after)) {
    if (old.get(name) !== value) changes.attributes.push(name);
    old.delete(name);
  }
  changes.attributes.push(...old.keys());
}

function pairsOf(transient: XmlElement | undefined): Map<string, string> {
  const found = new Map<string, string>();
  for (const set of transient?.elements('instance_attributes') ?? []) {
    for (const pair of set.elements('nvpair')) found.set(pair.get('name') ?? '', pair.get('value') ?? '');
  }
  return found;
}

function isEqualEntry(a: XmlElement | undefined, b: XmlElement): boolean {
  if (a === undefined || a.attributes.length !== b.attributes.length) return false;
  return b.attributes.every((word, i) => a.attributes[i] === word);
}

function byId(list: readonly XmlElement[] | undefined): Map<string, XmlElement> {
  return new Map((list ?? []).map((one) => [one.id ?? '', one]));
}
