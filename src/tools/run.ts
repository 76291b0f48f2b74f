// SPDX-License-Identifier: GPL-2.0-or-later
/** What every tool does around its own work: read the command line, answer `--help` and `--version`, open the output, end. */
import { BackendError } from '../backends/index.ts';
import { element, parseTimeout } from '../cib/index.ts';
import { absolute } from '../platform/index.ts';
import type { Tool, ToolContext } from './context.ts';
import { describeExit, EXIT } from './exit/codes.ts';
import { helpText, longNames, parseOptions, spelled, type OptionTable, type ParsedOptions } from './options/index.ts';
import { isOutputFormat, Output, requestText, type OutputFormat } from './output/index.ts';

/** Release of Pacemaker whose tools these are compatible with. */
export const PACEMAKER_VERSION = '3.0.2';
const AUTHORS = 'Written by Andrew Beekhof and the Pacemaker project contributors';

/** What a tool's own function gets. */
export interface ToolRun {
  readonly options: ParsedOptions;
  readonly output: Output;
  readonly context: ToolContext;
  /** Text after `TOOL: ` on standard error, or an `<error>` element; gives the code back. */
  fail(code: number, message: string): number;
  usageText(): string;
}

/** A failure to be told as `TOOL: message` with an exit code; lets nested functions give up in one step. The message may be empty where the exit code is told in words. */
export class ToolFailure extends Error {
  readonly code: number;
  /** False when the message stands without the tool's name in front. */
  readonly isPrefixed: boolean;
  constructor(code: number, message: string, isPrefixed = true) {
    super(message);
    this.name = 'ToolFailure';
    this.code = code;
    this.isPrefixed = isPrefixed;
  }
}

/** What a tool answers to an option that its table says is refused. */
export function refusal(table: OptionTable, name: string): ToolFailure {
  const reason = table.options.find((option) => option.name === name)?.refused;
  if (reason === undefined) throw new Error(`${table.tool} has no reason to refuse --${name}`);
  return new ToolFailure(EXIT.unimplemented, `--${name} is refused: ${reason}`);
}

/** Makes a tool of an option table and the function that does the work. */
export function tool(table: OptionTable, work: (run: ToolRun) => Promise<number>): Tool {
  return async (argv, context) => {
    if (argv[0] === '--complete') return complete(table, argv.slice(1), context);
    const parsed = parseOptions(table, argv);
    for (const notice of parsed.notices) context.err(`${notice}\n`);
    if (!parsed.ok) return refuse(table, parsed.kind, parsed.word, context);
    const { options } = parsed;
    const problem = badArgument(table, options) ?? table.check?.(options);
    if (problem !== undefined) return refuse(table, 'malformed', problem, context);
    const help = options.given.find((one) => one.name.startsWith('help'));
    if (help !== undefined) {
      context.out(helpText(table, help.name === 'help' ? undefined : help.name.slice('help-'.length)));
      return EXIT.ok;
    }
    return withOutput(table, argv, options, context, (output) => runWork(table, { options, output, context }, work));
  };
}

const INTEGER = /^\s*[+-]?(?:0x[\da-f]+|\d+)$/i;

function badArgument(table: OptionTable, { given }: ParsedOptions): string | undefined {
  const options = new Map(table.options.map((option) => [option.name, option]));
  for (const { name, spelling, value = '' } of given) {
    const option = options.get(name);
    if (option?.isInteger === true && !INTEGER.test(value)) return `Cannot parse integer value “${value}” for ${spelled(spelling)}`;
    if (option?.isTime === true && parseTimeout(value) === undefined) return `Error parsing option ${spelled(spelling)}`;
  }
  return undefined;
}

/** For the shell's completion; see `completions/`. */
async function complete(table: OptionTable, words: readonly string[], context: ToolContext): Promise<number> {
  const { completeCommandLine } = await import('./completion/index.ts');
  for (const candidate of await completeCommandLine(table, words, context)) context.out(`${candidate}\n`);
  return EXIT.ok;
}

function refuse(table: OptionTable, kind: 'unknown' | 'missing' | 'malformed', word: string, context: ToolContext): number {
  const code = table.usageCode ?? EXIT.usage;
  if (table.dialect === 'getopt') {
    context.err(`${table.tool}: ${getoptMessage(table, kind, word)}\n`);
    context.out(`\n${helpText(table)}`);
    return code;
  }
  const text = kind === 'unknown' ? `Unknown option ${word}` : kind === 'missing' ? `Missing argument for ${word}` : word;
  context.err(`${table.tool}: ${text}\n`);
  return code;
}

