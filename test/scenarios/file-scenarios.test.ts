// SPDX-License-Identifier: GPL-2.0-or-later
/** Runs the conversations in `file/`: shell and tools on a CIB file in memory. */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EMPTY_CIB, aShell } from '../shell/a-shell.ts';
import { commandWords, difference, readConversation, rewritten, type Answer } from './conversation.ts';

const FOLDER = join(import.meta.dirname, 'file');

describe('conversations on a CIB file', () => {
  for (const name of readdirSync(FOLDER).filter((file) => file.endsWith('.txt')).sort()) {
    it(name.replace(/\.txt$/, '').replaceAll('-', ' '), async () => {
      const path = join(FOLDER, name);
      const conversation = readConversation(readFileSync(path, 'utf8'));
      const cib = conversation.directives.get('cib');
      const shell = aShell(cib === undefined ? {} : { cib: EMPTY_CIB.replace(/<configuration>.*<\/configuration>/, `<configuration>${cib}</configuration>`) });
      const answers: Answer[] = [];
      for (const exchange of conversation.exchanges) {
        const [program, ...args] = commandWords(exchange.command);
        answers.push(await shell.program(program, args, exchange.input));
      }
      if (process.env['UPDATE_SCENARIOS'] === '1') writeFileSync(path, rewritten(conversation, answers));
      else expect(conversation.exchanges.map((exchange, index) => difference(exchange, answers[index]!)).filter((text) => text !== '').join('\n\n')).toBe('');
    });
  }
});
