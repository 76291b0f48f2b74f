// SPDX-License-Identifier: GPL-2.0-or-later
/** A short account of an embedded cluster, from its DC if there is one. */
import type { XmlElement } from '../../cib/index.ts';
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
    // One that is about to join, or whose loss has not been noticed, will cause work.
    isIdle: leaders.length === 1 && leaders[0]!.daemons.controller.isIdle && supervisor.nodes().every(({ name }) => isMember(states, name) === running.some((one) => one.name === name)),
  };
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
