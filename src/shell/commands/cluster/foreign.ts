// SPDX-License-Identifier: GPL-2.0-or-later
/** Commands of the cluster level that work on hosts over ssh and systemd. */
import { answersOnly, type HostRow } from '../hosts/answer.ts';

const ROWS: readonly HostRow[] = [
  ['init', '[OPTIONS] [STAGE]', 'Set up a cluster on hosts', 'root, ssh and corosync on the hosts', 'crm cluster start [COUNT | NODE ...] makes and starts an embedded cluster'],
  ['join', '[OPTIONS] [STAGE]', 'Join this host to a cluster', 'ssh to a host of that cluster', 'crm cluster add NODE adds a node to the embedded cluster'],
  ['geo_init', '[OPTIONS]', 'Set up a geo cluster', 'booth on the hosts of several sites', 'tickets can be granted by hand: crm site ticket grant TICKET'],
  ['geo_join', '[OPTIONS]', 'Join a geo cluster', 'booth on the hosts of several sites', 'tickets can be granted by hand: crm site ticket grant TICKET'],
  ['geo_init_arbitrator', '[OPTIONS]', 'Set up an arbitrator of a geo cluster', 'booth on a third site', 'tickets can be granted by hand: crm site ticket grant TICKET'],
  ['enable', '[--now] [--all | NODE ...]', 'Start the cluster at boot', 'systemd on the hosts', 'let your login or init run crm cluster start'],
  ['disable', '[--now] [--all | NODE ...]', 'Do not start the cluster at boot', 'systemd on the hosts', 'the embedded cluster starts only when told'],
  ['crash_test', '[OPTIONS]', 'Trouble hosts on purpose', 'root on the hosts', 'crm cluster kill NODE and crm cluster fault make trouble here'],
];

export const foreignCommands = answersOnly('cluster', ROWS);
