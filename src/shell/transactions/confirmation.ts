// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * `commit confirmed`: a commit that is taken back unless it is confirmed in time. A running cluster keeps the time itself. For a CIB
 * file, where nothing runs, it stands beside the journal; a background process waits for it, and whoever opens the configuration
 * later does what that process could not.
 */
import { changesBetween, readXml, versionOf, writeXml, type XmlElement } from '../../cib/index.ts';
import type { ConfirmationStore, PendingConfirmation } from '../../backends/index.ts';
import type { Session } from '../session.ts';
import { asCib, CommitJournal, journalDirectory } from './journal.ts';

const LOOK_AGAIN_MS = 1000;

/** What a cluster took back meanwhile stands in it. */
export async function journalOf(session: Session): Promise<CommitJournal> {
  const journal = new CommitJournal(session.context, await directoryOf(session));
  const takenBack = await (await session.backend()).confirmations?.takenBack();
  const cib = takenBack === undefined ? undefined : readXml(takenBack.cib);
  if (takenBack !== undefined && cib?.ok === true) {
    journal.recordTakenBack(cib.root, takenBack.user, takenBack.epochMs);
    sayTakenBack(session);
  }
  return journal;
}

function sayTakenBack(session: Session): void {
  session.warn('the last commit was not confirmed in time and has been taken back');
}

async function directoryOf(session: Session): Promise<string> {
  return journalDirectory(session.context, (await session.backend()).kind, session.shadow);
}

async function storeOf(session: Session): Promise<ConfirmationStore> {
  return (await session.backend()).confirmations ?? fileStore(session, `${await directoryOf(session)}/confirmation.json`);
}

function fileStore(session: Session, file: string): ConfirmationStore {
  const { disk } = session.context;
  const pending = async (): Promise<PendingConfirmation | undefined> => {
    const text = disk.read(file);
    return text === undefined ? undefined : (JSON.parse(text) as PendingConfirmation);
  };
  return {
    pending,
    begin: async (confirmation) => {
      disk.write(file, `${JSON.stringify(confirmation)}\n`, 0o600);
      session.context.startBackground(['configure', '_wait_for_confirmation']);
    },
    confirm: async (one) => {
      const waiting = await pending();
      if (waiting === undefined || (one !== undefined && one.deadlineEpochMs !== waiting.deadlineEpochMs)) return false;
      disk.remove(file);
      return true;
    },
    takenBack: async () => undefined,
  };
}

export async function pendingConfirmation(session: Session): Promise<PendingConfirmation | undefined> {
  return (await storeOf(session)).pending();
}

/** True when there was something to confirm; given one, only that. */
export async function confirmCommit(session: Session, one?: PendingConfirmation): Promise<boolean> {
  return (await storeOf(session)).confirm(one);
}

/** Stands before the commit, so that no moment is without it; gives what makes it as if it had never been. */
export async function awaitConfirmation(session: Session, before: XmlElement, durationMs: number): Promise<() => Promise<void>> {
  const store = await storeOf(session);
  const earlier = await store.pending();
  const configuration = earlier?.configuration ?? writeXml(before.first('configuration')!);
  await store.begin({ deadlineEpochMs: session.context.epochMs() + durationMs, configuration, user: session.context.userName });
  return async () => {
    if (earlier === undefined) await store.confirm();
    else await store.begin(earlier);
  };
}

/** Where nothing runs: takes the commit back when its time has run out. */
export async function takeBackIfDue(session: Session): Promise<void> {
  const backend = await session.backend();
  if (backend.confirmations !== undefined) return void (await journalOf(session));
  const store = await storeOf(session);
  const pending = await store.pending();
  if (pending === undefined || session.context.epochMs() < pending.deadlineEpochMs) return;
  await store.confirm();
  const configuration = readXml(pending.configuration);
  const before = await backend.query();
  if (!configuration.ok || changesBetween(before, asCib(configuration.root)).length === 0) return;
  const reply = await backend.apply({ change: { op: 'replace', section: 'configuration', data: configuration.root }, expected: versionOf(before), client: 'crm' });
  if (!reply.ok) {
    session.error(`the commit was not confirmed, and it could not be taken back: ${reply.message}`);
    return;
  }
  (await journalOf(session)).record(before, reply.cib, pending.user, 'taken back: not confirmed');
  sayTakenBack(session);
}

/** The background process: sleeps until the deadline, looking now and then whether it moved or went away. */
export async function waitForConfirmation(session: Session): Promise<void> {
  for (;;) {
    const pending = await pendingConfirmation(session);
    if (pending === undefined) return;
    const leftMs = pending.deadlineEpochMs - session.context.epochMs();
    if (leftMs <= 0) return takeBackIfDue(session);
    await session.context.sleep(Math.min(leftMs, LOOK_AGAIN_MS));
  }
}
