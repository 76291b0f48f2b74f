// SPDX-License-Identifier: GPL-2.0-or-later
/** The corosync level. An embedded cluster has rings and no file that configures them: its nodes and addresses come from the supervisor. */
import type { Command, LevelBody } from '../../command.ts';
import { passOn } from '../cluster/life.ts';
import { answersOnly, type HostRow } from './answer.ts';

const FILE = 'corosync.conf of a cluster of hosts';
const HOSTS = 'ssh to the hosts and corosync on them';
const SIZE = 'crm cluster add NODE and crm cluster remove NODE change the nodes of the embedded cluster';
const SAME = 'all nodes of the embedded cluster share one set-up';

const status: Command = {
  name: 'status',
  usage: '[ring]',
  summary: 'Show the rings of the embedded cluster',
  takes: [0, 1],
  complete: () => ['ring'],
  run: async ({ args: [what] }, session) => {
    if (what !== undefined && what !== 'ring') return session.error(`corosync.status ${what} needs ${HOSTS}. Here: crm cluster status shows quorum`);
    return passOn(session, 'totem', [], 'corosync.status');
  },
};

const ROWS: readonly HostRow[] = [
  ['show', '', 'Show corosync.conf', FILE, 'crm corosync status shows the rings'],
  ['edit', '', 'Edit corosync.conf', FILE, SIZE],
  ['get', 'PATH', 'Show a value of corosync.conf', FILE, 'crm corosync status shows the rings'],
  ['set', 'PATH VALUE [INDEX]', 'Change a value of corosync.conf', FILE, SIZE],
  ['diff', '[--checksum] [NODE ...]', 'Compare corosync.conf between hosts', HOSTS, SAME],
  ['push', '[NODE ...]', 'Copy corosync.conf to hosts', HOSTS, SAME],
  ['pull', 'NODE', 'Copy corosync.conf from a host', HOSTS, SAME],
  ['reload', '', 'Let corosync read its file again', HOSTS, 'crm cluster restart'],
  ['log', '', 'Show the log of corosync', HOSTS, 'crm cluster trace'],
  ['link', 'show | add NODE=ADDR ... | update N ... | remove N', 'Links between hosts', HOSTS, 'crm cluster fault link-down NODE and link-up NODE pull and plug cables'],
  ['add-node', 'ADDR [NAME]', 'Add a host to corosync.conf', FILE, SIZE],
  ['del-node', 'ADDR', 'Remove a host from corosync.conf', FILE, SIZE],
];

export const corosyncLevel: LevelBody = { commands: [status, ...answersOnly('corosync', ROWS)] };
