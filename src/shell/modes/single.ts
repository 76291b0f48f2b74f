// SPDX-License-Identifier: GPL-2.0-or-later
/** One command from the command line of the system. */
import { runLine } from '../dispatch.ts';
import { cleanArguments } from '../line/hygiene.ts';
import { joinWords } from '../line/words.ts';
import type { Shell } from '../session/shell.ts';

export async function runSingle(shell: Shell, argv: readonly string[]): Promise<number> {
  const { args, hadCurlyQuotes } = cleanArguments(argv);
  if (hadCurlyQuotes) shell.info('curly quotes are taken as plain quotes');
  return runLine(shell, joinWords(args), { file: undefined, line: 1, column: 1 });
}
