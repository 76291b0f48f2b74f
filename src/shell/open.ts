// SPDX-License-Identifier: GPL-2.0-or-later
/** Makes the session of one start of the shell: options from files and `-o`, the root level, the shadow to work on. */
import type { ShellArguments } from './arguments.ts';
import { SUCCESS } from './command.ts';
import type { ShellContext } from './context.ts';
import { runLine } from './dispatch.ts';
import { Options, optionFiles } from './options/index.ts';
import type { SessionMode } from './session.ts';
import { Shell } from './session/shell.ts';
import { HISTORY_SOURCE, SCRIPT_DIRECTORIES } from './session/given.ts';
import { ROOT } from './tree/root.ts';

export { runRunControl } from './modes/run-control.ts';

/** Undefined after a message when an option is bad. */
export async function openShell(args: ShellArguments, context: ShellContext, mode: SessionMode): Promise<Shell | undefined> {
  const options = new Options(context.disk, optionFiles(context.env));
  for (const problem of options.problems) context.err(`WARNING: ${problem}\n`);
  const display = args.display === undefined ? [] : [`color.style=${args.display}`];
  for (const setting of [...display, ...args.options]) {
    const problem = setOption(options, setting);
    if (problem === undefined) continue;
    context.err(`ERROR: ${problem}\n`);
    return undefined;
  }
  if (args.allow.length > 0) options.set('lint.allow', [options.get('lint.allow'), ...args.allow].join(' ').trim());
  const { force, no, wait, debug, json, dryRun, strict } = args;
  const root = { level: ROOT, body: await ROOT.load() };
  const shell = new Shell({ context, options, mode, root, flags: { force, no, wait, debug, json, dryRun, strict }, isRegressionTest: args.regression });
  shell.runner = (line) => runLine(shell, line, { file: undefined, line: 1, column: 1 });
  if (args.shadow !== undefined && (await (await import('./commands/cib/shadow.ts')).useShadow(shell, args.shadow)) !== SUCCESS) return undefined;
  if (args.history !== undefined) shell.setState(HISTORY_SOURCE, args.history);
  if (args.scriptDirectories.length > 0) shell.setState(SCRIPT_DIRECTORIES, args.scriptDirectories);
  return shell;
}

function setOption(options: Options, setting: string): string | undefined {
  const match = /^([\w.-]+)=(.*)$/.exec(setting);
  if (match === null) return `-o: expected SECTION.NAME=VALUE, found "${setting}"`;
  const key = match[1]!.replaceAll('-', '_');
  const problem = options.check(key, match[2]!);
  if (problem === undefined) options.set(key, match[2]!);
  return problem;
}
