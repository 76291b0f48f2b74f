// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Broken input for every tool: command lines put together at random from the option tables and mutated, on CIBs that were mutated too.
 * `npx tsx test/tools/fuzz.ts COUNT [SEED]` runs it at length; a test runs a part of it.
 */
import { pathToFileURL } from 'node:url';
import { exitCodes } from '../../src/tools/exit/codes.ts';
import { allOptions, type OptionTable } from '../../src/tools/options/index.ts';
import { optionTables, tools } from '../../src/tools/index.ts';
import { SAMPLE } from './sample.ts';
import { runTool } from './world.ts';
import { Chance } from '../chance.ts';

export interface Problem {
  readonly case: number;
  readonly line: string;
  readonly text: string;
}

const WORDS = [
  'ClusterIP', 'clone-apache', 'WebSite', 'WebSite:0', 'ms-db', 'db', 'Email', 'nosuch', 'node1', 'node2', '1', '', '-5', 'INFINITY', '-INFINITY', 'value++', 'value+=x', 'PT1H', 'P', '2024-01-01',
  '2024-02-30/P1M', 'master-db', 'site', 'ip', 'target-role', 'Started', 'reboot', 'forever', 'crm_config', 'op_defaults', 'resources', 'constraints', 'status', 'bogus', '//primitive', '//*[', '/cib', '*', '.*', '[',
  'xml', 'json', 'html', 'text', '<primitive id="n" class="ocf" provider="p" type="t"/>', '<nvpair id="nodes-2-site" name="site" value="x"/>', '<cib epoch="1"/>', '<a', '<constraints/>', '<status/>', '<diff format="2"/>', '/cib.xml', '/nosuch.xml', '-',
  'a=b', '__proto__', 'constructor', 'toString', 'ocf:heartbeat:IPaddr2', '\u00A0', '\u201Dx\u201D', '日本', 'x'.repeat(300), '../../etc/x', '10s', '99999999999999999999', '0x10', 'true',
];

/** Nothing that needs a terminal or goes on for ever. */
const ENDLESS = new Set(['daemonize', 'interval', 'watch-fencing', 'repeat', 'profile', 'create', 'switch', 'edit', 'external-agent']);

function commandLine(table: OptionTable, chance: Chance): string[] {
  const options = allOptions(table).filter((option) => !ENDLESS.has(option.name) && !option.name.startsWith('help'));
  const argv: string[] = [];
  for (let left = chance.below(5) + 1; left > 0; left--) {
    const option = chance.pick(options);
    const spelling = chance.pick([option.name, option.short ?? option.name, ...(option.aliases ?? [])]);
    const flag = spelling.length === 1 ? `-${spelling}` : `--${spelling}`;
    if (option.argument === undefined) argv.push(flag);
    else if (chance.is(0.3) && spelling.length > 1) argv.push(`${flag}=${chance.pick(WORDS)}`);
    else argv.push(flag, ...(chance.is(0.95) ? [chance.pick(WORDS)] : []));
  }
  if (chance.is(0.1)) argv.splice(chance.below(argv.length + 1), 0, chance.pick(WORDS));
  const words = chance.is(0.15) ? argv.map((word) => (chance.is(0.3) ? mutateText(word, chance) : word)) : argv;
  // Without it crm_mon goes on for ever, so it is not mutated.
  return table.tool === 'crm_mon' ? ['-1', ...words] : words;
}

function mutateText(text: string, chance: Chance): string {
  const at = chance.below(text.length + 1);
  switch (chance.below(4)) {
    case 0:
      return text.slice(0, at) + text.slice(at + 1);
    case 1:
      return text.slice(0, at) + chance.pick(['<', '>', '"', '&', '=', ' ', '-', '\u0000', 'é', '9', '/']) + text.slice(at);
    case 2:
      return text.slice(0, at) + text.slice(at, at + 20) + text.slice(at);
    default:
      return text.slice(0, at);
  }
}

/** Mostly still XML: attributes and elements are changed, dropped or doubled; sometimes the text itself is broken. */
function mutateCib(chance: Chance): string {
  let text = SAMPLE;
  for (let left = chance.below(4); left > 0; left--) {
    if (chance.is(0.15)) text = mutateText(text, chance);
    else if (chance.is(0.5)) text = replaceNth(text, / [\w-]+="[^"]*"/g, chance, (found) => (chance.is(0.5) ? '' : found.replace(/"[^]*"/, `"${chance.pick(['', '-1', 'x', 'INFINITY', 'nosuch', '99999999999', 'true'])}"`)));
    else text = replaceNth(text, /<[\w-]+ [^<>]*\/>/g, chance, (found) => (chance.is(0.5) ? '' : found + found));
  }
  return text;
}

function replaceNth(text: string, pattern: RegExp, chance: Chance, by: (found: string) => string): string {
  const matches = [...text.matchAll(pattern)];
  if (matches.length === 0) return text;
  const match = chance.pick(matches);
  return text.slice(0, match.index) + by(match[0]) + text.slice(match.index + match[0].length);
}

const STEP = 1000;

const DOCUMENTED = new Set(exitCodes().map(([code]) => code));
/** Commands whose answer is no with a reason on standard output, or an exit code alone by design. */
const QUIET = /crm_ticket|iso8601|crm_error|crm_diff|crm_verify|crm_shadow/;
/** Commands that make several requests: what was done before the one that failed stays done. And those that may write where the CIB lies. */
const STEPWISE = /recursive|--?P|pattern|crm_resource|output-to|as-html|crm_mon.*"-h|save|xml-file/;

export async function fuzz(seed: number, first: number, count: number): Promise<Problem[]> {
  const problems: Problem[] = [];
  const names = [...tools.keys()];
  for (let number = first; number < first + count; number++) {
    const chance = new Chance(seed * 1_000_003 + number);
    const name = chance.pick(names);
    const argv = commandLine(await optionTables.get(name)!(), chance);
    const before = mutateCib(chance);
    const files = new Map([['/cib.xml', before]]);
    const env = new Map([['CIB_file', '/cib.xml'], ['CIB_shadow_dir', '/shadows'], ...(chance.is(0.1) ? [['CIB_user', 'eve'] as const] : [])]);
    const line = JSON.stringify([name, ...argv]);
    try {
      const { code, stdout, stderr } = await runTool(tools, name, argv, { files, env, input: chance.is(0.5) ? before : '' });
      if (!DOCUMENTED.has(code)) problems.push({ case: number, line, text: `exit code ${code}` });
      if (code !== 0 && stdout === '' && stderr === '' && !QUIET.test(name) && !line.includes('output-to')) problems.push({ case: number, line, text: `exit code ${code} without a word` });
      if (code !== 0 && files.get('/cib.xml') !== before && !STEPWISE.test(line)) problems.push({ case: number, line, text: `exit code ${code}, but the CIB was changed` });
    } catch (error) {
      problems.push({ case: number, line, text: error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 4).join(' | ') : String(error) });
    }
  }
  return problems;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [count = '1000', seed = '1', first = '0'] = process.argv.slice(2);
  const end = Number(first) + Number(count);
  let found = 0;
  // In steps, so that a long run shows how far it is.
  for (let at = Number(first); at < end; at += STEP) {
    const problems = await fuzz(Number(seed), at, Math.min(STEP, end - at));
    found += problems.length;
    for (const problem of problems.slice(0, 40)) console.log(`${problem.case}: ${problem.line}\n    ${problem.text}`);
    console.log(`${Math.min(at + STEP, end) - Number(first)} cases, ${found} problems`);
  }
  process.exitCode = found === 0 ? 0 : 1;
}
