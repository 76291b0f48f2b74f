// SPDX-License-Identifier: GPL-2.0-or-later
/** Line editing with history and Tab completion on Node's readline; loaded only when a person types. */
import { createInterface, type Interface } from 'node:readline/promises';

const HISTORY_LINES = 1000;

export interface LineEditorRequest {
  /** Oldest first. */
  readonly history: readonly string[];
  complete(line: string, cursor: number): Promise<{ readonly candidates: readonly string[]; readonly replaced: string }>;
  onHistory(lines: readonly string[]): void;
}

/** The editor that has the terminal: two readers would share the keys between them. */
let editor: Interface | undefined;
let isAsking = false;

/** `readLine` gives undefined at the end of input and rejects with `interrupted` on Ctrl-C. */
export function openLineEditor(request: LineEditorRequest): { readLine(prompt: string): Promise<string | undefined>; close(): void } {
  const readline = createInterface({
    input: process.stdin,
    output: process.stdout,
    historySize: HISTORY_LINES,
    history: [...request.history].reverse(),
    removeHistoryDuplicates: true,
    completer: async (line: string): Promise<[string[], string]> => {
      if (isAsking) return [[], line];
      const { candidates, replaced } = await request.complete(line, readline.cursor);
      return [[...candidates], replaced];
    },
  });
  editor = readline;
  readline.on('history', (lines) => {
    // An answer is no command to come back to; Node lets a listener change the list.
    if (isAsking) lines.shift();
    else request.onHistory([...lines].reverse());
  });
  readline.on('close', () => {
    if (editor === readline) editor = undefined;
  });
  return {
    async readLine(prompt) {
      if (editor !== readline) return undefined;
      const answer = await questionOn(readline, prompt);
      if (answer === 'interrupted') throw new Error('interrupted');
      return answer?.line;
    },
    close: () => readline.close(),
  };
}

/** Asks for one line on the terminal; undefined when there is no answer (Ctrl-C, Ctrl-D). */
export async function askOnTerminal(question: string): Promise<string | undefined> {
  const readline = editor ?? createInterface({ input: process.stdin, output: process.stdout });
  isAsking = true;
  try {
    const answer = await questionOn(readline, question);
    return answer === 'interrupted' ? undefined : answer?.line;
  } finally {
    isAsking = false;
    if (readline !== editor) readline.close();
  }
}

/** Undefined at the end of input. */
async function questionOn(readline: Interface, prompt: string): Promise<{ readonly line: string } | 'interrupted' | undefined> {
  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  let ended = (): void => {};
  readline.once('SIGINT', interrupt);
  try {
    return await new Promise((resolve) => {
      ended = () => resolve(undefined);
      readline.once('close', ended);
      readline.question(prompt, { signal: stop.signal }).then((line) => resolve({ line }), () => resolve('interrupted'));
    });
  } finally {
    readline.off('SIGINT', interrupt);
    readline.off('close', ended);
  }
}
