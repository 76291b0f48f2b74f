// SPDX-License-Identifier: GPL-2.0-or-later
/** The history level: what the cluster did and why, from the inputs of the scheduler. */
import type { Command, CompletionRequest, LevelBody } from '../../command.ts';
import { inOrder, nodeNames, resourceIds } from '../resource/names.ts';
import { chosenInputs } from './choose.ts';
import { drawTransition, listTransitions, saveTransition, showTags, showTransition, transitionLog } from './transitions.ts';
import { compareInputs, showInput } from './compare.ts';
import { sessionCommand } from './sessions.ts';
import { listInputs, setDetail, setExclude, setLimit, setNodes, setSource, showEvents, showInfo, showLatest, showLog, showNodes, showResources, refreshSource } from './views.ts';

const MANY = 1000;
const SIMULATION_WORDS = ['nograph', 'scores', 'actions', 'utilization'];
const NOTHING = (): readonly string[] => [];

async function numbers({ session }: CompletionRequest): Promise<readonly string[]> {
  const found = await chosenInputs(session);
  return typeof found === 'string' ? [] : found.map((input) => String(input.number));
}

const settingCommands: readonly Command[] = [
  { name: 'source', usage: '[DIR | FILE | live]', summary: 'Say where history comes from', takes: [0, 1], complete: () => ['live'], run: async ({ args }, session) => setSource(session, args[0]) },
  { name: 'limit', oldNames: ['timeframe'], usage: '[FROM [TO]]', summary: 'Look at a stretch of time', help: 'Times are ISO 8601 or reach back from now: 30m, 2h, 1d. Without times the limit is lifted.', takes: [0, 2], run: async ({ args }, session) => setLimit(session, args) },
  { name: 'refresh', usage: '[force]', summary: 'Read the source again', takes: [0, 1], run: async (_invocation, session) => refreshSource(session) },
  { name: 'detail', usage: '0 | 1', summary: 'Say how much of the log is shown', takes: [1, 1], complete: () => ['0', '1'], run: async ({ args }, session) => setDetail(session, args[0]!) },
  { name: 'setnodes', usage: 'NODE [NODE ...]', summary: 'Look at some nodes only', takes: [0, MANY], complete: nodeNames, run: async ({ args }, session) => setNodes(session, args) },
  { name: 'exclude', usage: '[REGEX | clear]', summary: 'Leave lines of the log out', takes: [0, 1], complete: () => ['clear'], run: async ({ args }, session) => setExclude(session, args[0]) },
  { name: 'session', usage: '[save | load | delete NAME | update | pack [FILE] | list]', summary: 'Keep source and limits under a name', takes: [0, 2], complete: inOrder(() => ['save', 'load', 'delete', 'update', 'pack', 'list'], NOTHING), run: async ({ args }, session) => sessionCommand(session, args) },
];

const viewCommands: readonly Command[] = [
  { name: 'info', usage: '', summary: 'Show source, time and number of transitions', takes: [0, 0], run: async (_invocation, session) => showInfo(session) },
  { name: 'latest', usage: '', summary: 'Show the last transition: its causes and results', takes: [0, 0], run: async (_invocation, session) => showLatest(session) },
  { name: 'events', usage: '', summary: 'Show what happened to nodes, resources and the configuration', takes: [0, 0], run: async (_invocation, session) => showEvents(session, () => true) },
  { name: 'resource', usage: 'RSC [RSC ...]', summary: 'Show what happened to resources', help: 'A group, clone or bundle stands for its members.', takes: [1, MANY], complete: resourceIds, run: async ({ args }, session) => showResources(session, args) },
  { name: 'node', usage: 'NODE [NODE ...]', summary: 'Show what happened to nodes, their fencings too, and on them', takes: [1, MANY], complete: nodeNames, run: async ({ args }, session) => showNodes(session, args) },
  { name: 'log', usage: '[NODE ...]', summary: 'Show the log', complete: nodeNames, run: async ({ args }, session) => showLog(session, args) },
];

const transitionCommands: readonly Command[] = [
  { name: 'peinputs', usage: '[RANGE ...] [v]', summary: 'List the inputs of the scheduler', complete: () => ['v'], run: async ({ args }, session) => listInputs(session, args) },
  { name: 'transitions', usage: '', summary: 'List transitions and what they did', takes: [0, 0], run: async (_invocation, session) => listTransitions(session) },
  {
    name: 'transition',
    usage: '[N | FILE] [nograph] [v...] [scores] [actions] [utilization] | showdot [N] | log [N] | save N [NAME] | tags [N]',
    summary: 'Run a transition again, with the reasons; or draw, save, sum it up',
    complete: async (request) => (request.words.length === 0 ? ['showdot', 'log', 'save', 'tags', ...(await numbers(request))] : [...SIMULATION_WORDS, ...(await numbers(request))]),
    run: async ({ args: [first, ...rest] }, session) => {
      if (first === 'showdot') return drawTransition(session, rest[0]);
      if (first === 'log') return transitionLog(session, rest[0]);
      if (first === 'save') return saveTransition(session, rest);
      if (first === 'tags') return showTags(session, rest[0]);
      return showTransition(session, first === undefined ? [] : [first, ...rest]);
    },
  },
  { name: 'show', usage: 'PE [status]', summary: 'Show the configuration, or the status, at a transition', takes: [1, 2], complete: inOrder(numbers, () => ['status']), run: async ({ args }, session) => showInput(session, args[0]!, args[1] === 'status') },
  { name: 'graph', usage: 'PE [dot [FILE [FORMAT]]]', summary: 'Draw the graph of a transition', help: 'FORMAT is dot, or what the dot program of Graphviz can draw: svg, png, pdf.', takes: [1, 4], complete: inOrder(numbers, () => ['dot'], NOTHING), run: async ({ args: [which, , file, format] }, session) => drawTransition(session, which, file, format) },
  { name: 'diff', usage: 'PE PE [status] [html]', summary: 'Show what changed between two transitions', help: 'PE is a number, -1 for the last, a file, or live for the CIB as it is now. With html a table with both sides.', takes: [2, 4], complete: inOrder(numbers, numbers, () => ['status', 'html']), run: async ({ args }, session) => compareInputs(session, args, 'lines') },
  { name: 'wdiff', usage: 'PE PE [status]', summary: 'The same word by word', takes: [2, 3], complete: inOrder(numbers, numbers, () => ['status']), run: async ({ args }, session) => compareInputs(session, args, 'words') },
];

export const historyLevel: LevelBody = { commands: [...settingCommands, ...viewCommands, ...transitionCommands] };
