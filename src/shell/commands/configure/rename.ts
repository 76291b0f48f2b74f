// SPDX-License-Identifier: GPL-2.0-or-later
/** `rename`: an object gets another id, and everything that names it follows. */
import { renameObject } from '../../../cib/index.ts';
import { isValidId } from '../../../language/index.ts';
import { SUCCESS, type Command } from '../../command.ts';
import { configurationOf } from '../../configuration-session.ts';
import { objectNames } from './names.ts';
import { running } from './running.ts';
import { missing } from './selection.ts';

export const rename: Command = {
  name: 'rename',
  usage: 'old_id new_id',
  summary: 'give an object another id',
  skill: 'administrator',
  takes: [2, 2],
  complete: async ({ words, session }) => (words.length === 0 ? objectNames(await configurationOf(session)) : []),
  run: async ({ args }, session) => {
    const [from = '', to = ''] = args;
    const configuration = await configurationOf(session);
    const { draft } = configuration;
    const object = draft.get(from);
    if (object === undefined || object.kind === 'node') return session.error(`configure.rename: ${missing(draft, from)}`);
    if (object.kind === 'fencing_topology') return session.error('configure.rename: the fencing topology has no id');
    if (!isValidId(to)) return session.error(`configure.rename: ${to}: invalid object id`);
    if (draft.get(to) !== undefined || draft.isTaken(to)) return session.error(`configure.rename: the id ${to} is taken`);
    if (running(configuration, [from]).length > 0 && !session.flags.force) return session.error(`cannot rename running resource "${from}": stop it first`);
    configuration.change(() => renameObject(draft, from, to));
    return SUCCESS;
  },
};
