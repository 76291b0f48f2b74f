// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Pending edits of a session whose terminal died: kept in a file while they are pending, offered when the level is entered again.
 * What they were based on is kept with them, so that committing them later is the same merge it would have been.
 */
import { readXml, writeXml, type XmlElement } from '../../cib/index.ts';
import { ConfigurationSession, openConfiguration, replaceConfiguration, configurationOf } from '../configuration-session.ts';
import type { Session } from '../session.ts';
import { journalDirectory } from './journal.ts';

const NAME = /^pending-(\d+)\.json$/;

interface PendingEdits {
  /** The journal of the cluster or file they are meant for. */
  readonly place: string;
  readonly base: string;
  readonly edited: string;
}

function directory(session: Session): string {
  const { env } = session.context;
  return `${env.get('XDG_STATE_HOME') || `${env.get('HOME') ?? ''}/.local/state`}/crm/pending`;
}

function ownFile(session: Session): string {
  return `${directory(session)}/pending-${session.context.processId}.json`;
}

async function placeOf(session: Session): Promise<string> {
  return journalDirectory(session.context, (await session.backend()).kind, session.shadow);
}

/** Called after every line at the prompt. */
export async function keepPending(session: Session): Promise<void> {
  const configuration = openConfiguration(session);
  const { disk } = session.context;
  if (configuration?.isChanged === true) {
    const pending: PendingEdits = { place: await placeOf(session), base: writeXml(configuration.base), edited: writeXml(configuration.draft.finish()) };
    disk.write(ownFile(session), JSON.stringify(pending), 0o600);
  } else if (disk.status(ownFile(session)) !== undefined) disk.remove(ownFile(session));
}

/** Offers what dead sessions left behind for this cluster or file. */
export async function recoverPending(session: Session): Promise<void> {
  const { disk, processId } = session.context;
  for (const name of disk.list(directory(session))) {
    const owner = NAME.exec(name)?.[1];
    if (owner === undefined || Number(owner) === processId || isAlive(session, owner)) continue;
    const path = `${directory(session)}/${name}`;
    const found = readPending(disk.read(path) ?? '');
    if (found !== undefined && found.place !== (await placeOf(session))) continue;
    if (found === undefined || !(await session.confirm('A session ended with changes that were not committed. Go on with them'))) {
      disk.remove(path);
      continue;
    }
    const { agents } = await configurationOf(session);
    replaceConfiguration(session, new ConfigurationSession(found.base, agents, found.edited));
    await keepPending(session);
    disk.remove(path);
    session.info('the changes are pending again: show changed lists them, commit writes them');
    return;
  }
}

/** Undefined for a file that was cut short. */
function readPending(text: string): { readonly place: string; readonly base: XmlElement; readonly edited: XmlElement } | undefined {
  try {
    const { place, base, edited } = JSON.parse(text) as PendingEdits;
    const [was, is] = [readXml(base), readXml(edited)];
    return was.ok && is.ok ? { place, base: was.root, edited: is.root } : undefined;
  } catch {
    // The machine went down while it was written.
    return undefined;
  }
}

function isAlive(session: Session, processId: string): boolean {
  return session.context.spawnSync({ program: 'kill', args: ['-0', processId] }).code === 0;
}
