// SPDX-License-Identifier: GPL-2.0-or-later
/** Text longer than the screen goes through the user's pager. */
import type { ShellContext } from '../context.ts';
import type { Options } from '../options/index.ts';

/** Tried in this order when neither option nor environment names one. */
const USUAL_PAGERS = ['less', 'more'];
/** Colours pass, a text that fits is only printed, and it stays on the screen afterwards. */
const LESS_OPTIONS = ['-R', '-F', '-X'];
/** `ESC [ 1 ; 31 m` */
const COLOUR = new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*m`, 'g');
/** What shells answer for a program that is not there. */
const NOT_FOUND = 127;

/** True when a pager showed the text; else it is still to be printed. */
export function page(context: ShellContext, options: Options, text: string): boolean {
  const { terminal } = context;
  if (!terminal.isInput || !terminal.isOutput || screenLines(text, terminal.columns) < terminal.rows) return false;
  return pagersOf(context, options).some(([program = '', ...args]) => context.spawnSync({ program, args: [...(/(^|\/)less$/.test(program) ? LESS_OPTIONS : []), ...args], input: text, isInteractive: true }).code !== NOT_FOUND);
}

/** Lines that are wider than the screen take several of its own. */
function screenLines(text: string, columns: number): number {
  let lines = 0;
  for (const line of text.replace(/\n$/, '').split('\n')) lines += Math.max(1, Math.ceil(visibleLength(line) / Math.max(1, columns)));
  return lines;
}

function visibleLength(line: string): number {
  return line.replace(COLOUR, '').length;
}

function pagersOf({ env }: ShellContext, options: Options): readonly (readonly string[])[] {
  const told = options.get('core.pager') || env.get('PAGER') || '';
  const words = told.split(/\s+/).filter((word) => word !== '');
  return words.length > 0 ? [words] : USUAL_PAGERS.map((name) => [name]);
}
