// SPDX-License-Identifier: GPL-2.0-or-later
/** `on-fail`: which values are valid for which operation, and what a failure leads to. */
import { intervalMs, type XmlElement } from '../../cib/index.ts';
import { Role, type Resource, type Scheduler } from '../model/index.ts';
import { operationsOf } from './operations.ts';

/** What is done about a failure, in order of severity. */
export const OnFail = {
  ignore: 0,
  demote: 1,
  restart: 2,
  resetRemote: 3,
  restartContainer: 4,
  ban: 5,
  block: 6,
  stop: 7,
  standby: 8,
  fence: 9,
} as const;

export type OnFail = (typeof OnFail)[keyof typeof OnFail];

/** Corrects the `on-fail` entry of an operation's settings in place. */
export function validateOnFail(resource: Resource, task: string, operation: XmlElement | undefined, settings: Map<string, string>): void {
  const value = settings.get('on-fail')?.toLowerCase();
  if (task === 'stop' && (value === 'standby' || value === 'demote' || value === 'stop')) settings.delete('on-fail');
  else if (task === 'demote' && value === undefined) takeFromPromotedMonitor(resource, settings);
  else if (task === 'lrm_delete' && value !== 'ignore') settings.set('on-fail', 'ignore');
  else if (value === 'demote' && !mayDemote(operation)) settings.delete('on-fail');
}

/** A demotion fails as the recurring monitors of the promoted role do; the last one that says something counts. */
function takeFromPromotedMonitor(resource: Resource, settings: Map<string, string>): void {
  for (const op of operationsOf(resource)) {
    const value = op.xml.get('on-fail');
    if (value === undefined || value.toLowerCase() === 'demote') continue;
    if (op.name === 'monitor' && isPromotedRole(op.role) && op.intervalMs > 0 && op.isEnabled) settings.set('on-fail', value);
  }
}

function mayDemote(operation: XmlElement | undefined): boolean {
  if (operation === undefined) return false;
  if (operation.get('name') === 'promote') return true;
  return operation.get('name') === 'monitor' && intervalMs(operation.get('interval')) > 0 && isPromotedRole(operation.get('role'));
}

function isPromotedRole(role: string | undefined): boolean {
  const word = role?.toLowerCase();
  return word === 'promoted' || word === 'master';
}

/** What a failure of the operation leads to, given the `on-fail` value of its settings. */
export function failureStrategy(scheduler: Scheduler, resource: Resource, task: string, interval: number, value: string | undefined): OnFail {
  const explicit = explicitStrategy(scheduler, resource, value);
  const isReset = needsRemoteReset(scheduler, resource, task, interval);
  if (explicit !== undefined && !(isReset && !resource.isManaged)) return explicit;
  if (resource.launcher !== undefined) return OnFail.restartContainer;
  if (isReset) return resource.isManaged ? OnFail.resetRemote : OnFail.stop;
  if (task === 'stop') return scheduler.options.isFencingEnabled ? OnFail.fence : OnFail.block;
  return OnFail.restart;
}

function explicitStrategy(scheduler: Scheduler, resource: Resource, value: string | undefined): OnFail | undefined {
  switch (value?.toLowerCase()) {
    case 'block':
      return OnFail.block;
    case 'fence':
      return scheduler.options.isFencingEnabled ? OnFail.fence : OnFail.stop;
    case 'standby':
      return OnFail.standby;
    case 'ignore':
    case 'nothing':
      return OnFail.ignore;
    case 'migrate':
      return OnFail.ban;
    case 'stop':
      return OnFail.stop;
    case 'restart':
      return OnFail.restart;
    case 'restart-container':
      return resource.launcher === undefined ? undefined : OnFail.restartContainer;
    case 'demote':
      return OnFail.demote;
    default:
      return undefined;
  }
}

/** A remote node's connection that breaks leaves the node in an unknown state; a probe or start that fails does not. */
function needsRemoteReset(scheduler: Scheduler, resource: Resource, task: string, interval: number): boolean {
  if (!resource.isRemoteConnection || task === 'start' || (task === 'monitor' && interval === 0)) return false;
  return scheduler.findNode(resource.id)?.isRemoteOnly === true;
}

/** The role a resource shall have after a failure of the operation. */
export function roleAfterFailure(resource: Resource, task: string, strategy: OnFail): Role {
  if (strategy === OnFail.stop) return Role.stopped;
  if (strategy === OnFail.resetRemote && resource.reconnectMs > 0) return Role.stopped;
  return task === 'promote' ? Role.unpromoted : Role.started;
}
