// SPDX-License-Identifier: GPL-2.0-or-later
/** The resource level. */
import { FAILURE, SUCCESS, type Command, type CompletionRequest, type LevelBody } from '../../command.ts';
import type { Session } from '../../session.ts';
import { failcount } from './failcount.ts';
import { maintenanceWord, setManaged } from './managed.ts';
import { inOrder, nodeNames, primitiveIds, promotableIds, resourceIds } from './names.ts';
import { resourceSetting } from './parameters.ts';
import { clear, place } from './placement.ts';
import { restart, setTargetRole } from './roles.ts';
import { resourceSecret, SECRET_ACTIONS } from './secret.ts';
import { trace, untrace } from './trace.ts';

const NOTHING = (): readonly string[] => [];
const ACTIONS = (): readonly string[] => ['set', 'delete', 'show'];
const OPERATIONS = (): readonly string[] => ['start', 'stop', 'monitor', 'promote', 'demote', 'notify', 'migrate_to', 'migrate_from', 'probe'];
/** The fence level of words that most commands take. */
const MANY = 1000;

/** Tools have more exit codes than the shell. */
async function tool(session: Session, name: string, ...args: readonly string[]): Promise<number> {
  return (await session.tool(name, ...args)) === 0 ? SUCCESS : FAILURE;
}

const roleCommands: readonly Command[] = [
  { name: 'start', usage: 'RSC [RSC ...]', summary: 'Start resources', takes: [1, MANY], waits: true, complete: resourceIds, run: async ({ args }, session) => setTargetRole(session, args, 'Started') },
  { name: 'stop', usage: 'RSC [RSC ...]', summary: 'Stop resources', takes: [1, MANY], waits: true, complete: resourceIds, run: async ({ args }, session) => setTargetRole(session, args, 'Stopped') },
  { name: 'restart', usage: 'RSC [RSC ...]', summary: 'Stop resources, wait, and start them again', takes: [1, MANY], waits: true, complete: resourceIds, run: async ({ args }, session) => restart(session, args) },
  { name: 'promote', usage: 'RSC', summary: 'Promote a promotable clone', takes: [1, 1], waits: true, complete: promotableIds, run: async ({ args }, session) => setTargetRole(session, args, 'Promoted') },
  { name: 'demote', usage: 'RSC', summary: 'Demote a promotable clone', takes: [1, 1], waits: true, complete: promotableIds, run: async ({ args }, session) => setTargetRole(session, args, 'Unpromoted') },
];

const managedCommands: readonly Command[] = [
  { name: 'manage', usage: 'RSC [RSC ...]', summary: 'Let the cluster manage resources', takes: [1, MANY], complete: resourceIds, run: async ({ args }, session) => setManaged(session, args, 'is-managed', true) },
  { name: 'unmanage', usage: 'RSC [RSC ...]', summary: 'Keep the cluster from starting and stopping resources', takes: [1, MANY], complete: resourceIds, run: async ({ args }, session) => setManaged(session, args, 'is-managed', false) },
  {
    name: 'maintenance',
    usage: 'RSC [on | off]',
    summary: 'Put a resource in maintenance: no starts, stops or monitors',
    takes: [1, 2],
    waits: true,
    complete: inOrder(resourceIds, () => ['on', 'off']),
    run: async ({ args: [id, word] }, session) => {
      const value = maintenanceWord(word);
      return value === undefined ? session.error(`resource.maintenance: expected on or off, found "${word}"`) : setManaged(session, [id!], 'maintenance', value);
    },
  },
];

const placementCommands: readonly Command[] = [
  { name: 'move', oldNames: ['migrate'], usage: 'RSC [NODE] [LIFETIME] [force]', summary: 'Move a resource to a node, or away from where it is', skill: 'administrator', takes: [1, 4], waits: true, complete: inOrder(resourceIds, nodeNames, NOTHING), run: async ({ args }, session) => place(session, 'move', args) },
  { name: 'ban', usage: 'RSC [NODE] [LIFETIME] [force]', summary: 'Keep a resource away from a node', skill: 'administrator', takes: [1, 4], waits: true, complete: inOrder(resourceIds, nodeNames, NOTHING), run: async ({ args }, session) => place(session, 'ban', args) },
  { name: 'clear', oldNames: ['unmove', 'unmigrate', 'unban'], usage: 'RSC [NODE]', summary: 'Remove the constraints that move and ban made', skill: 'administrator', takes: [1, 2], waits: true, complete: inOrder(resourceIds, nodeNames), run: async ({ args }, session) => clear(session, args) },
];

