// SPDX-License-Identifier: GPL-2.0-or-later
/** A shell that works on a shadow: what `crm_shadow --create` ends in on a terminal. */
import { EXIT } from '../exit/codes.ts';
import { ToolFailure, type ToolRun } from '../run.ts';

export async function openShell({ context, output }: ToolRun, name: string): Promise<number> {
  const program = context.env.get('SHELL') ?? '/bin/sh';
  const env = new Map(context.env);
  env.set('CIB_shadow', name);
  env.set('PS1', `shadow[${name}] # `);
  output.text(`Setting up shadow instance`, `Type Ctrl-D to exit the crm_shadow shell`);
  const args = program.endsWith('bash') ? ['--norc', '--noprofile'] : [];
  const { code } = await context.spawn({ program, args, env: [...env], isInteractive: true });
  if (code === CANNOT_START) throw new ToolFailure(EXIT.error, `Could not start the shell ${program}`);
  return EXIT.ok;
}

const CANNOT_START = 127;
