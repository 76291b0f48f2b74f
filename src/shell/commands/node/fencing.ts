// SPDX-License-Identifier: GPL-2.0-or-later
/** fence and clearstate. */
import { FAILURE, SUCCESS } from '../../command.ts';
import type { Session } from '../../session.ts';
import { nodesOf } from '../resource/names.ts';
import { isOnline } from './show.ts';

export async function fence(session: Session, node: string): Promise<number> {
  const cib = await session.cib();
  if (!nodesOf(cib).includes(node)) return session.error(`node.fence: Not our node: ${node}`);
  const { cluster } = await session.backend();
  if (cluster === undefined) return session.error('node.fence needs a running cluster (crm cluster start)');
  session.info(`fencing ${node} cuts its power: what runs there is restarted elsewhere`);
  // Who types the command without a terminal has already decided; a person is asked.
  if (session.mode === 'interactive' && !(await session.confirm(`Fencing ${node}. Go on`))) return FAILURE;
  const event = await cluster.fence(node, 'reboot');
  if (event.state === 'success') return SUCCESS;
  return session.error(`${node} was not fenced: ${event.exitReason ?? 'no device could do it'}`);
}

export async function clearState(session: Session, word: string | undefined): Promise<number> {
  const cib = await session.cib();
  const { cluster } = await session.backend();
  const node = word ?? (cluster === undefined ? session.context.hostName : await cluster.localNode());
  if (!nodesOf(cib).includes(node)) return session.error(`node.clearstate: Not our node: ${node}`);
  if (isOnline(cib, node)) return session.error(`node.clearstate: ${node} is online; only a node that is down may be cleared`);
  if (session.mode === 'interactive' && !(await session.confirm(`Do you really want to drop state for node ${node}?`))) return FAILURE;
  if (cluster !== undefined) {
    await cluster.confirmDown(node);
    return SUCCESS;
  }
  const state = cib.first('status')?.elements('node_state').find((one) => one.get('uname') === node);
  return state === undefined || (await session.apply({ op: 'delete', section: 'status', data: state.withChildren([]) })) ? SUCCESS : FAILURE;
}
