// SPDX-License-Identifier: GPL-2.0-or-later
/** The rc file: commands that run at every start, before anything else. A user who has a file of options needs none. */
import { runLine } from '../dispatch.ts';
import { LineJoiner } from '../line/continuation.ts';
import { optionFiles } from '../options/index.ts';
import type { Shell } from '../session/shell.ts';

export async function runRunControl(shell: Shell): Promise<void> {
  const { env, disk } = shell.context;
  const home = env.get('HOME') ?? '';
  if (disk.status(optionFiles(env).user) !== undefined) return;
  const file = [`${env.get('XDG_CONFIG_HOME') || `${home}/.config`}/crm/rc`, `${home}/.crm.rc`].find((path) => disk.status(path)?.kind === 'file');
  if (file === undefined) return;
  // As a script: what it sets lasts for this session.
  await shell.inMode('batch', async () => {
    const joiner = new LineJoiner();
    for (const raw of (disk.read(file) ?? '').split('\n')) {
      const line = joiner.add(raw);
      if (line !== undefined) await runLine(shell, line.text, { file, line: line.line, column: 1, further: line.further });
    }
    await shell.stack.leaveTo(1, shell, 'batch-end');
  });
}
