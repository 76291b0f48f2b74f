// SPDX-License-Identifier: GPL-2.0-or-later
/** What `cluster status` shows, and waiting for a controller. */
import { FAILURE, SUCCESS } from '../../command.ts';
import type { Session } from '../../session.ts';
import { openSource } from '../history/source.ts';

const DEFAULT_WAIT_SECONDS = 60;
const LOOK_AGAIN_MS = 200;
const MS_PER_SECOND = 1000;

export async function clusterStatus(session: Session): Promise<number> {
  const { cluster } = await session.backend();
  if (cluster === undefined) return session.error('cluster.status: a CIB file has no nodes that run; crm cluster start starts some');
  const status = await cluster.status();
  const width = Math.max(4, ...status.nodes.map((node) => node.name.length));
  session.present({
    data: status,
    text: () =>
      [
        `Controller: ${status.dc ?? 'none'}, ${status.hasQuorum ? 'with quorum' : 'WITHOUT quorum'}, ${status.isIdle ? 'settled' : 'at work'}`,
        ...status.nodes.map((node) => `  ${node.name.padEnd(width)}  ${node.state}${node.isDc ? ' (controller)' : ''}`),
      ].join('\n'),
  });
  return SUCCESS;
}

export async function waitForStartup(session: Session, word: string | undefined): Promise<number> {
  const seconds = word === undefined ? DEFAULT_WAIT_SECONDS : Number(word);
  if (!Number.isFinite(seconds) || seconds < 0) return session.error(`cluster.wait_for_startup: expected seconds, found "${word}"`);
  const end = session.context.epochMs() + seconds * MS_PER_SECOND;
  const { cluster } = await session.backend();
  if (cluster === undefined) return session.error('cluster.wait_for_startup: a CIB file never starts');
  while ((await cluster.status()).dc === undefined) {
    if (session.context.epochMs() >= end) {
      session.error(`no controller within ${seconds} s`);
      return FAILURE;
    }
    await session.context.sleep(LOOK_AGAIN_MS);
  }
  return SUCCESS;
}

/** Enough to see one transition with all that took part in it. */
const TRACE_LINES = 60;

export async function showTrace(session: Session, nodes: readonly string[]): Promise<number> {
  if (!(await session.context.launcher.isRunning())) return session.error('cluster.trace: no cluster runs (crm cluster start)');
  const source = await openSource(session, 'live');
  if (typeof source === 'string') return session.error(`cluster.trace: ${source}`);
  const lines = source.logLines(nodes).slice(-TRACE_LINES);
  session.present({ data: lines, text: () => lines.join('\n') });
  return SUCCESS;
}
