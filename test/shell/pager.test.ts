// SPDX-License-Identifier: GPL-2.0-or-later
/** What is longer than the screen goes through a pager, on a terminal only. */
import { describe, expect, it } from 'vitest';
import type { ShellContext, SpawnRequest } from '../../src/shell/context.ts';
import { Options } from '../../src/shell/options/index.ts';
import { page } from '../../src/shell/session/pager.ts';

const LONG = 'line\n'.repeat(30);

interface Terminal {
  readonly isTerminal?: boolean;
  readonly env?: Record<string, string>;
  readonly option?: string;
  readonly installed?: readonly string[];
}

function paged(text: string, { isTerminal = true, env = {}, option, installed = ['less', 'more', 'most'] }: Terminal = {}): { readonly isPaged: boolean; readonly calls: readonly SpawnRequest[] } {
  const calls: SpawnRequest[] = [];
  const disk = { read: () => undefined };
  const options = new Options(disk as unknown as ShellContext['disk'], { system: '/s', user: '/u' });
  if (option !== undefined) options.set('core.pager', option);
  const context = {
    env: new Map(Object.entries(env)),
    terminal: { isInput: isTerminal, isOutput: isTerminal, columns: 80, rows: 24 },
    spawnSync: (request: SpawnRequest) => {
      calls.push(request);
      return { code: installed.includes(request.program) ? 0 : 127, stdout: '', stderr: '' };
    },
  };
  return { isPaged: page(context as unknown as ShellContext, options, text), calls };
}

describe('the pager', () => {
  it('shows what is longer than the screen, with colours', () => {
    const { isPaged, calls } = paged(LONG);
    expect(isPaged).toBe(true);
    expect(calls).toEqual([{ program: 'less', args: ['-R', '-F', '-X'], input: LONG, isInteractive: true }]);
  });

  it.each([
    ['a text that fits', 'line\n'.repeat(23), {}],
    ['output that is no terminal', LONG, { isTerminal: false }],
    ['a line whose length is made of colours', `\u001b[31m${'\u001b[0m'.repeat(900)}x\n`, {}],
  ] as const)('leaves %s alone', (_what, text, terminal) => {
    expect(paged(text, terminal)).toEqual({ isPaged: false, calls: [] });
  });

  it('counts lines that are wider than the screen as the lines they take', () => {
    expect(paged(`${'x'.repeat(80 * 25)}\n`).isPaged).toBe(true);
  });

  it.each([
    ['the option', { option: 'most -s', env: { PAGER: 'more' } }, 'most', ['-s']],
    ['the environment', { env: { PAGER: 'more' } }, 'more', []],
    ['what is installed', { installed: ['more'] }, 'more', []],
  ] as const)('is taken from %s', (_where, terminal, program, args) => {
    expect(paged(LONG, terminal).calls.at(-1)).toMatchObject({ program, args });
  });

  it('is done without when none is installed', () => {
    expect(paged(LONG, { installed: [] }).isPaged).toBe(false);
  });
});