function getoptMessage(table: OptionTable, kind: 'unknown' | 'missing' | 'malformed', word: string): string {
  if (!word.startsWith('--')) return kind === 'missing' ? `option requires an argument -- '${word.slice(1)}'` : `invalid option -- '${word.slice(1)}'`;
  if (kind === 'missing') return `option '${word}' requires an argument`;
  const name = word.slice(2).split('=', 1)[0]!;
  const names = longNames(table);
  if (names.includes(name)) return `option '--${name}' doesn't allow an argument`;
  const possible = names.filter((one) => one.startsWith(name)).map((one) => `'--${one}'`);
  return possible.length > 1 ? `option '--${name}' is ambiguous; possibilities: ${possible.join(' ')}` : `unrecognized option '${word}'`;
}

async function withOutput(table: OptionTable, argv: readonly string[], options: ParsedOptions, context: ToolContext, body: (output: Output) => Promise<number>): Promise<number> {
  const word = options.value('output-as') ?? 'text';
  if (!isOutputFormat(word) || (word !== 'text' && !table.formats.includes(word))) {
    return formatFailure(table, word, 'Unknown output format', context);
  }
  const path = options.value('output-to');
  if (path === undefined || path === '-') return body(new Output(word, requestText(table.tool, argv), context));
  return toFile(table, argv, word, absolute(context.cwd, path), context, body);
}

/** The results are written at the end, when it is known what they are; a folder that does not exist is told at once. */
async function toFile(table: OptionTable, argv: readonly string[], format: OutputFormat, path: string, context: ToolContext, body: (output: Output) => Promise<number>): Promise<number> {
  const folder = path.slice(0, path.lastIndexOf('/')) || '/';
  if (context.disk.status(folder)?.kind !== 'directory') return formatFailure(table, format, 'No such file or directory', context);
  let text = '';
  const output = new Output(format, requestText(table.tool, argv), { out: (more) => (text += more), err: (more) => context.err(more) });
  const code = await body(output);
  try {
    context.disk.write(path, text);
    return code;
  } catch (error) {
    return formatFailure(table, format, error instanceof Error ? error.message : String(error), context);
  }
}

function formatFailure(table: OptionTable, format: string, reason: string, context: ToolContext): number {
  context.err(`${table.tool}: ${explained(table, EXIT.error, `Error creating output format ${format}: ${reason}`)}\n`);
  return EXIT.error;
}

/** A message with, for tools that do so, the exit code in words; a wrong command line explains itself. */
function explained(table: OptionTable, code: number, message: string): string {
  if (table.tellsExitText !== true || code === EXIT.usage) return message;
  const text = `Error performing operation: ${describeExit(code).text}`;
  return message === '' ? text : `${message}\n${text}`;
}

async function runWork(table: OptionTable, parts: Pick<ToolRun, 'options' | 'output' | 'context'>, work: (run: ToolRun) => Promise<number>): Promise<number> {
  const { output, options } = parts;
  const run: ToolRun = {
    ...parts,
    fail: (code, message) => {
      output.error(`${table.tool}: ${explained(table, code, message)}`);
      return code;
    },
    usageText: () => helpText(table),
  };
  if (options.has('version')) {
    output.text(`Pacemaker ${PACEMAKER_VERSION}`, AUTHORS);
    output.element(element('version', { program: 'Pacemaker', version: PACEMAKER_VERSION, author: AUTHORS }));
    return output.finish(EXIT.ok);
  }
  return output.finish(await guarded(run, work));
}

async function guarded(run: ToolRun, work: (run: ToolRun) => Promise<number>): Promise<number> {
  try {
    return await work(run);
  } catch (error) {
    if (error instanceof ToolFailure) {
      if (error.isPrefixed) return run.fail(error.code, error.message);
      run.output.error(error.message);
      return error.code;
    }
    if (error instanceof BackendError) return run.fail(error.code, error.message);
    throw error;
  }
}

/** Text of the file that an option names; `-` is standard input, as for the reader that all of Pacemaker's tools share. Undefined where there is none. */
export async function fileText({ context }: ToolRun, path: string): Promise<string | undefined> {
  return path === '-' ? context.readInput() : context.disk.read(absolute(context.cwd, path));
}
