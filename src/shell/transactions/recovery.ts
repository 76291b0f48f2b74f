// SPDX-License-Identifier: GPL-2.0-or-later
/** Pending edits of a session whose terminal died: kept in a file while they are pending, offered when the level is entered again. */
import { loadDocument, readXml, writeXml } from '../../cib/index.ts';
import { configurationOf, openConfiguration } from '../configuration-session.ts';
import type { Session } from '../session.ts';

const NAME = /^pending-(\d+)\.xml$/;

function directory(session: Session): string {
  const { env } = session.context;
  return `${env.get('XDG_STATE_HOME') || `${env.get('HOME') ?? ''}/.local/state`}/crm/pending`;
}

function ownFile(session: Session): string {
  return `${directory(session)}/pending-${session.context.processId}.xml`;
}

/** Called after every line at the prompt. */
export function keepPending(session: Session): void {
  const configuration = openConfiguration(session);
  const { disk } = session.context;
  if (configuration?.isChanged === true) disk.write(ownFile(session), writeXml(configuration.draft.finish(), { indent: 1 }), 0o600);
  else if (disk.status(ownFile(session)) !== undefined) disk.remove(ownFile(session));
}

/** Offers what dead sessions left behind. */
export async function recoverPending(session: Session): Promise<void> {
  const { disk, context } = { disk: session.context.disk, context: session.context };
  for (const name of disk.list(directory(session))) {
    const processId = NAME.exec(name)?.[1];
    if (processId === undefined || Number(processId) === context.processId || isAlive(session, processId)) continue;
    const path = `${directory(session)}/${name}`;
    const result = readXml(disk.read(path) ?? '');
    const isWanted = result.ok && (await session.confirm('A session ended with changes that were not committed. Go on with them'));
    if (result.ok && isWanted) {
      const configuration = await configurationOf(session);
      configuration.change(() => loadDocument(configuration.draft, result.root, 'push'));
      session.info('the changes are pending again: show changed lists them, commit writes them');
    }
    disk.remove(path);
    if (isWanted) return;
  }
}

function isAlive(session: Session, processId: string): boolean {
  return session.context.spawnSync({ program: 'kill', args: ['-0', processId] }).code === 0;
}
