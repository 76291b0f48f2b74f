// SPDX-License-Identifier: GPL-2.0-or-later
/** The prompt: lines with editing, history and completion until the user leaves. */
import { FAILURE, SUCCESS } from '../command.ts';
import { complete } from '../completion/engine.ts';
import type { LineEditor } from '../context.ts';
import { runLine } from '../dispatch.ts';
import { LineJoiner } from '../line/continuation.ts';
import { isColourful, paint } from '../session/paint.ts';
import type { Shell } from '../session/shell.ts';
import { runSingle } from './single.ts';
import { keepPending } from '../transactions/recovery.ts';

const HISTORY_LINES = 1000;
const CONTINUATION = '   > ';

/** `words` name levels to begin in. */
export async function runInteractive(shell: Shell, words: readonly string[]): Promise<number> {
  await offerCluster(shell);
  if (words.length > 0) await runSingle(shell, words);
  for (;;) {
    const editor = openEditor(shell);
    try {
      const end = await readLines(shell, editor);
      if (end !== 'stays') return end;
    } finally {
      editor.close();
    }
  }
}

function openEditor(shell: Shell): LineEditor {
  const file = historyFile(shell);
  return shell.context.openLineEditor({
    history: (shell.context.disk.read(file) ?? '').split('\n').filter((line) => line !== ''),
    complete: async (line, cursor) => {
      const { candidates, start } = await complete(shell, line, cursor);
      const texts = candidates.map((one) => one.text);
      return { candidates: texts.length === 1 ? [withBlank(texts[0]!)] : texts, replaced: line.slice(start, cursor) };
    },
    onHistory: (lines) => shell.context.disk.write(file, `${lines.slice(-HISTORY_LINES).join('\n')}\n`, 0o600),
  });
}

/** The one word that fits is finished, unless a value or a further part of a name belongs behind it. */
function withBlank(text: string): string {
  return /[=:/]$/.test(text) ? text : `${text} `;
}

/** Someone who starts the shell on an empty machine wants a cluster to try things on. */
async function offerCluster(shell: Shell): Promise<void> {
  const { env, launcher } = shell.context;
  if (env.has('CIB_file') || shell.shadow !== undefined || (await launcher.isRunning())) return;
  if (await shell.confirm('No cluster is running. Start one')) await runLine(shell, 'cluster start', { file: undefined, line: 1, column: 1 });
  else shell.info('cluster start starts one; CIB_file=FILE works on a file');
}

/** `stays`: the user ended the input (Ctrl-D), was asked about pending changes, and chose to stay. */
async function readLines(shell: Shell, editor: LineEditor): Promise<number | 'stays'> {
  let joiner = new LineJoiner();
  let hasTyped = false;
  while (!shell.hasQuit) {
    let raw: string | undefined;
    try {
      raw = await editor.readLine(joiner.isOpen ? CONTINUATION : prompt(shell));
    } catch {
      // Ctrl-C drops the line that is being typed.
      joiner = new LineJoiner();
      continue;
    }
    if (raw === undefined) return endOfInput(shell, hasTyped);
    hasTyped = true;
    const line = joiner.add(raw);
    if (line === undefined) continue;
    await runLine(shell, line.text, { file: undefined, line: 1, column: 1 });
    await keepPending(shell);
  }
  return SUCCESS;
}

/** A terminal that has gone for good ends the input again at once: then the pending changes are kept for a session to come. */
async function endOfInput(shell: Shell, hasTyped: boolean): Promise<number | 'stays'> {
  const left = await shell.stack.leaveTo(1, shell, 'quit');
  shell.flush();
  await keepPending(shell);
  if (left === 'stay' && hasTyped) return 'stays';
  return left === 'left' ? SUCCESS : FAILURE;
}

/** `crm(live/node1)configure# ` */
export function prompt(shell: Shell): string {
  const text = `crm(${shell.shadow ?? 'live'}/${shell.context.hostName})${shell.path.join(' ')}# `;
  return isColourful(shell.context, shell.options) ? paint(text, shell.options.get('color.ok')) : text;
}

function historyFile(shell: Shell): string {
  const { env } = shell.context;
  const told = shell.options.get('path.cache');
  const cache = told !== '' ? told : `${env.get('XDG_CACHE_HOME') || `${env.get('HOME') ?? ''}/.cache`}/crm`;
  return `${cache}/history`;
}
