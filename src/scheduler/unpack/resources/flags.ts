// SPDX-License-Identifier: GPL-2.0-or-later
/** What the meta-attributes of a resource say about how it is to be treated. */
import { INFINITY, isTrue, parseBoolean, parseInterval } from '../../../cib/index.ts';
import { parseRole, Role, topResource, type MultipleActivePolicy, type Resource, type Scheduler } from '../../model/index.ts';
import { mergeAttributeSets } from '../attribute-sets.ts';
import { readScore } from '../scores.ts';
import { unpackRequires } from './requires.ts';

export function unpackFlags(scheduler: Scheduler, resource: Resource): void {
  const { meta, xml } = resource;
  resource.isFenceDevice = xml.get('class')?.toLowerCase() === 'stonith';
  if (resource.isFenceDevice) scheduler.hasFenceDevice = true;
  resource.priority = readScore(scheduler, meta.get('priority')) ?? 0;
  resource.isCritical = parseBoolean(meta.get('critical') ?? '') ?? true;
  resource.notifies = isTrue(meta.get('notify'));
  resource.isInternal = isTrue(meta.get('internal_rsc'));
  unpackUniqueness(resource);
  unpackConnection(resource);
  unpackManagement(scheduler, resource);
  resource.multipleActive = multipleActive(meta.get('multiple-active'));
  resource.stickiness = readScore(scheduler, meta.get('resource-stickiness')) ?? 0;
  resource.migrationThreshold = threshold(readScore(scheduler, meta.get('migration-threshold')));
  unpackRequires(scheduler, resource);
  unpackFailureTimeout(scheduler, resource);
  resource.nextRole = targetRole(resource) ?? Role.unknown;
}

/** Only instances of an anonymous clone are interchangeable; only below a clone can something be promoted. */
function unpackUniqueness(resource: Resource): void {
  if (topResource(resource).kind !== 'clone') return;
  const unique = resource.meta.get('globally-unique');
  resource.isUnique = unique === undefined ? Number(resource.meta.get('clone-node-max') ?? '1') > 1 : isTrue(unique);
  resource.isPromotable = isTrue(resource.meta.get('promotable'));
}

function unpackConnection(resource: Resource): void {
  const allowed = parseBoolean(resource.meta.get('allow-migrate') ?? '');
  resource.isMigratable = allowed === true;
  if (resource.kind !== 'primitive' || !isConnection(resource.xml)) return;
  resource.isRemoteConnection = true;
  if (!resource.meta.has('allow-migrate') && !resource.meta.has('container')) resource.isMigratable = true;
}

/** Whether a primitive is the connection to a Pacemaker Remote node. */
export function isConnection(xml: { get(name: string): string | undefined }): boolean {
  return xml.get('type')?.toLowerCase() === 'remote' && xml.get('class')?.toLowerCase() === 'ocf' && xml.get('provider')?.toLowerCase() === 'pacemaker';
}

function unpackManagement(scheduler: Scheduler, resource: Resource): void {
  const managed = resource.meta.get('is-managed');
  resource.isManaged = managed === undefined || (parseBoolean(managed) ?? true);
  resource.isInMaintenance = isTrue(resource.meta.get('maintenance')) || scheduler.options.isMaintenance;
  if (resource.isInMaintenance) resource.isManaged = false;
}

function multipleActive(text: string | undefined): MultipleActivePolicy {
  const word = text?.toLowerCase();
  return word === 'stop_only' || word === 'block' || word === 'stop_unexpected' ? word : 'stop_start';
}

/** A negative threshold counts as 1, as it always did. */
function threshold(score: number | undefined): number {
  return score === undefined ? INFINITY : score < 0 ? 1 : score;
}

function unpackFailureTimeout(scheduler: Scheduler, resource: Resource): void {
  resource.failureTimeoutMs = parseInterval(resource.meta.get('failure-timeout') ?? '') ?? 0;
  if (!resource.isRemoteConnection) return;
  const parameters = new Map<string, string>();
  mergeAttributeSets(scheduler, parameters, resource.xml, 'instance_attributes', {});
  const interval = parameters.get('reconnect_interval');
  if (interval === undefined) return;
  resource.reconnectMs = parseInterval(interval) ?? 0;
  // A connection is tried again after the interval, so its failure cannot count longer.
  resource.failureTimeoutMs = resource.reconnectMs;
}

/** The configured role, where it limits what the resource may become. */
export function targetRole(resource: Resource): Role | undefined {
  const role = parseRole(resource.meta.get('target-role'));
  if (role === Role.stopped) return Role.stopped;
  if (role === Role.unpromoted && topResource(resource).isPromotable) return Role.unpromoted;
  return undefined;
}
