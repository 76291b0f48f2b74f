// SPDX-License-Identifier: GPL-2.0-or-later
/** Waits until the cluster has settled (`-w`, `crm wait`), and says what failed meanwhile. */
import { BackendError } from '../backends/index.ts';
import { FAILURE, SUCCESS } from './command.ts';
import { describeFailure, failuresIn } from './commands/status/failures.ts';
import type { Session } from './session.ts';

/** Exit code when the time ran out, as `timeout` gives it. */
export const WAIT_TIMED_OUT = 124;

/** Failures already known, so that only what a command caused is reported. */
export async function knownFailures(session: Session): Promise<ReadonlySet<string>> {
  try {
    return new Set(failuresIn(await session.cib()).map((failure) => failure.key));
  } catch (problem) {
    // No cluster yet: the command that is about to run may start one.
    if (problem instanceof BackendError) return new Set();
    throw problem;
  }
}

/** After a command that may have stopped the cluster: nothing is left to settle then. */
export async function waitSettledIfRunning(session: Session, known: ReadonlySet<string>): Promise<number> {
  try {
    await session.backend();
  } catch (problem) {
    if (problem instanceof BackendError) return SUCCESS;
    throw problem;
  }
  return waitSettled(session, known);
}

export async function waitSettled(session: Session, known: ReadonlySet<string>, timeoutSeconds?: number): Promise<number> {
  const backend = await session.backend();
  if (backend.cluster === undefined) return SUCCESS;
  const seconds = timeoutSeconds ?? Number(session.options.get('core.wait_timeout'));
  const isIdle = await backend.cluster.waitIdle(seconds * 1000);
  const fresh = failuresIn(await backend.query()).filter((failure) => !known.has(failure.key));
  for (const failure of fresh) session.error(describeFailure(failure));
  if (!isIdle) {
    session.error(`the cluster has not settled within ${seconds} s`);
    return WAIT_TIMED_OUT;
  }
  return fresh.length === 0 ? SUCCESS : FAILURE;
}
