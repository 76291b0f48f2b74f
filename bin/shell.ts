// SPDX-License-Identifier: GPL-2.0-or-later
/** The shell on the real platform. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { chooseBackend } from '../src/backends/index.ts';
import { askOnTerminal, openLineEditor, type RealFace } from '../src/platform/real/index.ts';
import { runShell, type ShellContext } from '../src/shell/index.ts';
import { clusterLauncher, connectEmbedded } from './cluster.ts';

export function runCrm(argv: readonly string[], face: RealFace): Promise<number> {
  const context: ShellContext = {
    ...face,
    openBackend: ({ shadow }) => chooseBackend({ ...face, env: withShadow(face.env, shadow), connect: () => connectEmbedded(face) }),
    launcher: clusterLauncher(face),
    runTool: async (name, args, { shadow }) => {
      const { tools } = await import('../src/tools/index.ts');
      const load = tools.get(name);
      if (load === undefined) throw new Error(`defect: there is no tool ${name}`);
      const env = withShadow(face.env, shadow);
      const openBackend = () => chooseBackend({ ...face, env, connect: () => connectEmbedded(face) });
      return (await load())(args, { ...face, env, openBackend });
    },
    startBackground: (words) => startBackground(words, face),
    openLineEditor,
    ask: askOnTerminal,
  };
  return runShell(argv, context);
}

function withShadow(env: ReadonlyMap<string, string>, shadow: string | undefined): ReadonlyMap<string, string> {
  return shadow === undefined ? env : new Map([...env, ['CIB_shadow', shadow]]);
}

function startBackground(argv: readonly string[], face: RealFace): void {
  const child = spawn(process.execPath, [join(face.programDirectory, 'bin', 'crm'), ...argv], { cwd: face.cwd, detached: true, stdio: 'ignore' });
  // Nobody is there to be told when it cannot start: the next shell does what it would have done.
  child.on('error', () => {});
  child.unref();
}
