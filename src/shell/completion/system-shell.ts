// SPDX-License-Identifier: GPL-2.0-or-later
/** `crm --complete POINT LINE`: candidates for bash, zsh and fish, one a line, with a tab and a description behind where there is one. */
import { parseArguments } from '../arguments.ts';
import { SUCCESS } from '../command.ts';
import type { ShellContext } from '../context.ts';
import { openShell } from '../open.ts';
import { complete } from './engine.ts';

/** Bash breaks words at colons, so only what follows the last one is wanted back. */
const COLON = ':';

export async function printCompletions(request: { readonly point: number; readonly line: string }, context: ShellContext): Promise<number> {
  const parsed = parseArguments([]);
  if (!parsed.ok) return SUCCESS;
  const line = withoutProgram(request.line.slice(0, request.point));
  const shell = await openShell(parsed.value, { ...context, err: () => {} }, 'single-shot');
  if (shell === undefined) return SUCCESS;
  const { candidates, start } = await complete(shell, line, line.length, true);
  const word = line.slice(start);
  const skipped = word.lastIndexOf(COLON) + 1;
  for (const candidate of candidates) context.out(`${candidate.text.slice(skipped)}${endsWord(candidate.text) ? ' ' : ''}\n`);
  await shell.close();
  return SUCCESS;
}

/** A name that takes a value, or the beginning of an agent's name, gets no blank behind it. */
function endsWord(text: string): boolean {
  return !text.endsWith('=') && !text.endsWith(COLON) && !text.endsWith('/');
}

/** Cuts the text up to the program's name, and the flags that may stand behind it. */
function withoutProgram(line: string): string {
  return line.replace(/^.*?\bcrm(?=\s|$)/, '').replace(/^(?:\s+(?:-[Fnwd]|--force|--no|--wait|--debug|--json|--dry-run))*(?=\s)/, '').trimStart();
}
