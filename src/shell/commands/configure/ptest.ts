// SPDX-License-Identifier: GPL-2.0-or-later
/** `ptest`: what the cluster would do with the configuration as it is here. */
import { writeXml } from '../../../cib/index.ts';
import { SUCCESS, type Command } from '../../command.ts';
import { configurationOf } from '../../configuration-session.ts';

const WORDS: readonly string[] = ['nograph', 'scores', 'actions', 'utilization'];

export const ptest: Command = {
  name: 'ptest',
  aliases: ['simulate'],
  usage: '[nograph] [v...] [scores] [actions] [utilization]',
  summary: 'run the scheduler on the configuration as it is here',
  skill: 'administrator',
  complete: () => [...WORDS],
  run: async ({ args }, session) => {
    const wrong = args.find((arg) => !WORDS.includes(arg) && !/^v+$/.test(arg));
    if (wrong !== undefined) return session.error(`Bad usage: 'ptest ${args.join(' ')}'; expected ${WORDS.join(', ')} or v`);
    const { draft } = await configurationOf(session);
    const path = `${session.context.env.get('TMPDIR') || '/tmp'}/crm-ptest-${session.context.processId}.xml`;
    session.context.disk.write(path, writeXml(draft.finish(), { indent: 2 }), 0o600);
    try {
      const options = ['--simulate', `--xml-file=${path}`, ...(args.includes('scores') ? ['--show-scores'] : []), ...(args.includes('utilization') ? ['--show-utilization'] : [])];
      const code = await session.tool('crm_simulate', ...options);
      return code === 0 ? SUCCESS : code;
    } finally {
      session.context.disk.remove(path);
    }
  },
};
