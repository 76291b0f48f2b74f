// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * `commit confirmed`: a commit that is taken back unless it is confirmed in time. The deadline stands beside the journal; a
 * background process waits for it, and whoever opens the configuration later does what that process could not.
 */
import { changesBetween, type XmlElement } from '../../cib/index.ts';
import type { Session } from '../session.ts';
import { asCib, CommitJournal, journalDirectory } from './journal.ts';

interface PendingConfirmation {
  readonly deadlineEpochMs: number;
  /** Entry of the journal to go back to. */
  readonly backTo: number;
  readonly user: string;
}

export async function journalOf(session: Session): Promise<CommitJournal> {
  return new CommitJournal(session.context, await directoryOf(session));
}

async function directoryOf(session: Session): Promise<string> {
  return journalDirectory(session.context, (await session.backend()).kind, session.shadow);
}

async function fileOf(session: Session): Promise<string> {
  return `${await directoryOf(session)}/confirmation.json`;
}

export async function pendingConfirmation(session: Session): Promise<PendingConfirmation | undefined> {
  const text = session.context.disk.read(await fileOf(session));
  return text === undefined ? undefined : (JSON.parse(text) as PendingConfirmation);
}

/** Called after a commit: the state before it is the last but one entry. */
export async function awaitConfirmation(session: Session, durationMs: number): Promise<void> {
  const { context } = session;
  const before = (await pendingConfirmation(session))?.backTo ?? (await journalOf(session)).entries()[1]?.number;
  if (before === undefined) throw new Error('defect: a commit left no entry in the journal');
  const pending: PendingConfirmation = { deadlineEpochMs: context.epochMs() + durationMs, backTo: before, user: context.userName };
  context.disk.write(await fileOf(session), `${JSON.stringify(pending)}\n`, 0o600);
  context.startBackground(['configure', '_wait_for_confirmation']);
}

/** True when there was something to confirm. */
export async function confirmCommit(session: Session): Promise<boolean> {
  if ((await pendingConfirmation(session)) === undefined) return false;
  session.context.disk.remove(await fileOf(session));
  return true;
}

/** Takes the commit back when its time has run out; true when it did. */
export async function takeBackIfDue(session: Session): Promise<boolean> {
  const pending = await pendingConfirmation(session);
  if (pending === undefined || session.context.epochMs() < pending.deadlineEpochMs) return false;
  const journal = await journalOf(session);
  const configuration = journal.configuration(pending.backTo);
  session.context.disk.remove(await fileOf(session));
  if (configuration === undefined) {
    session.error(`the commit was not confirmed, but entry ${pending.backTo} of the journal is gone: the configuration stays`);
    return false;
  }
  return takeBack(session, journal, configuration, pending.user);
}

async function takeBack(session: Session, journal: CommitJournal, configuration: XmlElement, user: string): Promise<boolean> {
  const backend = await session.backend();
  const before = await backend.query();
  if (changesBetween(before, asCib(configuration)).length === 0) return false;
  const reply = await backend.apply({ change: { op: 'replace', section: 'configuration', data: configuration }, client: 'crm' });
  if (!reply.ok) {
    session.error(`the commit was not confirmed, and it could not be taken back: ${reply.message}`);
    return false;
  }
  journal.record(before, reply.cib, user, 'taken back: not confirmed');
  session.warn('the last commit was not confirmed in time and has been taken back');
  return true;
}

/** The background process: sleeps until the deadline, looking now and then whether it moved or went away. */
export async function waitForConfirmation(session: Session): Promise<void> {
  for (;;) {
    const pending = await pendingConfirmation(session);
    if (pending === undefined) return;
    const leftMs = pending.deadlineEpochMs - session.context.epochMs();
    if (leftMs <= 0) {
      await takeBackIfDue(session);
      return;
    }
    await session.context.sleep(Math.min(leftMs, LOOK_AGAIN_MS));
  }
}

const LOOK_AGAIN_MS = 1000;
