// SPDX-License-Identifier: GPL-2.0-or-later
/** Sessions of history: source and limits kept under a name. */
import { SUCCESS } from '../../command.ts';
import type { Session } from '../../session.ts';
import { makeReport } from '../report/index.ts';
import { historyState, type HistoryState } from './source.ts';

type Kept = Pick<HistoryState, 'sourceName' | 'fromSeconds' | 'nodes' | 'exclude' | 'detail'> & { readonly toSeconds: number | null };

function directory(session: Session): string {
  const { env } = session.context;
  return `${env.get('XDG_STATE_HOME') || `${env.get('HOME') ?? ''}/.local/state`}/crm/history`;
}

export async function sessionCommand(session: Session, [action = 'list', name]: readonly string[]): Promise<number> {
  if (action === 'list') return listSessions(session);
  if (action === 'pack') return makeReport(session, name === undefined ? [] : [name]);
  if (action === 'update') return updateSession(session);
  if (name === undefined || !/^[\w.-]+$/.test(name)) return session.error('history.session: expected a name');
  if (action === 'save') return saveSession(session, name);
  if (action === 'load') return loadSession(session, name);
  if (action === 'delete') return deleteSession(session, name);
  return session.error(`history.session: expected save, load, delete, pack, update or list, found "${action}"`);
}

function listSessions(session: Session): number {
  const names = session.context.disk.list(directory(session)).filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length)).sort();
  session.present({ data: names, text: () => names.join('\n') });
  return SUCCESS;
}

function saveSession(session: Session, name: string): number {
  const { sourceName, fromSeconds, toSeconds, nodes, exclude, detail } = historyState(session);
  const kept: Kept = { sourceName, fromSeconds, toSeconds: Number.isFinite(toSeconds) ? toSeconds : null, nodes, exclude, detail };
  historyState(session).sessionName = name;
  session.context.disk.write(`${directory(session)}/${name}.json`, `${JSON.stringify(kept)}\n`, 0o600);
  return SUCCESS;
}

/** The session that was loaded or saved last, as things are now. */
function updateSession(session: Session): number {
  const { sessionName } = historyState(session);
  return sessionName === undefined ? session.error('history.session: none was saved or loaded yet') : saveSession(session, sessionName);
}

function loadSession(session: Session, name: string): number {
  const text = session.context.disk.read(`${directory(session)}/${name}.json`);
  if (text === undefined) return session.error(`history.session: there is no session ${name}`);
  const kept = JSON.parse(text) as Kept;
  const state = historyState(session);
  Object.assign(state, kept, { sessionName: name, toSeconds: kept.toSeconds ?? Number.POSITIVE_INFINITY, source: undefined });
  return SUCCESS;
}

function deleteSession(session: Session, name: string): number {
  const { disk } = session.context;
  const path = `${directory(session)}/${name}.json`;
  if (disk.status(path) === undefined) return session.error(`history.session: there is no session ${name}`);
  disk.remove(path);
  return SUCCESS;
}
