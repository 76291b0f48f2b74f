// SPDX-License-Identifier: GPL-2.0-or-later
/** Colours of the options (`red bold`) as terminal sequences, and whether to use them. */
import type { ShellContext } from '../context.ts';
import type { Options } from '../options/index.ts';

const CODES: ReadonlyMap<string, string> = new Map([
  ['normal', '0'],
  ['bold', '1'],
  ['underline', '4'],
  ['black', '30'],
  ['red', '31'],
  ['green', '32'],
  ['yellow', '33'],
  ['blue', '34'],
  ['magenta', '35'],
  ['cyan', '36'],
  ['white', '37'],
]);

/** Terminal, `color-always`, `NO_COLOR`, `plain`: in that order of weakness. */
export function isColourful(context: ShellContext, options: Options): boolean {
  const styles = options.get('color.style').split(',');
  if (styles.includes('color-always')) return true;
  if (styles.includes('plain') || (context.env.get('NO_COLOR') ?? '') !== '') return false;
  return context.terminal.isOutput && styles.includes('color') && context.env.get('TERM') !== 'dumb';
}

export function paint(text: string, colours: string): string {
  const codes = colours.split(/\s+/).flatMap((word) => CODES.get(word) ?? []);
  return codes.length === 0 ? text : `\u001b[${codes.join(';')}m${text}\u001b[0m`;
}
