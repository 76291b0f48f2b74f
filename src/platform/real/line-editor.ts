// SPDX-License-Identifier: GPL-2.0-or-later
/** Line editing with history and Tab completion on Node's readline; loaded only when a person types. */
import { createInterface } from 'node:readline/promises';

const HISTORY_LINES = 1000;

export interface LineEditorRequest {
  /** Oldest first. */
  readonly history: readonly string[];
  complete(line: string, cursor: number): Promise<{ readonly candidates: readonly string[]; readonly replaced: string }>;
  onHistory(lines: readonly string[]): void;
}

/** `readLine` gives undefined at the end of input and rejects with `interrupted` on Ctrl-C. */
export function openLineEditor(request: LineEditorRequest): { readLine(prompt: string): Promise<string | undefined>; close(): void } {
  const readline = createInterface({
    input: process.stdin,
    output: process.stdout,
    historySize: HISTORY_LINES,
    history: [...request.history].reverse(),
    removeHistoryDuplicates: true,
    completer: async (line: string): Promise<[string[], string]> => {
      const { candidates, replaced } = await request.complete(line, readline.cursor);
      return [[...candidates], replaced];
    },
  });
  readline.on('history', (lines) => request.onHistory([...lines].reverse()));
  let hasEnded = false;
  readline.on('close', () => (hasEnded = true));
  return {
    async readLine(prompt) {
      if (hasEnded) return undefined;
      const stop = new AbortController();
      const interrupt = (): void => stop.abort();
      let ended = (): void => {};
      readline.once('SIGINT', interrupt);
      try {
        return await new Promise<string | undefined>((resolve, reject) => {
          ended = () => resolve(undefined);
          readline.once('close', ended);
          readline.question(prompt, { signal: stop.signal }).then(resolve, () => reject(new Error('interrupted')));
        });
      } finally {
        readline.off('SIGINT', interrupt);
        readline.off('close', ended);
      }
    },
    close: () => readline.close(),
  };
}

/** Asks for one line on the terminal. */
export async function askOnTerminal(question: string): Promise<string> {
  const readline = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await readline.question(question);
  } finally {
    readline.close();
  }
}
