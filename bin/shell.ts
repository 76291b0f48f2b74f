// SPDX-License-Identifier: GPL-2.0-or-later
/** The shell on the real platform. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Backend } from '../src/backends/index.ts';
import { askOnTerminal, openLineEditor, startProfile, type RealFace } from '../src/platform/real/index.ts';
import { runShell, type ClusterLauncher, type ShellContext } from '../src/shell/index.ts';

export function runCrm(argv: readonly string[], face: RealFace): Promise<number> {
  const context: ShellContext = {
    ...face,
    openBackend: ({ shadow }) => openBackend(face, withShadow(face.env, shadow)),
    launcher: clusterLauncher(face),
    runTool: async (name, args, { shadow, out = face.out }) => {
      const { tools } = await import('../src/tools/index.ts');
      const load = tools.get(name);
      if (load === undefined) throw new Error(`defect: there is no tool ${name}`);
      const env = withShadow(face.env, shadow);
      return (await load())(args, { ...face, env, out, openBackend: () => openBackend(face, env) });
    },
    startBackground: (words) => startBackground(words, face),
    startProfile,
    openLineEditor,
    ask: askOnTerminal,
  };
  return runShell(argv, context);
}

/** What a command needs only when it reaches for a cluster is loaded then. */
async function openBackend(face: RealFace, env: ReadonlyMap<string, string>): Promise<Backend> {
  const { chooseBackend } = await import('../src/backends/index.ts');
  return chooseBackend({ ...face, env, connect: async () => (await import('./cluster.ts')).connectEmbedded(face) });
}

function clusterLauncher(face: RealFace): ClusterLauncher {
  const cluster = () => import('./cluster.ts');
  return {
    start: async ({ nodes }) => (await cluster()).startInBackground(nodes, face),
    stop: async () => (await cluster()).stopRunning(face),
    isRunning: async () => (await cluster()).isAnswering(face),
    request: async (verb, args) => (await cluster()).requestCommand(verb, args, face),
  };
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
