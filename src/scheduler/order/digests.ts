// SPDX-License-Identifier: GPL-2.0-or-later
/** Whether a resource is defined as it was when an operation in a node's history ran. */
import { operationDigest, parameterNames, type XmlElement } from '../../cib/index.ts';
import type { Node, Primitive, Scheduler } from '../model/index.ts';
import { suffixOf } from './keys.ts';
import { operationFor } from './operations.ts';
import { HOST_NAME_ADDRESS, needsHostName, operationParameters, resourceParameters } from './parameters.ts';
import { operationSettings } from './settings.ts';

export type DigestResult = 'same' | 'unknown' | 'changed' | 'restart';

/** An operation's parameters, as pairs in the order in which the first value for a name wins. */
export interface OperationParameters {
  readonly pairs: readonly (readonly [string, string])[];
  /** A single operation with parameters of its own cannot be reloaded. */
  readonly hasOwn: boolean;
}

const results = new WeakMap<Node, Map<string, DigestResult>>();

/** Compares a history entry with the configuration; once per operation and node. */
export function compareDigest(scheduler: Scheduler, resource: Primitive, node: Node, entry: XmlElement, task: string, interval: number): DigestResult {
  let byKey = results.get(node);
  if (byKey === undefined) results.set(node, (byKey = new Map()));
  const key = `${resource.id}_${suffixOf(task, interval)}`;
  let result = byKey.get(key);
  if (result === undefined) byKey.set(key, (result = compare(scheduler, resource, node, entry, task, interval)));
  return result;
}

function compare(scheduler: Scheduler, resource: Primitive, node: Node, entry: XmlElement, task: string, interval: number): DigestResult {
  const { pairs, hasOwn } = currentParameters(scheduler, resource, node, task, interval);
  const isRecurring = interval > 0;
  const restartDigest = entry.get('op-restart-digest');
  if (restartDigest !== undefined) {
    const forced = entry.get('op-force-restart');
    const only = forced === undefined ? undefined : parameterNames(forced);
    if (operationDigest(pairs, { isRecurring, only }) !== restartDigest) return 'restart';
  }
  const recorded = entry.get('op-digest');
  if (recorded === undefined) return 'unknown';
  if (operationDigest(pairs, { isRecurring }) === recorded) return 'same';
  return hasOwn && !isRecurring ? 'restart' : 'changed';
}

/** What the operation would be run with now. */
export function currentParameters(scheduler: Scheduler, resource: Primitive, node: Node, task: string, interval: number): OperationParameters {
  const table = new Map<string, string>();
  const parameters = resourceParameters(scheduler, resource, node);
  const host = needsHostName(resourceParameters(scheduler, resource)) ? containerHost(resource) : undefined;
  if (host !== undefined) table.set('addr', host);
  addMissing(table, parameters);
  const operation = operationFor(resource, task, interval, true);
  const own = operationParameters(scheduler, operation?.xml, node);
  addMissing(table, own);
  for (const [name, value] of operationSettings(scheduler, resource, node, task, interval, operation)) {
    const word = metaName(name);
    if (word !== undefined && !table.has(word)) table.set(word, value);
  }
  return { pairs: [...table], hasOwn: own.size > 0 };
}

function addMissing(table: Map<string, string>, values: ReadonlyMap<string, string>): void {
  for (const [name, value] of values) if (!table.has(name)) table.set(name, value);
}

/** Name under which a setting is passed to an agent; internal ones are not. */
export function metaName(name: string): string | undefined {
  if (name.includes('#') || name.includes(':')) return undefined;
  return `CRM_meta_${name.replaceAll('-', '_')}`;
}

/** The host of the container a bundle's connection leads into: where it goes, else where it is. */
export function containerHost(connection: Primitive): string | undefined {
  const container = connection.launcher;
  return (container?.assignedNode ?? container?.runningOn[0])?.name;
}

/** Whether a connection's address stands for the host of its container. */
export function isHostNameNeeded(scheduler: Scheduler, resource: Primitive): boolean {
  return resource.isRemoteConnection && resource.launcher?.isInBundle === true && resourceParameters(scheduler, resource).get('addr')?.toLowerCase() === HOST_NAME_ADDRESS;
}
