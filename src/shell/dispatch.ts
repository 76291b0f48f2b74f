// SPDX-License-Identifier: GPL-2.0-or-later
/** Runs one command line: finds its levels and its command, runs it, leaves again. */
import { BackendError } from '../backends/index.ts';
import { FAILURE, SUCCESS, type Command, type Invocation } from './command.ts';
import { commonCommands } from './commands/everywhere.ts';
import { helpText } from './help.ts';
import { cleanLine } from './line/hygiene.ts';
import { positionAt, type SourcePosition } from './line/position.ts';
import { splitWords, type Word } from './line/words.ts';
import { shapeProblem } from './shape.ts';
import type { Shell } from './session/shell.ts';
import { waysTo } from './tree/elsewhere.ts';
import { entriesOf } from './tree/stack.ts';
import { entryName, lookup, skillOf, type Entry, type Found } from './tree/lookup.ts';
import { knownFailures, waitSettledIfRunning } from './wait.ts';

/** Runs a line at the current level. The level afterwards is the same, unless the line only named levels or navigated. */
export async function runLine(shell: Shell, rawLine: string, source: SourcePosition): Promise<number> {
  const { text: line, hadCurlyQuotes } = cleanLine(rawLine);
  if (line.trim() === '' || line.trimStart().startsWith('#')) return SUCCESS;
  shell.source = source;
  if (hadCurlyQuotes) shell.info('curly quotes are taken as plain quotes');
  const split = splitWords(line);
  if (!split.ok) {
    shell.source = positionAt(source, split.at);
    return shell.error(split.message);
  }
  try {
    return await runWords(shell, line, split.words, source);
  } catch (problem) {
    if (problem instanceof BackendError) return shell.error(problem.message);
    throw problem;
  } finally {
    shell.flush();
    shell.source = undefined;
  }
}

async function runWords(shell: Shell, line: string, words: readonly Word[], source: SourcePosition): Promise<number> {
  const depth = shell.stack.depth;
  for (const [index, word] of words.entries()) {
    shell.source = positionAt(source, word.start);
    const found = await find(shell, word.text);
    if (found === undefined) {
      await shell.stack.leaveTo(depth, shell, 'single-shot');
      return FAILURE;
    }
    if (found.entry.kind === 'level') {
      if (await shell.stack.enter(found.entry.level, shell)) continue;
      await shell.stack.leaveTo(depth, shell, 'single-shot');
      return FAILURE;
    }
    const { command } = found.entry;
    const invocation = { name: command.name, typed: word.text, args: words.slice(index + 1).map((one) => one.text), line: line.slice(word.start), source: shell.source };
    return runCommand(shell, command, invocation, depth);
  }
  return SUCCESS;
}

async function runCommand(shell: Shell, command: Command, invocation: Invocation, depth: number): Promise<number> {
  shell.command = [...shell.path, command.name].join(' ');
  return settled(shell, command.waits === true, async () => {
    const code = await runChecked(shell, command, invocation);
    if (NAVIGATION.has(command.name)) return code;
    const left = await shell.stack.leaveTo(depth, shell, 'single-shot');
    return code === SUCCESS && left === 'failed' ? FAILURE : code;
  });
}

/** Runs an action and, if the user wants that and something may have changed, waits until the cluster has settled. */
export async function settled(shell: Shell, isChange: boolean, action: () => Promise<number>): Promise<number> {
  if (!shell.flags.wait && !shell.options.isOn('core.wait')) return action();
  const known = await knownFailures(shell);
  const before = shell.changeCount;
  const code = await action();
  if (code !== SUCCESS || (!isChange && shell.changeCount === before)) return code;
  return waitSettledIfRunning(shell, known);
}

/** These move between levels themselves. */
const NAVIGATION = new Set(['cd', 'up', 'quit']);

async function runChecked(shell: Shell, command: Command, invocation: Invocation): Promise<number> {
  if (command.isVerbatim === true) return command.run(invocation, shell);
  const json = command.isRaw === true ? invocation.args.at(-1) === '--json' : invocation.args.includes('--json');
  const checked = json ? withoutJson(invocation, command.isRaw === true ? /\s--json\s*$/ : /\s--json(?=\s|$)/) : invocation;
  const run = (): Promise<number> => shell.withFlags(json ? { json: true } : {}, () => command.run(checked, shell));
  if (command.isRaw === true) return run();
  if (invocation.args.at(-1) === '--help') {
    shell.print(helpText(command));
    return SUCCESS;
  }
  const problem = shapeProblem(command, checked.args.length);
  if (problem !== undefined) return shell.error(`${[...shell.path, command.name].join('.')}: ${problem}`);
  return run();
}

function withoutJson(invocation: Invocation, inLine: RegExp): Invocation {
  return { ...invocation, args: invocation.args.filter((arg) => arg !== '--json'), line: invocation.line.replace(inLine, '') };
}

/** What a word means here; says so when it is not the name itself, and why when it means nothing. */
async function find(shell: Shell, word: string): Promise<Found | undefined> {
  const entries: readonly Entry[] = [...entriesOf(shell.stack.current.body), ...commonCommands(shell).map((command) => ({ kind: 'command', command }) as const)];
  const found = lookup(word, entries, shell.options.isOn('core.correct_typos'));
  const place = [...shell.path, word].join('.');
  if (found.entry === undefined) {
    const hint = suggestion(found.candidates, found.isAmbiguous) || (await elsewhere(shell, word));
    shell.error(`${place}: No such command${hint}`);
    return undefined;
  }
  if (!isSkilled(shell, found.entry)) {
    shell.error(`${place}: needs skill level ${skillOf(found.entry)} (crm options skill-level)`);
    return undefined;
  }
  const name = entryName(found.entry);
  if (found.how === 'correction') shell.warn(`"${word}" is no command here, taken as "${name}"`);
  else if (found.how !== 'exact' && found.how !== 'alias') shell.info(`"${word}" is accepted as "${name}"`);
  if (found.how === 'old-name') shell.warn(`This command '${word}' is deprecated, please use '${name}'`);
  return found;
}

function suggestion(candidates: readonly string[], isAmbiguous: boolean): string {
  if (candidates.length === 0) return '';
  return isAmbiguous ? ` (can mean ${candidates.join(', ')})` : `, did you mean ${candidates.join(' or ')}?`;
}

/** The command of that name at another level, as it is written from the root. */
async function elsewhere(shell: Shell, word: string): Promise<string> {
  const ways = await waysTo(word, shell.stack.root);
  return ways.length === 0 ? '' : ` here; there is: ${ways.slice(0, MAX_WAYS).map((way) => `crm ${way}`).join(', ')}`;
}

const MAX_WAYS = 3;
const SKILLS = ['operator', 'administrator', 'expert'];

export function isSkilled(shell: Shell, entry: Entry): boolean {
  return SKILLS.indexOf(skillOf(entry)) <= SKILLS.indexOf(shell.options.get('core.skill_level'));
}
