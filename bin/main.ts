// SPDX-License-Identifier: GPL-2.0-or-later
/** Entry of the bundle: a command's name and its arguments in, its exit code out. Each face is loaded when it is called. */
import { join } from 'node:path';
import { version } from '../package.json';
import type { Backend, BackendChoice } from '../src/backends/index.ts';
import { realFace, type RealFace } from '../src/platform/real/index.ts';

/** Software failure (crm_error 70), for defects of this program. */
const DEFECT = 70;
const UNKNOWN_COMMAND = 127;

export async function main(command: string, argv: readonly string[]): Promise<number> {
  try {
    return await run(command, argv);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    const trace = process.env['QUORATE_DEBUG'] === undefined || !(error instanceof Error) ? '' : `\n${error.stack}`;
    process.stderr.write(`${command}: ${text}${trace}\n`);
    return DEFECT;
  }
}

async function run(command: string, argv: readonly string[]): Promise<number> {
  const face = realFace(version, join(__dirname, '..', '..'));
  if (command === 'quorate-supervisor') return (await import('./supervisor.ts')).supervise(argv, face);
  if (command === 'crm') return (await import('./shell.ts')).runCrm(argv, face);
  const { tools } = await import('../src/tools/index.ts');
  const load = tools.get(command);
  if (load === undefined) {
    face.err(`${command}: there is no such command\n`);
    return UNKNOWN_COMMAND;
  }
  return (await load())(argv, { ...face, openBackend: (choice) => openBackend(face, choice) });
}

async function openBackend(face: RealFace, choice: Partial<BackendChoice> = {}): Promise<Backend> {
  const { chooseBackend } = await import('../src/backends/index.ts');
  return chooseBackend({ ...face, ...choice, connect: async () => (await import('./cluster.ts')).connectEmbedded(face) });
}
