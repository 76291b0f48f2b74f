// SPDX-License-Identifier: GPL-2.0-or-later
/** The shell as a function: arguments and surroundings in, exit code out. Chooses between prompt, batch and one command. */
import { absolute } from '../platform/index.ts';
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
  return args.profile === undefined ? start(args, context) : profiled(args.profile, args, context);
}

/** As crmsh does, the run tells in its end how its profile is read, but not to a regression test. */
async function profiled(file: string, args: ShellArguments, context: ShellContext): Promise<number> {
  const stopProfile = await context.startProfile();
  const code = await start(args, context);
  const profile = await stopProfile();
  try {
    context.disk.write(absolute(context.cwd, file), profile);
  } catch (problem) {
    context.err(`ERROR: could not write ${file}: ${problem instanceof Error ? problem.message : String(problem)}\n`);
    return FAILURE;
  }
  if (!args.regression) context.err(`INFO: the profile is in ${file}: the Performance panel of Chrome's developer tools loads it\n`);
  return code;
}

async function start(args: ShellArguments, context: ShellContext): Promise<number> {
  const input = await inputOf(args, context);
  if (input === undefined) {
    context.err(`ERROR: ${args.file ?? ''}: no such file, or not readable\n${USAGE}`);
    return BAD_INPUT;
  }
  const { openShell, runRunControl } = await import('./open.ts');
  const mode = input.kind !== 'none' ? 'batch' : await isPrompt(args, context) ? 'interactive' : 'single-shot';
  const shell = await openShell(args, context, mode);
  if (shell === undefined) return FAILURE;
  try {
    await runRunControl(shell);
    if (input.kind !== 'none') return await (await import('./modes/batch.ts')).runBatch(shell, input, args);
    if (mode === 'single-shot') return await (await import('./modes/single.ts')).runSingle(shell, args.words);
    return context.terminal.isInput ? await (await import('./modes/interactive.ts')).runInteractive(shell, args.words) : SUCCESS;
  } finally {
    await shell.close();
  }
}

/** `crm` and `crm configure` go on at a prompt; without a terminal there is nobody to go on. */
async function isPrompt(args: ShellArguments, context: ShellContext): Promise<boolean> {
  return args.words.length === 0 || (context.terminal.isInput && (await startsOnlyLevels(args.words)));
}

export type Input = { readonly kind: 'none' } | { readonly kind: 'text'; readonly text: string; readonly name: string | undefined } | { readonly kind: 'lines'; readonly lines: AsyncIterable<string> };

/** Undefined when the file cannot be read. */
async function inputOf(args: ShellArguments, context: ShellContext): Promise<Input | undefined> {
  if (args.file !== undefined && args.file !== '-') {
    const path = absolute(context.cwd, args.file);
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
