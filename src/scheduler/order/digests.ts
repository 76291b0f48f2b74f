// SPDX-License-Identifier: GPL-2.0-or-later
/** Whether a resource is defined as it was when an operation in a node's history ran. */
import { compareVersions, operationDigest, parameterNames, type XmlElement } from '../../cib/index.ts';
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
  const digests = knownDigests(scheduler, resource, node, entry, task, interval);
  const restart = entry.get('op-restart-digest');
  if (restart !== undefined && digests.restart !== undefined && restart !== digests.restart) return 'restart';
  const all = entry.get('op-digest');
  if (all === undefined) return 'unknown';
  if (all === digests.all) return 'same';
  return digests.hasOwn && interval === 0 ? 'restart' : 'changed';
}

/** In an input whose private values are masked, a difference that is only in these says nothing. */
export function isOnlyPrivateDifferent(scheduler: Scheduler, resource: Primitive, node: Node, entry: XmlElement, task: string, interval: number): boolean {
  if (!scheduler.isSanitized) return false;
  const recorded = entry.get('op-secure-digest');
  if (recorded === undefined) return false;
  const { pairs } = currentParameters(scheduler, resource, node, task, interval);
  return recorded === secureDigest(scheduler, resource, node, pairs, entry);
}

function knownDigests(scheduler: Scheduler, resource: Primitive, node: Node, entry: XmlElement, task: string, interval: number): CurrentDigests {
  let byKey = known.get(node);
  if (byKey === undefined) known.set(node, (byKey = new Map()));
  const key = operationKey(resource.id, suffixOf(task, interval));
  let digests = byKey.get(key);
  if (digests === undefined) byKey.set(key, (digests = currentDigests(scheduler, resource, node, entry, task, interval)));
  return digests;
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

type Pairs = OperationParameters['pairs'];

/** Feature set since which this digest holds all parameters, not only those of the resource. */
const WHOLE_SECURE_SINCE = '3.16.0';

function secureDigest(scheduler: Scheduler, resource: Primitive, node: Node, pairs: Pairs, entry: XmlElement): string {
  const without = parameterNames(entry.get('op-secure-params'));
  const version = entry.get('crm_feature_set') ?? scheduler.featureSet;
  return secureDigestOf(scheduler, resource, node, pairs, version, without);
}

/** The digest without private parameters, as a cluster of the given feature set makes it. A timeout is never part of it. */
export function secureDigestOf(scheduler: Scheduler, resource: Primitive, node: Node, pairs: Pairs, version: string, without: ReadonlySet<string>): string {
  if (compareVersions(version, WHOLE_SECURE_SINCE) >= 0) return operationDigest(pairs, { isRecurring: false, without });
  const own = [...resourceParameters(scheduler, resource, node)].filter(([name]) => !resource.isFenceDevice || !isFencerParameter(name));
  return operationDigest(own, { isRecurring: false, without });
}

const FENCER_PARAMETERS: ReadonlySet<string> = new Set(
  'provides stonith-timeout pcmk_action_limit pcmk_delay_base pcmk_delay_max pcmk_host_argument pcmk_host_check pcmk_host_list pcmk_host_map'.split(' '),
);

/** Parameters of the fencer itself, which agents do not know. */
function isFencerParameter(name: string): boolean {
  return FENCER_PARAMETERS.has(name) || /^pcmk_[^_]*_(?:action|timeout|retries)$/.test(name);
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
