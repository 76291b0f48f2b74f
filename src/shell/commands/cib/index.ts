// SPDX-License-Identifier: GPL-2.0-or-later
/** The cib level: shadow CIBs, copies to work on until they are committed. */
import type { Command, CompletionRequest, Level, LevelBody } from '../../command.ts';
import { inOrder } from '../resource/names.ts';
import { commitShadow, createShadow, deleteShadow, diffShadow, importShadow, listShadows, resetShadow, shadowNames, useShadow } from './shadow.ts';

const names = async ({ session }: CompletionRequest): Promise<readonly string[]> => shadowNames(session);
const NOTHING = (): readonly string[] => [];

const commands: readonly Command[] = [
  {
    name: 'new',
    usage: '[NAME] [withstatus] [force] [empty]',
    summary: 'Make a shadow CIB and work on it',
    skill: 'administrator',
    takes: [0, 4],
    complete: inOrder(NOTHING, () => ['withstatus', 'force', 'empty']),
    run: async ({ args }, session) => createShadow(session, args),
  },
  { name: 'use', usage: '[NAME | live] [withstatus]', summary: 'Work on a shadow CIB, or on the live one again', skill: 'administrator', takes: [0, 2], complete: inOrder(async (request) => ['live', ...(await names(request))], () => ['withstatus']), run: async ({ args }, session) => useShadow(session, args[0] ?? 'live') },
  { name: 'list', usage: '', summary: 'List the shadow CIBs', skill: 'administrator', takes: [0, 0], run: async (_invocation, session) => listShadows(session) },
  { name: 'delete', usage: 'NAME', summary: 'Delete a shadow CIB', skill: 'administrator', isDestructive: true, takes: [1, 1], complete: inOrder(names, NOTHING), run: async ({ args }, session) => deleteShadow(session, args[0]!) },
  { name: 'reset', usage: 'NAME', summary: 'Copy the live CIB into a shadow CIB', skill: 'administrator', takes: [1, 1], complete: inOrder(names, NOTHING), run: async ({ args }, session) => resetShadow(session, args[0]!) },
  { name: 'commit', usage: '[NAME]', summary: 'Make a shadow CIB the live one', skill: 'administrator', takes: [0, 1], waits: true, complete: inOrder(names, NOTHING), run: async ({ args }, session) => commitShadow(session, args[0]) },
  { name: 'diff', usage: '', summary: 'Show what differs between the shadow CIB and the live one', skill: 'administrator', takes: [0, 0], run: async (_invocation, session) => diffShadow(session) },
  { name: 'import', usage: 'FILE | NUMBER [NAME]', summary: 'Make a shadow CIB from a file or an input of the scheduler', skill: 'administrator', takes: [1, 2], run: async ({ args }, session) => importShadow(session, args[0]!, args[1]) },
];

const CIBSTATUS: Level = { name: 'cibstatus', summary: 'Play with the status: what if a node failed', load: async () => (await import('../cibstatus/index.ts')).cibstatusLevel };

export const cibLevel: LevelBody = { commands, levels: [CIBSTATUS] };
