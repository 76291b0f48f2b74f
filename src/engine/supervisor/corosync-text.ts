// SPDX-License-Identifier: GPL-2.0-or-later
/** What tools of corosync would tell of an embedded cluster: its configuration as corosync.conf has it, quorum, process groups, links. */
import { clusterOption } from '../controller/bootstrap.ts';
import type { QuorumState } from '../membership/quorum.ts';
import { totemTiming } from '../membership/totem/timing.ts';
import type { Supervisor } from './supervisor.ts';

/** In the layout of corosync.conf(5); of what corosync would take from its defaults only the token is told. */
export function configurationText(supervisor: Supervisor): string {
  const { clusterName, totem } = supervisor.cluster;
  const cib = supervisor.running()[0]?.daemons.store.query();
  const name = (cib === undefined ? undefined : clusterOption(cib, 'cluster-name')) ?? clusterName;
  const nodes = supervisor.nodes();
  return [
    section('totem', [['version', '2'], ['cluster_name', name], ['crypto_hash', 'sha256'], ['token', String(totemTiming(totem, nodes.length).tokenMs)]]),
    section('quorum', [['provider', 'corosync_votequorum'], ['expected_votes', String(nodes.length)], ['two_node', nodes.length === 2 ? '1' : '0']]),
    ['nodelist {', ...nodes.map(({ id, name }) => section('node', [['ring0_addr', name], ['name', name], ['nodeid', String(id)]], '\t')), '}'].join('\n'),
  ].join('\n\n');
}

function section(name: string, pairs: readonly (readonly [string, string])[], margin = ''): string {
  return [`${margin}${name} {`, ...pairs.map(([key, value]) => `${margin}\t${key}: ${value}`), `${margin}}`].join('\n');
}

/** One block for each side of a partition. */
export function quorumText(supervisor: Supervisor): string {
  const sides = new Map<string, { readonly state: QuorumState; readonly members: readonly number[] }>();
  for (const { daemons } of supervisor.running()) {
    const { ring } = daemons;
    if (ring !== undefined) sides.set(ring.ringId, { state: daemons.quorumState, members: ring.members });
  }
  if (sides.size === 0) return 'no node is running';
  return [...sides].map(([ring, side]) => quorumBlock(supervisor, ring, side)).join('\n\n');
}

function quorumBlock(supervisor: Supervisor, ring: string, { state, members }: { readonly state: QuorumState; readonly members: readonly number[] }): string {
  const nodes = supervisor.nodes();
  const flags = [...(nodes.length === 2 ? ['2Node'] : []), ...(state.isQuorate ? ['Quorate'] : [])].join(' ');
  const rows: [string, string][] = [
    ['Ring ID', ring],
    ['Nodes', String(members.length)],
    ['Expected votes', String(state.expectedVotes)],
    ['Total votes', String(state.votes)],
    ['Quorum', `${state.needed}${state.isQuorate ? '' : ' Activity blocked'}`],
    ['Quorate', state.isQuorate ? 'Yes' : 'No'],
    ['Flags', flags],
  ];
  const width = Math.max(...rows.map(([name]) => name.length)) + 2;
  return [...rows.map(([name, value]) => `${`${name}:`.padEnd(width)}${value}`.trimEnd()), ...members.map((id) => `  ${String(id).padEnd(4)} 1 vote  ${nodes.find((node) => node.id === id)?.name ?? ''}`)].join('\n');
}

/** Groups of daemons, with the nodes that have spoken in each. */
export function groupText(supervisor: Supervisor): string {
  const groups = new Map<string, Set<string>>();
  for (const { name, daemons } of supervisor.running()) {
    for (const group of daemons.processGroups) groups.set(group, (groups.get(group) ?? new Set()).add(name));
  }
  return [...groups].map(([group, nodes]) => `${group}: ${[...nodes].join(' ')}`).join('\n');
}

/** Which nodes each node's cable leads to. */
export function linkText(supervisor: Supervisor): string {
  const nodes = supervisor.nodes();
  return nodes
    .map(({ id, name }) => {
      if (supervisor.daemonsOf(name) === undefined) return `${name}: off`;
      const others = nodes.filter((other) => other.id !== id);
      const reached = (isReached: boolean): string => others.filter((other) => supervisor.cables.carries(id, other.id) === isReached).map((other) => other.name).join(' ');
      const cut = reached(false);
      return `${name}: link 0 ${cut === '' ? 'connected' : `disconnected from ${cut}`}${cut === '' || reached(true) === '' ? '' : `, connected to ${reached(true)}`}`;
    })
    .join('\n');
}
