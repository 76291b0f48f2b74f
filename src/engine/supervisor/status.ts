// SPDX-License-Identifier: GPL-2.0-or-later
/** A short account of an embedded cluster, from its DC if there is one. */
import type { XmlElement } from '../../cib/index.ts';
import type { RingView } from '../membership/totem/totem.ts';
import type { Supervisor } from './supervisor.ts';

export interface EmbeddedStatus {
  readonly nodes: readonly { readonly name: string; readonly id: string; readonly state: 'online' | 'offline' | 'pending' | 'unclean'; readonly isDc: boolean }[];
  readonly dc: string | undefined;
  readonly hasQuorum: boolean;
  readonly isIdle: boolean;
}

export function clusterStatus(supervisor: Supervisor): EmbeddedStatus {
  const running = supervisor.running();
  const leaders = running.filter(({ daemons }) => daemons.controller.isDc);
  const leader = leaders[0] ?? running[0];
  const states = leader?.daemons.store.query().first('status')?.elements('node_state') ?? [];
  const dc = leaders.length === 1 ? leaders[0]!.name : undefined;
  return {
    nodes: supervisor.nodes().map(({ id, name }) => {
      const state = states.find((one) => one.id === String(id));
      const isRunning = running.some((one) => one.name === name);
      return { name, id: String(id), state: stateOf(isRunning, state?.get('join'), state?.get('in_ccm'), state?.get('expected')), isDc: name === dc };
    }),
    dc,
    hasQuorum: leader?.daemons.quorumState.isQuorate ?? false,
    isIdle: leaders.length === 1 && leaders[0]!.daemons.controller.isIdle && !isWorkComing(supervisor, states),
  };
}

/** A node about to join or whose loss has not been noticed, and a message on its way, will cause work. */
function isWorkComing(supervisor: Supervisor, states: readonly XmlElement[]): boolean {
  const running = supervisor.running();
  const isRunning = (name: string): boolean => running.some((one) => one.name === name);
  return (
    supervisor.isRebooting() ||
    supervisor.nodes().some(({ name }) => isMember(states, name) !== isRunning(name)) ||
    running.some(({ daemons }) => !daemons.store.isSynchronized || daemons.isActing) ||
    !isQuiet(running.map(({ daemons }) => daemons.ring))
  );
}

/** On one ring, each node has delivered all that any has sent, and none has more to send. */
function isQuiet(rings: readonly (RingView | undefined)[]): boolean {
  const [first] = rings;
  return rings.every((ring) => ring !== undefined && ring.state === 'operational' && ring.ringId === first!.ringId && ring.queued === 0 && ring.seq === first!.seq && ring.delivered === ring.seq);
}

function isMember(states: readonly XmlElement[], name: string): boolean {
  return states.some((state) => state.get('uname') === name && state.get('join') === 'member' && state.get('in_ccm') !== '0');
}

function stateOf(isRunning: boolean, join: string | undefined, inCcm: string | undefined, expected: string | undefined): 'online' | 'offline' | 'pending' | 'unclean' {
  const isMember = inCcm !== undefined && inCcm !== '0';
  if (isMember && join === 'member') return isRunning ? 'online' : 'unclean';
  if (isRunning) return 'pending';
  return expected === 'member' ? 'unclean' : 'offline';
}
