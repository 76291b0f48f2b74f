// SPDX-License-Identifier: GPL-2.0-or-later
/** The node level. */
import { FAILURE, SUCCESS, type Command, type LevelBody } from '../../command.ts';
import type { Session } from '../../session.ts';
import { inOrder, nodeNames, nodesOf } from '../resource/names.ts';
import { settingWords } from '../resource/parameters.ts';
import { onlineNodes, setMaintenance, setStandby, standbyNodes } from './attributes.ts';
import { clearState, fence } from './fencing.ts';
import { serverNames, showNodes } from './show.ts';

const MANY = 1000;
const NOTHING = (): readonly string[] => [];
const ACTIONS = (): readonly string[] => ['set', 'delete', 'show'];

const stateCommands: readonly Command[] = [
  { name: 'show', aliases: ['list'], usage: '[NODE]', summary: 'Show nodes and their attributes', takes: [0, 1], complete: inOrder(nodeNames, NOTHING), run: async ({ args }, session) => showNodes(session, args[0]) },
  { name: 'standby', usage: '[--all | NODE ...] [reboot | forever]', summary: 'Let no resources run on nodes', takes: [0, MANY], waits: true, complete: onlineNodes, run: async ({ args }, session) => setStandby(session, args, true) },
  { name: 'online', usage: '[--all | NODE ...]', summary: 'Let resources run on nodes again', takes: [0, MANY], waits: true, complete: standbyNodes, run: async ({ args }, session) => setStandby(session, args, false) },
  { name: 'maintenance', usage: '[NODE]', summary: 'Put a node in maintenance: its resources are left alone', takes: [0, 1], waits: true, complete: inOrder(nodeNames, NOTHING), run: async ({ args }, session) => setMaintenance(session, args[0], true) },
  { name: 'ready', usage: '[NODE]', summary: 'End the maintenance of a node', takes: [0, 1], waits: true, complete: inOrder(nodeNames, NOTHING), run: async ({ args }, session) => setMaintenance(session, args[0], false) },
  { name: 'server', usage: '[NODE ...]', summary: 'Show the host names of nodes', complete: nodeNames, run: async ({ args }, session) => serverNames(session, args) },
];

const fencingCommands: readonly Command[] = [
  { name: 'fence', usage: 'NODE', summary: 'Fence a node', isDestructive: true, takes: [1, 1], waits: true, complete: inOrder(nodeNames, NOTHING), run: async ({ args }, session) => fence(session, args[0]!) },
  { name: 'clearstate', usage: '[NODE]', summary: 'Confirm that a node is down and drop its state', takes: [0, 1], waits: true, complete: inOrder(nodeNames, NOTHING), run: async ({ args }, session) => clearState(session, args[0]) },
  {
    name: 'delete',
    usage: 'NODE',
    summary: 'Remove a node from the cluster',
    isDestructive: true,
    takes: [1, 1],
    complete: inOrder(nodeNames, NOTHING),
    run: async ({ args: [node] }, session) => {
      session.warn('node delete is deprecated, please use: crm cluster remove');
      return (await import('../cluster/size.ts')).removeNodes(session, [node!]);
    },
  },
];

const settingCommands: readonly Command[] = [
  setting('attribute', 'a permanent attribute', []),
  setting('utilization', 'a utilization value', ['--utilization']),
  setting('status-attr', 'an attribute that lasts until the node restarts', ['--lifetime', 'reboot']),
];

function setting(name: string, what: string, options: readonly string[]): Command {
  return {
    name,
    usage: 'NODE set NAME VALUE | delete NAME | show NAME',
    summary: `Set, delete or show ${what} of a node`,
    takes: [3, 4],
    waits: true,
    complete: inOrder(nodeNames, ACTIONS, NOTHING),
    run: async ({ args }, session) => nodeSetting(session, name, args, options),
  };
}

async function nodeSetting(session: Session, command: string, args: readonly string[], options: readonly string[]): Promise<number> {
  const words = settingWords(args);
  if (typeof words === 'string') return session.error(`node.${command}: ${words}`);
  if (!nodesOf(await session.cib()).includes(words.owner)) return session.error(`node.${command}: Not our node: ${words.owner}`);
  const action = words.action === 'set' ? ['--update', words.value!] : words.action === 'delete' ? ['--delete'] : ['--query'];
  const scope = options.includes('--lifetime') ? options : ['--type', 'nodes', ...options];
  return (await session.tool('crm_attribute', ...scope, '--node', words.owner, '--name', words.name, ...action)) === 0 ? SUCCESS : FAILURE;
}

export const nodeLevel: LevelBody = { commands: [...stateCommands, ...settingCommands, ...fencingCommands] };
