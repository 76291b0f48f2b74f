// SPDX-License-Identifier: GPL-2.0-or-later
/** crm_error: the text of a result code. */
import { element } from '../../cib/index.ts';
import { EXIT } from '../exit/codes.ts';
import { tool, type ToolRun } from '../run.ts';
import { describeCode, LEAST_CODE, listCodes, type CodeFamily, type ResultCode } from './codes.ts';
import { table } from './options.ts';

export { table };

const LONGEST_NAME = 26;

export const run = tool(table, async (run) => {
  const { options } = run;
  const family: CodeFamily = options.has('exit') ? 'exit' : options.has('rc') ? 'standard' : 'legacy';
  if (options.has('list') || options.words.length === 0) {
    for (const [code, described] of listCodes(family)) show(run, code, described, true);
    return EXIT.ok;
  }
  for (const word of options.words) {
    const code = codeOf(word);
    show(run, code, describeCode(family, code), false);
  }
  return EXIT.ok;
});

/** A number of 32 bits, whatever follows it; words that are none stand for the least. */
function codeOf(word: string): number {
  if (!/^\s*[+-]?\d+/.test(word)) return LEAST_CODE;
  return Math.max(LEAST_CODE, Math.min(Number.parseInt(word, 10), -(LEAST_CODE + 1)));
}

function show({ options, output }: ToolRun, code: number, { name, text }: ResultCode, isList: boolean): void {
  const withName = options.has('name');
  const number = String(code).padStart(5);
  if (isList) output.text(withName ? `${number}: ${name.padEnd(LONGEST_NAME)}  ${text}` : `${number}: ${text}`);
  else output.text(withName ? `${name} - ${text}` : text);
  output.element(element('result-code', { code: String(code), name: withName ? name : undefined, description: text }));
}
