// SPDX-License-Identifier: GPL-2.0-or-later
/** Commands of the regression tests: checks of the level itself. */
import { compile, CibDraft, decompile, sameXml } from '../../../cib/index.ts';
import { parse, printDocument } from '../../../language/index.ts';
import { FAILURE, SUCCESS, type Command } from '../../command.ts';
import { configurationOf } from '../../configuration-session.ts';

const test: Command = {
  name: '_test',
  usage: '',
  summary: 'check that every object survives being written as text and read again',
  isHidden: true,
  takes: [0, 0],
  run: async (_invocation, session) => {
    const { draft, agents } = await configurationOf(session);
    const copy = new CibDraft(draft.finish());
    const text = printDocument({ statements: decompile(copy), trailing: [] });
    const settings = { mode: 'file', hasAdvisedOperations: false, hasAdvisedFencingOperations: false } as const;
    const result = compile({ parsed: parse(text, { file: '_test' }), draft: copy, agents, settings });
    let code = SUCCESS;
    if (!result.isApplied) code = session.error(`the text of the configuration is not accepted: ${result.diagnostics[0]?.message}`);
    for (const object of draft.objects()) {
      const after = copy.get(object.key);
      if (after === undefined || !sameXml(after.element, object.element)) code = session.error(`${object.key} does not survive being written and read`);
    }
    return code === SUCCESS ? SUCCESS : FAILURE;
  },
};

const objects: Command = {
  name: '_objects',
  usage: '',
  summary: 'list the names of all objects',
  isHidden: true,
  takes: [0, 0],
  run: async (_invocation, session) => {
    const names = [...(await configurationOf(session)).draft.objects()].map((object) => `${object.kind}:${object.key}`);
    session.present({ data: names, text: () => names.join('\n') });
    return SUCCESS;
  },
};

const regression: Command = {
  name: '_regtest',
  usage: 'on|off',
  summary: 'accepted for the sake of recorded sessions; the option -R switches the transcript on',
  isHidden: true,
  takes: [1, 1],
  run: async ({ args }, session) => (args[0] === 'on' || args[0] === 'off' ? SUCCESS : session.error(`configure._regtest: Expected on or off (found ${args[0]})`)),
};

export const internalCommands: readonly Command[] = [test, objects, regression];
