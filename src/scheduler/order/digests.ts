// SPDX-License-Identifier: GPL-2.0-or-later
/** Whether a resource is defined as it was when an operation in a node's history ran. */
import { operationDigest, parameterNames, type XmlElement } from '../../cib/index.ts';
import type { Node, Primitive, Scheduler } from '../model/index.ts';
import { operationKey, suffixOf } from './keys.ts';
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

/** Digests of what an operation would be run with now. */
interface CurrentDigests {
  readonly all: string;
  /** Made only when the entry it was first asked for has one to compare with. */
  readonly restart: string | undefined;
  readonly hasOwn: boolean;
}

const known = new WeakMap<Node, Map<string, CurrentDigests>>();

/** Compares a history entry with the configuration. The digests are made once per operation and node. */
export function compareDigest(scheduler: Scheduler, resource: Primitive, node: Node, entry: XmlElement, task: string, interval: number): DigestResult {
  let byKey = known.get(node);
  if (byKey === undefined) known.set(node, (byKey = new Map()));
  const key = operationKey(resource.id, suffixOf(task, interval));
  let digests = byKey.get(key);
  if (digests === undefined) byKey.set(key, (digests = currentDigests(scheduler, resource, node, entry, task, interval)));
  const restart = entry.get('op-restart-digest');
  if (restart !== undefined && digests.restart !== undefined && restart !== digests.restart) return 'restart';
  const all = entry.get('op-digest');
  if (all === undefined) return 'unknown';
  if (all === digests.all) return 'same';
  return digests.hasOwn && interval === 0 ? 'restart' : 'changed';
}

function currentDigests(scheduler: Scheduler, resource: Primitive, node: Node, entry: XmlElement, task: string, interval: number): CurrentDigests {
  const { pairs, hasOwn } = currentParameters(scheduler, resource, node, task, interval);
  const isRecurring = interval > 0;
  let restart: string | undefined;
  if (entry.has('op-restart-digest')) {
    const forced = entry.get('op-force-restart');
    restart = operationDigest(pairs, { isRecurring, only: forced === undefined ? undefined : parameterNames(forced) });
  }
  return { all: operationDigest(pairs, { isRecurring }), restart, hasOwn };
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