const viewCommands: readonly Command[] = [
  {
    name: 'status',
    aliases: ['show', 'list'],
    usage: '[RSC ...]',
    summary: 'Show where resources run',
    complete: resourceIds,
    run: async ({ args }, session) => {
      if (args.length === 0) return tool(session, 'crm_resource', '--list');
      return locate(session, args);
    },
  },
  { name: 'locate', usage: 'RSC [RSC ...]', summary: 'Show the nodes where resources run', takes: [1, MANY], complete: resourceIds, run: async ({ args }, session) => locate(session, args) },
  { name: 'operations', usage: '[RSC] [NODE]', summary: 'Show the operations in the history', takes: [0, 2], waits: true, complete: inOrder(resourceIds, nodeNames, NOTHING), run: async ({ args: [id, node] }, session) => tool(session, 'crm_resource', '--list-operations', ...(id === undefined ? [] : ['--resource', id]), ...(node === undefined ? [] : ['--node', node])) },
  { name: 'constraints', usage: 'RSC', summary: 'Show the constraints that touch a resource', takes: [1, 1], waits: true, complete: resourceIds, run: async ({ args: [id] }, session) => tool(session, 'crm_resource', '--constraints', '--resource', id!) },
  { name: 'scores', usage: '', summary: 'Show the scores that decide where resources run', takes: [0, 0], run: async (_invocation, session) => tool(session, 'crm_simulate', '-sUL') },
];

async function locate(session: Session, ids: readonly string[]): Promise<number> {
  let result = SUCCESS;
  if (session.flags.json) {
    const answers: unknown[] = [];
    for (const id of ids) {
      const { code, data } = await session.toolData('crm_resource', '--locate', '--resource', id);
      if (code !== 0) result = FAILURE;
      answers.push({ resource: id, answer: data });
    }
    session.present({ data: answers, text: () => '' });
    return result;
  }
  for (const id of ids) if ((await tool(session, 'crm_resource', '--locate', '--resource', id)) !== SUCCESS) result = FAILURE;
  return result;
}

async function forget(session: Session, action: string, words: readonly string[]): Promise<number> {
  const isForced = words.at(-1) === 'force';
  const [id, node] = isForced ? words.slice(0, -1) : words;
  const options = [`--${action}`, ...(id === undefined ? [] : ['--resource', id]), ...(node === undefined ? [] : ['--node', node]), ...(isForced || session.flags.force ? ['--force'] : [])];
  if (!session.flags.json || session.flags.dryRun) return tool(session, 'crm_resource', ...options);
  const { code, data } = await session.toolData('crm_resource', ...options);
  session.present({ data, text: () => '' });
  return code === 0 ? SUCCESS : FAILURE;
}

const failureCommands: readonly Command[] = [
  { name: 'cleanup', usage: '[RSC] [NODE] [force]', summary: 'Forget failures of a resource and try it again', skill: 'administrator', takes: [0, 3], waits: true, complete: inOrder(resourceIds, nodeNames, NOTHING), run: async ({ args }, session) => forget(session, 'cleanup', args) },
  { name: 'refresh', oldNames: ['reprobe'], usage: '[RSC] [NODE] [force]', summary: 'Forget the history and look at the resources again', takes: [0, 3], waits: true, complete: inOrder(resourceIds, nodeNames, NOTHING), run: async ({ args }, session) => forget(session, 'refresh', args) },
  { name: 'failcount', usage: 'RSC set NODE VALUE [OP] [INTERVAL] | delete NODE | show NODE', summary: 'Show, set or delete fail counts', help: 'Without OP all fail counts that the resource has on the node are set. INTERVAL is that of the operation, 0 when it is not given.', takes: [2, 6], waits: true, complete: inOrder(resourceIds, ACTIONS, nodeNames, NOTHING), run: async ({ args }, session) => failcount(session, args) },
];

const settingCommands: readonly Command[] = [
  setting('param', 'an instance attribute'),
  setting('meta', 'a meta attribute'),
  setting('utilization', 'a utilization value'),
  {
    name: 'secret',
    usage: 'RSC set|stash|unstash|delete|show|check NAME [VALUE]',
    summary: 'Keep the value of a parameter in a private file instead of the configuration',
    help: 'set keeps a value (asked for, or read from standard input, when it is not given), stash one that stands in the configuration, unstash puts it back; show prints it, check compares it with its sum. The configuration says lrm:// then, and agents get the value when they run. A new value is used by the next action of the agent; putting a value into a file or back is a change of the parameter, which restarts or reloads the resource.',
    skill: 'administrator',
    takes: [3, 4],
    waits: true,
    complete: inOrder(primitiveIds, () => SECRET_ACTIONS, NOTHING),
    run: async ({ args }, session) => resourceSecret(session, args),
  },
  { name: 'trace', usage: 'RSC [OP] [INTERVAL] [DIR]', summary: 'Let the agent write down every step of operations', takes: [1, 4], complete: inOrder(primitiveIds, OPERATIONS, NOTHING), run: async ({ args }, session) => trace(session, args) },
  { name: 'untrace', usage: 'RSC [OP] [INTERVAL]', summary: 'End a trace', takes: [1, 3], complete: inOrder(primitiveIds, OPERATIONS, NOTHING), run: async ({ args }, session) => untrace(session, args) },
];

function setting(name: string, what: string): Command {
  const complete = inOrder(resourceIds, ACTIONS, NOTHING) satisfies (request: CompletionRequest) => Promise<readonly string[]>;
  return { name, usage: 'RSC set NAME VALUE | delete NAME | show NAME', summary: `Set, delete or show ${what} of a resource`, skill: 'administrator', takes: [3, 4], waits: true, complete, run: async ({ args }, session) => resourceSetting(session, name, args) };
}

export const resourceLevel: LevelBody = { commands: [...viewCommands, ...roleCommands, ...managedCommands, ...placementCommands, ...failureCommands, ...settingCommands] };
