// SPDX-License-Identifier: GPL-2.0-or-later
/** `delete` and `erase`. */
import { deleteObjects, eraseObjects } from '../../../cib/index.ts';
import { DiagnosticSink } from '../../../language/index.ts';
import { FAILURE, SUCCESS, type Command } from '../../command.ts';
import { configurationOf, report } from '../../configuration-session.ts';
import { objectNames } from './names.ts';
import { running } from './running.ts';
import { keyOf, missing } from './selection.ts';

export const deleteCommand: Command = {
  name: 'delete',
  oldNames: ['rm'],
  usage: '[-f|--force] ID...',
  summary: 'delete objects and what hangs on them',
  help: 'A name that nothing has is reported; the others are deleted. Constraints on a deleted resource go with it; sets and tags lose it. A container leaves its members behind, which take over its constraints.',
  skill: 'administrator',
  isDestructive: true,
  complete: async ({ session }) => objectNames(await configurationOf(session)),
  run: async ({ args }, session) => {
    const configuration = await configurationOf(session);
    const isForced = session.flags.force || args.some((arg) => arg === '-f' || arg === '--force');
    const keys: string[] = [];
    let code = SUCCESS;
    for (const name of args.filter((arg) => !/^-(?:f|-force)$/.test(arg))) {
      const key = keyOf(configuration.draft, name);
      if (key === undefined) code = session.error(missing(configuration.draft, name));
      else keys.push(key);
    }
    const busy = isForced ? [] : running(configuration, keys);
    for (const name of busy) code = session.error(`resource ${name} is running, can't delete it (stop it first, or use --force)`);
    if (busy.length > 0) return FAILURE;
    const sink = new DiagnosticSink();
    configuration.change(() => deleteObjects(configuration.draft, keys, sink));
    report(session, sink.found);
    return code;
  },
};

export const erase: Command = {
  name: 'erase',
  usage: '[nodes]',
  summary: 'delete everything but the nodes, or only the nodes',
  skill: 'administrator',
  isDestructive: true,
  takes: [0, 1],
  complete: () => ['nodes'],
  run: async ({ args }, session) => {
    if (args[0] !== undefined && args[0] !== 'nodes') return session.error(`configure.erase: Expected nodes (found ${args[0]})`);
    const configuration = await configurationOf(session);
    const resources = [...configuration.draft.objects()].map((object) => object.key);
    const busy = args[0] === 'nodes' || session.flags.force ? [] : running(configuration, resources);
    if (busy.length > 0) return session.error(`resources are running (${busy.join(', ')}): stop them first`);
    configuration.change(() => eraseObjects(configuration.draft, args[0] === 'nodes'));
    return SUCCESS;
  },
};
