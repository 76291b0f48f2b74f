// SPDX-License-Identifier: GPL-2.0-or-later
/** Reading a recorded result as what it means: the same exit code is good news after one operation and bad after another. */
import { Role } from '../../model/index.ts';
import { canFence } from '../../order/can-fence.ts';
import { OnFail } from '../../order/on-fail.ts';
import { Execution, ExitCode, isProbe, type HistoryEntry } from './history-entry.ts';
import { recordFailure, type Interpretation, type ResourceState } from './resource-state.ts';
import { isMaskableProbeFailure } from './success.ts';

export function remap(state: ResourceState, entry: HistoryEntry, isExpired: boolean): Interpretation {
  const one: Interpretation = { entry, rc: entry.rc ?? 0, status: entry.status ?? 0, isExpired };
  undegrade(state, one);
  if (!state.resource.isInBundle && isMaskableProbeFailure(entry) && !(one.status === Execution.done && one.rc === ExitCode.notRunning)) {
    one.status = Execution.done;
    one.rc = ExitCode.notRunning;
  }
  if (one.status === Execution.noFenceDevice || one.status === Execution.noSecrets) one.status = Execution.hardError;
  // For anything but these two the executor knows best; for them the expected result decides.
  if (one.status !== Execution.done && one.status !== Execution.error) return one;
  one.status = entry.targetRc >= 0 && one.rc === entry.targetRc ? Execution.done : Execution.error;
  remapExitCode(state, one);
  return one;
}

/** A degraded resource works; the result is shown among the failures all the same. */
function undegrade(state: ResourceState, one: Interpretation): void {
  if (one.rc !== ExitCode.degraded && one.rc !== ExitCode.degradedPromoted) return;
  one.rc = one.rc === ExitCode.degraded ? ExitCode.ok : ExitCode.promoted;
  if (!one.isExpired && (!state.node.isShuttingDown || state.node.isOnline)) recordFailure(state, one.entry);
}

function remapExitCode(state: ResourceState, one: Interpretation): void {
  const { resource } = state;
  const { entry, isExpired } = one;
  const isExpected = one.rc === entry.targetRc;
  switch (one.rc) {
    case ExitCode.ok:
      if (isProbe(entry) && entry.targetRc === ExitCode.notRunning) one.status = Execution.done;
      return;
    case ExitCode.notRunning:
      if (isProbe(entry) || isExpected || !resource.isManaged) {
        one.status = Execution.done;
        resource.role = Role.stopped;
        state.onFail = OnFail.ignore;
        resource.nextRole = Role.unknown;
      }
      return;
    case ExitCode.promoted:
      if (isProbe(entry) && !isExpected) one.status = Execution.done;
      if (!isExpired || isExpected) resource.role = Role.promoted;
      return;
    case ExitCode.failedPromoted:
      if (!isExpired) resource.role = Role.promoted;
      one.status = Execution.error;
      return;
    case ExitCode.notConfigured:
      one.status = Execution.fatalError;
      return;
    case ExitCode.unimplemented:
      if (entry.intervalMs === 0 && !isExpired) blockIfUnrecoverable(state, entry);
      one.status = entry.intervalMs === 0 ? Execution.hardError : Execution.notSupported;
      return;
    case ExitCode.notInstalled:
    case ExitCode.invalidParameter:
    case ExitCode.insufficientPrivileges:
      if (!isExpired) blockIfUnrecoverable(state, entry);
      one.status = Execution.hardError;
      return;
    default:
      if (one.status === Execution.done) one.status = Execution.error;
  }
}

/** A stop that cannot work, on a node that cannot be fenced, leaves nothing to do. */
function blockIfUnrecoverable({ scheduler, resource, node }: ResourceState, entry: HistoryEntry): void {
  if (entry.task !== 'stop' || canFence(scheduler, node)) return;
  resource.isManaged = false;
  resource.isBlocked = true;
}
