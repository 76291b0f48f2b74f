// SPDX-License-Identifier: GPL-2.0-or-later
/** The shell as a function: arguments and surroundings in, exit code out. Chooses between prompt, batch and one command. */
import { parseArguments, USAGE, type ShellArguments } from './arguments.ts';
import { FAILURE, SUCCESS } from './command.ts';
import type { ShellContext } from './context.ts';

/** A missing input file or a bad option value. */
const BAD_INPUT = 2;

export async function runShell(argv: readonly string[], context: ShellContext): Promise<number> {
  const parsed = parseArguments(argv);
  if (!parsed.ok) {
    context.err(`ERROR: ${parsed.message}\n`);
    return BAD_INPUT;
  }
  const args = parsed.value;
  if (args.version) {
    context.out(`crm ${context.version}\n`);
    return SUCCESS;
  }
  if (args.help) {
    context.out(USAGE);
    return SUCCESS;
  }
  if (args.complete !== undefined) return (await import('./completion/system-shell.ts')).printCompletions(args.complete, context);
  return start(args, context);
}

async function start(args: ShellArguments, context: ShellContext): Promise<number> {
  const input = await inputOf(args, context);
  if (input === undefined) {
    context.err(`ERROR: ${args.file ?? ''}: no such file, or not readable\n${USAGE}`);
    return BAD_INPUT;
  }
  const { openShell } = await import('./open.ts');
  const mode = input.kind === 'none' ? (args.words.length === 0 ? 'interactive' : 'single-shot') : 'batch';
  const shell = await openShell(args, context, mode);
  if (shell === undefined) return FAILURE;
  try {
    if (input.kind !== 'none') return await (await import('./modes/batch.ts')).runBatch(shell, input, args);
    const code = args.words.length === 0 ? SUCCESS : await (await import('./modes/single.ts')).runSingle(shell, args.words);
    // Naming only levels enters them; without a terminal there is nobody to go on.
    const goesOn = shell.stack.depth > 1 || args.words.length === 0;
    if (code === SUCCESS && goesOn && context.terminal.isInput) return await (await import('./modes/interactive.ts')).runInteractive(shell);
    return code;
  } finally {
    await shell.close();
  }
}

export type Input = { readonly kind: 'none' } | { readonly kind: 'text'; readonly text: string; readonly name: string | undefined } | { readonly kind: 'lines'; readonly lines: AsyncIterable<string> };

/** Undefined when the file cannot be read. */
async function inputOf(args: ShellArguments, context: ShellContext): Promise<Input | undefined> {
  if (args.file !== undefined && args.file !== '-') {
    const path = args.file.startsWith('/') ? args.file : `${context.cwd}/${args.file}`;
    const text = context.disk.read(path);
    return text === undefined ? undefined : { kind: 'text', text, name: args.file };
  }
  if (args.file === '-') return { kind: 'lines', lines: context.inputLines() };
  if (context.terminal.isInput || !(await startsOnlyLevels(args.words))) return { kind: 'none' };
  return { kind: 'lines', lines: context.inputLines() };
}

/** `crm < FILE` and `crm configure < FILE` read commands; `crm configure show < FILE` does not. */
async function startsOnlyLevels(words: readonly string[]): Promise<boolean> {
  const { lookup } = await import('./tree/lookup.ts');
  const { entriesOf } = await import('./tree/stack.ts');
  const { ROOT } = await import('./tree/root.ts');
  let body = await ROOT.load();
  for (const word of words) {
    const found = lookup(word, entriesOf(body), false);
    if (found.entry?.kind !== 'level') return false;
    body = await found.entry.level.load();
  }
  return true;
}
