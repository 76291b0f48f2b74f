// SPDX-License-Identifier: GPL-2.0-or-later
/** What a result that is no failure says about the resource. */
import { Role } from '../../model/index.ts';
import { OnFail } from '../../order/on-fail.ts';
import { Execution, ExitCode, isProbe, type HistoryEntry } from './history-entry.ts';
import { migratedAway } from './migration.ts';
import { becomeActive, type ResourceState } from './resource-state.ts';

/** Takes an operation with an exit code as it was expected. */
export function takeSuccess(state: ResourceState, entry: HistoryEntry, rc: number): void {
  const { resource } = state;
  if (rc === ExitCode.notInstalled || (!resource.isInBundle && isMaskableProbeFailure(entry))) {
    resource.role = Role.stopped;
    return;
  }
  if (rc === ExitCode.notRunning || takeTask(state, entry)) clearPastFailures(state);
}

/** A probe that could not even look: the agent is not there or cannot be used. */
export function isMaskableProbeFailure(entry: HistoryEntry): boolean {
  if (!isProbe(entry)) return false;
  return entry.status === Execution.notInstalled || entry.rc === ExitCode.notInstalled || entry.rc === ExitCode.invalidParameter;
}

/** Sets the role after an operation; whether earlier failures are over. */
function takeTask(state: ResourceState, entry: HistoryEntry): boolean {
  const { resource } = state;
  switch (entry.task) {
    case 'monitor':
      if (resource.role < Role.started) becomeActive(resource);
      return state.lastFailure !== undefined && keyOf(entry) === keyOf(state.lastFailure);
    case 'start':
    case 'migrate_from':
      resource.role = Role.started;
      return true;
    case 'stop':
      resource.role = Role.stopped;
      return true;
    case 'promote':
      resource.role = Role.promoted;
      return true;
    case 'demote':
      resource.role = Role.unpromoted;
      return state.onFail === OnFail.demote;
    case 'migrate_to':
      migratedAway(state, entry);
      return false;
    default:
      if (resource.role < Role.started) becomeActive(resource);
      return false;
  }
}

export function keyOf(entry: HistoryEntry): string {
  return entry.xml.get('operation_key') ?? entry.id;
}

function clearPastFailures(state: ResourceState): void {
  switch (state.onFail) {
    case OnFail.stop:
    case OnFail.ban:
    case OnFail.standby:
    case OnFail.fence:
      return;
    case OnFail.resetRemote:
      if (state.resource.reconnectMs > 0) return;
      break;
    default:
      break;
  }
  state.onFail = OnFail.ignore;
  state.resource.nextRole = Role.unknown;
}
