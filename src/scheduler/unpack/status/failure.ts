// SPDX-License-Identifier: GPL-2.0-or-later
/** What a failed operation leads to. */
import { isAnonymousClone, Role, topResource } from '../../model/index.ts';
import { failureStrategy, OnFail, roleAfterFailure } from '../../order/on-fail.ts';
import { operationFor } from '../../order/operations.ts';
import { operationSettings } from '../../order/settings.ts';
import { ban } from '../../scores/add-score.ts';
import { replaceByBans } from './active-on.ts';
import { reportUnexpected } from './failure-text.ts';
import { ExitCode, isProbe } from './history-entry.ts';
import { failedToArrive, failedToMigrate } from './migration.ts';
import { becomeActive, recordFailure, type Interpretation, type ResourceState } from './resource-state.ts';

export interface FailureHandling {
  readonly strategy: OnFail;
  readonly roleAfter: Role;
}

/** What the configuration says about a failure of this operation. */
export function failureHandling({ scheduler, resource, node }: ResourceState, { entry }: Interpretation): FailureHandling {
  const operation = operationFor(resource, entry.task, entry.intervalMs, true);
  const settings = operationSettings(scheduler, resource, node, entry.task, entry.intervalMs, operation);
  const strategy = failureStrategy(scheduler, resource, entry.task, entry.intervalMs, settings.get('on-fail'));
  return { strategy, roleAfter: roleAfterFailure(resource, entry.task, strategy) };
}

export function takeFailure(state: ResourceState, one: Interpretation, { strategy, roleAfter }: FailureHandling): void {
  const { scheduler, resource } = state;
  const { entry } = one;
  state.lastFailure = entry;
  // In an asymmetric cluster an agent need not be installed everywhere.
  if (one.rc !== ExitCode.notInstalled || scheduler.options.isSymmetric) {
    reportUnexpected(state, one);
    recordFailure(state, entry);
  }
  if (state.onFail < strategy) state.onFail = strategy;
  takeTask(state, one, strategy);
  if (isProbe(entry) && one.rc === ExitCode.notInstalled) resource.role = Role.stopped;
  else if (resource.role < Role.started) becomeActive(resource);
  if (roleAfter !== Role.started && resource.nextRole < roleAfter) resource.nextRole = roleAfter;
  if (roleAfter !== Role.stopped) return;
  const parent = topResource(resource);
  replaceByBans(scheduler, isAnonymousClone(parent) ? parent : resource, `failed ${entry.task}`);
}

function takeTask(state: ResourceState, one: Interpretation, strategy: OnFail): void {
  const { scheduler, resource, node } = state;
  switch (one.entry.task) {
    case 'stop':
      ban(scheduler, resource, node, 'failed stop');
      return;
    case 'migrate_to':
      failedToMigrate(state, one.entry);
      return;
    case 'migrate_from':
      failedToArrive(state, one.entry);
      return;
    case 'promote':
      resource.role = Role.promoted;
      return;
    case 'demote':
      takeFailedDemote(state, one, strategy);
      return;
    default:
      return;
  }
}

function takeFailedDemote({ resource }: ResourceState, one: Interpretation, strategy: OnFail): void {
  if (strategy === OnFail.block) {
    resource.role = Role.promoted;
    resource.nextRole = Role.stopped;
  } else if (one.rc === ExitCode.notRunning) {
    resource.role = Role.stopped;
  } else {
    // Staying promoted would be worse than restarting an unpromoted resource.
    resource.role = Role.unpromoted;
  }
}
