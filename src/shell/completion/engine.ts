// SPDX-License-Identifier: GPL-2.0-or-later
/** What can be typed at the cursor. One engine for the prompt and for system shells; it never fails and changes nothing. */
import type { Candidate, Command, LevelBody } from '../command.ts';
import { commonCommands } from '../commands/everywhere.ts';
import { isSkilled } from '../dispatch.ts';
import { splitWords } from '../line/words.ts';
import type { Shell } from '../session/shell.ts';
import { entryName, isHidden, lookup, type Entry } from '../tree/lookup.ts';
import { entriesOf } from '../tree/stack.ts';

export interface Completions {
  readonly candidates: readonly Candidate[];
  /** Offset where the word begins that the candidates replace. */
  readonly start: number;
}

/** `exactOnly` (system shells) takes no abbreviations of levels and commands. */
export async function complete(shell: Shell, line: string, cursor: number, exactOnly = false): Promise<Completions> {
  const text = line.slice(0, cursor);
  const start = startOfWord(text);
  const split = splitWords(text.slice(0, start));
  if (!split.ok) return { candidates: [], start };
  const prefix = text.slice(start);
  try {
    const found = await candidatesFor(shell, split.words.map((word) => word.text), prefix, exactOnly);
    return { candidates: found.filter((one) => one.text.startsWith(prefix)), start };
  } catch {
    // Completion is a courtesy: without a cluster or with a broken agent there is just nothing to offer.
    return { candidates: [], start };
  }
}

/** Blanks and commas end a word; a comma-separated list is completed item by item. */
function startOfWord(text: string): number {
  return Math.max(text.lastIndexOf(' '), text.lastIndexOf('\t'), text.lastIndexOf(',')) + 1;
}

async function candidatesFor(shell: Shell, words: readonly string[], prefix: string, exactOnly: boolean): Promise<readonly Candidate[]> {
  let { body } = shell.stack.current;
  for (const [index, word] of words.entries()) {
    const found = lookup(word, entriesAt(shell, body), false);
    if (found.entry === undefined || (exactOnly && found.how !== 'exact')) return [];
    if (found.entry.kind === 'command') return ofCommand(shell, found.entry.command, words.slice(index + 1), prefix);
    body = await found.entry.level.load();
  }
  return entriesAt(shell, body)
    .filter((entry) => !isHidden(entry) && isSkilled(shell, entry))
    .map((entry) => ({ text: entryName(entry), help: summaryOf(entry) }))
    .sort((a, b) => (a.text < b.text ? -1 : 1));
}

async function ofCommand(shell: Shell, command: Command, words: readonly string[], prefix: string): Promise<readonly Candidate[]> {
  if (command.complete === undefined) return [];
  const found = await command.complete({ words, prefix, session: shell });
  return found.map((one) => (typeof one === 'string' ? { text: one } : one));
}

function entriesAt(shell: Shell, body: LevelBody): readonly Entry[] {
  return [...entriesOf(body), ...commonCommands(shell).map((command) => ({ kind: 'command', command }) as const)];
}

function summaryOf(entry: Entry): string {
  return entry.kind === 'command' ? entry.command.summary : entry.level.summary;
}
