// SPDX-License-Identifier: GPL-2.0-or-later
/** The cibstatus level: a status to play with - nodes lost, operations failed, tickets gone - and what the cluster would do then. */
import { EXECUTION_STATUS_NAMES, EXIT_CODE_NAMES } from '../../../agents/index.ts';
import { FAILURE, SUCCESS, type Command, type LevelBody } from '../../command.ts';
import { inOrder, nodeNames, resourceIds } from '../resource/names.ts';
import { injectNode, injectOperation, injectQuorum, injectTicket, loadStatus, playOf, runPlay, saveStatus, showStatus } from './play.ts';

const OPERATIONS = ['probe', 'monitor', 'start', 'stop', 'migrate_to', 'migrate_from', 'promote', 'demote', 'notify', 'reload'];
const NODE_STATES = ['online', 'offline', 'unclean'];
const TICKET_STATES = ['grant', 'revoke', 'activate', 'standby'];
const SIMULATION_WORDS = ['nograph', 'v', 'scores', 'utilization'];
const NOTHING = (): readonly string[] => [];
const words = (list: readonly string[]) => (): readonly string[] => list;

const commands: readonly Command[] = [
  { name: 'load', usage: 'FILE | shadow:CIB | live', summary: 'Take the status of a file, a shadow CIB or the cluster', skill: 'expert', takes: [1, 1], complete: words(['live', 'shadow:']), run: async ({ args }, session) => loadStatus(session, args[0]!) },
  { name: 'save', usage: 'FILE | shadow:CIB', summary: 'Write the CIB with the changed status', skill: 'expert', takes: [1, 1], complete: words(['shadow:']), run: async ({ args }, session) => saveStatus(session, args[0]!) },
  {
    name: 'origin',
    usage: '',
    summary: 'Show where the status comes from',
    skill: 'administrator',
    takes: [0, 0],
    run: async (_invocation, session) => {
      const { origin } = playOf(session);
      session.present({ data: origin, text: () => origin });
      return SUCCESS;
    },
  },
  { name: 'show', usage: '[changed]', summary: 'Show the status, or what was changed in it', skill: 'administrator', takes: [0, 1], complete: words(['changed']), run: async ({ args }, session) => showStatus(session, args[0] === 'changed') },
  { name: 'quorum', usage: 'BOOL', summary: 'Give or take quorum', skill: 'administrator', takes: [1, 1], complete: words(['true', 'false']), run: async ({ args }, session) => injectQuorum(session, args[0]!) },
  {
    name: 'node',
    usage: 'NODE online | offline | unclean',
    summary: 'Change the state of a node',
    skill: 'expert',
    takes: [2, 2],
    complete: inOrder(nodeNames, words(NODE_STATES), NOTHING),
    run: async ({ args: [node, state] }, session) => (NODE_STATES.includes(state!) ? injectNode(session, node!, state!) : session.error(`cibstatus.node: expected ${NODE_STATES.join(', ')}, found "${state}"`)),
  },
  {
    name: 'ticket',
    usage: 'TICKET grant | revoke | activate | standby',
    summary: 'Change the state of a ticket',
    skill: 'expert',
    takes: [2, 2],
    complete: inOrder(NOTHING, words(TICKET_STATES), NOTHING),
    run: async ({ args: [ticket, state] }, session) => (TICKET_STATES.includes(state!) ? injectTicket(session, ticket!, state!) : session.error(`cibstatus.ticket: expected ${TICKET_STATES.join(', ')}, found "${state}"`)),
  },
  {
    name: 'op',
    usage: 'OPERATION RSC EXITCODE [OPSTATUS] [NODE]',
    summary: 'Add the result of an operation',
    skill: 'expert',
    takes: [3, 5],
    complete: inOrder(words(OPERATIONS), resourceIds, () => [...EXIT_CODE_NAMES.keys()], () => [...EXECUTION_STATUS_NAMES.keys()], nodeNames, NOTHING),
    run: async ({ args }, session) => (OPERATIONS.includes(args[0]!) ? injectOperation(session, args) : session.error(`cibstatus.op: expected one of ${OPERATIONS.join(' ')}, found "${args[0]}"`)),
  },
  ...['run', 'simulate'].map((name): Command => ({
    name,
    usage: '[nograph] [v ...] [scores] [utilization]',
    summary: name === 'run' ? 'Show what the cluster would do now' : 'Play through what the cluster would do',
    skill: 'administrator',
    complete: words(SIMULATION_WORDS),
    run: async ({ args }, session) => {
      const bad = args.find((word) => !SIMULATION_WORDS.includes(word) && !/^v+$/.test(word));
      return bad === undefined ? runPlay(session, name === 'simulate', args) : session.error(`cibstatus.${name}: unexpected "${bad}"`) || FAILURE;
    },
  })),
];

export const cibstatusLevel: LevelBody = { commands };
