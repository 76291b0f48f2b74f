// SPDX-License-Identifier: GPL-2.0-or-later
/** Commands from a file or from standard input: goes on after a failed line, fails at the end. */
import type { ShellArguments } from '../arguments.ts';
import { FAILURE, SUCCESS } from '../command.ts';
import { runLine, settled } from '../dispatch.ts';
import { LineJoiner, type LogicalLine } from '../line/continuation.ts';
import { commandsOfTranscript } from '../line/transcript.ts';
import type { Input } from '../run.ts';
import type { Shell } from '../session/shell.ts';
import { runSingle } from './single.ts';

export async function runBatch(shell: Shell, input: Exclude<Input, { kind: 'none' }>, args: ShellArguments): Promise<number> {
  if (args.words.length > 0 && (await runSingle(shell, args.words)) !== SUCCESS) return FAILURE;
  const file = input.kind === 'text' ? input.name : undefined;
  let result = SUCCESS;
  for await (const line of args.stripPrompts ? transcriptLines(shell, await wholeText(input)) : logicalLines(input)) {
    if (shell.isRegressionTest && line.text.trim() !== '' && !line.text.startsWith('#')) shell.print(`.INP: ${line.text}`);
    if (line.glued !== undefined) shell.warn(`line ${line.line}: the next line is glued to "${line.glued}"; write a blank before the backslash`);
    const code = await runLine(shell, line.text, { file, line: line.line, column: 1, further: line.further });
    if (code !== SUCCESS) result = FAILURE;
    if (shell.hasQuit) return result;
  }
  const left = await settled(shell, false, async () => ((await shell.stack.leaveTo(1, shell, 'batch-end')) === 'left' ? SUCCESS : FAILURE));
  shell.flush();
  return left === SUCCESS ? result : left;
}

async function* logicalLines(input: Exclude<Input, { kind: 'none' }>): AsyncGenerator<LogicalLine> {
  const joiner = new LineJoiner();
  for await (const raw of input.kind === 'text' ? input.text.split('\n') : input.lines) {
    const line = joiner.add(raw);
    if (line !== undefined) yield line;
  }
  const rest = joiner.end();
  if (rest !== undefined) yield rest;
}

async function wholeText(input: Exclude<Input, { kind: 'none' }>): Promise<string> {
  if (input.kind === 'text') return input.text;
  const lines: string[] = [];
  for await (const line of input.lines) lines.push(line);
  return lines.join('\n');
}

/** Commands of the shell in a dialogue; those of other programs are named and passed over. */
function* transcriptLines(shell: Shell, text: string): Generator<LogicalLine> {
  for (const command of commandsOfTranscript(text)) {
    const match = /^crm\s+(.*)$/s.exec(command.text);
    if (match === null) shell.info(`line ${command.line}: not a command of this shell: ${command.text}`);
    else yield { text: match[1]!, line: command.line, further: [] };
  }
}
