// SPDX-License-Identifier: GPL-2.0-or-later
/** The corosync level. An embedded cluster has rings and no file that configures them: its nodes and addresses come from the supervisor. */
import { SUCCESS, type Command, type LevelBody } from '../../command.ts';
import type { Session } from '../../session.ts';
import { passOn } from '../cluster/life.ts';
import { openSource } from '../history/source.ts';
import { answersOnly, type HostRow } from './answer.ts';

const FILE = 'corosync.conf of a cluster of hosts';
const HOSTS = 'ssh to the hosts and corosync on them';
const SIZE = 'crm cluster add NODE and crm cluster remove NODE change the nodes of the embedded cluster';
const SAME = 'all nodes of the embedded cluster share one set-up';

const status: Command = {
  name: 'status',
  usage: '[ring|quorum|cpg]',
  summary: 'Show the rings, the quorum or the process groups of the embedded cluster',
  takes: [0, 1],
  complete: () => [...VIEWS.keys()],
  run: async ({ args: [what = 'ring'] }, session) => {
    const verb = VIEWS.get(what);
    if (verb === undefined) return session.error(`corosync.status ${what} needs ${what.startsWith('q') ? 'a host with a quorum device' : HOSTS}. Here: crm corosync status ${[...VIEWS.keys()].join('|')}`);
    return passOn(session, verb, [], 'corosync.status');
  },
};

const VIEWS: ReadonlyMap<string, string> = new Map([['ring', 'totem'], ['quorum', 'quorum'], ['cpg', 'cpg']]);

const fileCommands: readonly Command[] = [
  { name: 'show', usage: '', summary: 'Show the set-up of the embedded cluster as corosync.conf', takes: [0, 0], run: async (_invocation, session) => passOn(session, 'corosync-conf', [], 'corosync.show') },
  {
    name: 'get',
    usage: 'PATH',
    summary: 'Show a value of the set-up',
    help: 'PATH is what "crm corosync show" has, with dots: totem.token, nodelist.node.nodeid. A value that is there several times is shown as often.',
    skill: 'administrator',
    takes: [1, 1],
    complete: async ({ session }) => [...new Set((await configuration(session)).map(([path]) => path))],
    run: async ({ args: [path] }, session) => getValue(session, path!),
  },
  { name: 'log', usage: '', summary: 'Show what the logs have of membership', takes: [0, 0], run: async (_invocation, session) => showLog(session) },
  {
    name: 'link',
    usage: 'show',
    summary: 'Show which nodes reach each other',
    skill: 'administrator',
    takes: [1, 100],
    complete: () => ['show'],
    run: async ({ args }, session) => {
      if (args.length === 1 && args[0] === 'show') return passOn(session, 'links', [], 'corosync.link');
      return session.error(`corosync.link ${args[0]} needs ${HOSTS}. Here: crm cluster fault link-down NODE and link-up NODE pull and plug cables`);
    },
  },
];

/** Dotted paths and values, in the order of the file. */
async function configuration(session: Session): Promise<readonly (readonly [string, string])[]> {
  const { launcher } = session.context;
  if (!(await launcher.isRunning())) return [];
  const { text } = await launcher.request('corosync-conf', []);
  const found: [string, string][] = [];
  const path: string[] = [];
  for (const line of text.split('\n')) {
    const [, opened] = /^\s*(\w+)\s*\{$/.exec(line) ?? [];
    const [, name, value] = /^\s*(\w+):\s*(.*)$/.exec(line) ?? [];
    if (opened !== undefined) path.push(opened);
    else if (line.trim() === '}') path.pop();
    else if (name !== undefined) found.push([[...path, name].join('.'), value!]);
  }
  return found;
}

async function getValue(session: Session, path: string): Promise<number> {
  if (!(await session.context.launcher.isRunning())) return session.error('corosync.get: no cluster runs (crm cluster start)');
  const values = (await configuration(session)).filter(([name]) => name === path).map(([, value]) => value);
  if (values.length === 0) return session.error(`corosync.get: there is no ${path} (crm corosync show)`);
  session.present({ data: values, text: () => values.join('\n') });
  return SUCCESS;
}

/** Of each node's log, what its membership and its quorum say. */
async function showLog(session: Session): Promise<number> {
  const source = await openSource(session, 'live');
  if (typeof source === 'string') return session.error(`corosync.log: ${source}`);
  const lines = source.logLines([]).filter((line) => /\b(?:totem|corosync|votequorum)\b/.test(line));
  session.present({ data: lines, text: () => lines.join('\n') });
  return SUCCESS;
}

const ROWS: readonly HostRow[] = [
  ['edit', '', 'Edit corosync.conf', FILE, SIZE],
  ['set', 'PATH VALUE [INDEX]', 'Change a value of corosync.conf', FILE, SIZE],
  ['diff', '[--checksum] [NODE ...]', 'Compare corosync.conf between hosts', HOSTS, SAME],
  ['push', '[NODE ...]', 'Copy corosync.conf to hosts', HOSTS, SAME],
  ['pull', 'NODE', 'Copy corosync.conf from a host', HOSTS, SAME],
  ['reload', '', 'Let corosync read its file again', HOSTS, 'crm cluster restart'],
  ['add-node', 'ADDR [NAME]', 'Add a host to corosync.conf', FILE, SIZE],
  ['del-node', 'ADDR', 'Remove a host from corosync.conf', FILE, SIZE],
];

export const corosyncLevel: LevelBody = { commands: [status, ...fileCommands, ...answersOnly('corosync', ROWS)] };
