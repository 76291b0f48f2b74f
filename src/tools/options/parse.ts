// SPDX-License-Identifier: GPL-2.0-or-later
/** Reads a command line by an option table: commander does the reading; old spellings, abbreviations and messages are ours. */
import { Command, CommanderError, Option } from 'commander';
import { cleanArguments } from './paste.ts';
import { allOptions, longNames, spelled, type OptionTable, type ToolOption } from './table.ts';

export interface GivenOption {
  readonly name: string;
  /** As typed, without dashes. */
  readonly spelling: string;
  readonly value: string | undefined;
}

/** A command line that could be read. */
export class ParsedOptions {
  /** In the order they were given: for many tools the last command wins. */
  readonly given: readonly GivenOption[];
  readonly words: readonly string[];

  constructor(given: readonly GivenOption[], words: readonly string[]) {
    this.given = given;
    this.words = words;
  }

  has(name: string): boolean {
    return this.given.some((one) => one.name === name);
  }

  count(name: string): number {
    return this.given.filter((one) => one.name === name).length;
  }

  /** Value of the last use. */
  value(name: string): string | undefined {
    return this.given.findLast((one) => one.name === name)?.value;
  }

  values(name: string): string[] {
    return this.given.flatMap((one) => (one.name === name && one.value !== undefined ? [one.value] : []));
  }

  /** The last given of several options. */
  last(names: ReadonlySet<string>): GivenOption | undefined {
    return this.given.findLast((one) => names.has(one.name));
  }
}

export type ParseResult =
  | { readonly ok: true; readonly options: ParsedOptions; readonly notices: readonly string[] }
  | { readonly ok: false; readonly kind: 'unknown' | 'missing' | 'malformed'; readonly word: string; readonly notices: readonly string[] };

export function parseOptions(table: OptionTable, argv: readonly string[]): ParseResult {
  const { args, notices } = cleanArguments(argv);
  const options = allOptions(table);
  let words = args;
  // Each turn makes one word of the line a full name.
  for (let turns = 0; ; turns++) {
    const result = read(options, words);
    if (!('unknown' in result)) return { ...result, notices };
    const expanded = turns > args.length ? undefined : expandLongName(table, options, words, result.unknown);
    if (expanded === undefined) return { ok: false, kind: 'unknown', word: firstUnknown(result.unknown), notices };
    words = expanded;
  }
}

type Reading = { readonly ok: true; readonly options: ParsedOptions } | { readonly ok: false; readonly kind: 'missing' | 'malformed'; readonly word: string } | { readonly unknown: string };

function read(options: readonly ToolOption[], args: readonly string[]): Reading {
  const given: GivenOption[] = [];
  const command = new Command().exitOverride().helpOption(false).allowExcessArguments(true).configureOutput({ writeErr: ignore, writeOut: ignore, outputError: ignore });
  for (const option of options) addOption(command, option, given);
  try {
    command.parse([...args], { from: 'user' });
    const misread = negativeNumber(args, command.args);
    return misread === undefined ? { ok: true, options: new ParsedOptions(given, command.args) } : { unknown: misread };
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === 'commander.unknownOption') return { unknown: /'([^]*)'/.exec(error.message)?.[1] ?? '' };
    // A required argument takes any word, so the option without one is the last word of the line.
    if (error.code === 'commander.optionMissingArgument') return { ok: false, kind: 'missing', word: lastSpelling(args) };
    return { ok: false, kind: 'malformed', word: error.message };
  }
}

/** Commander takes `-5` as a word; for these tools it is an option unless `--` stands before it. */
function negativeNumber(args: readonly string[], words: readonly string[]): string | undefined {
  const end = args.indexOf('--');
  return words.find((word) => /^-\d/.test(word) && (end < 0 || args.indexOf(word) < end));
}

function ignore(): void {
  // The messages of the parser are replaced by ours.
}

function addOption(command: Command, option: ToolOption, given: GivenOption[]): void {
  const suffix = option.argument === undefined ? '' : option.argument.startsWith('[') ? ' [value]' : ' <value>';
  for (const spelling of [option.name, ...(option.short === undefined ? [] : [option.short]), ...(option.aliases ?? [])]) {
    const one = new Option(`${spelled(spelling)}${suffix}`);
    command.addOption(one);
    command.on(`option:${one.name()}`, (value: string | null) => given.push({ name: option.name, spelling, value: value ?? undefined }));
  }
}

function lastSpelling(args: readonly string[]): string {
  const word = args[args.length - 1] ?? '';
  return word.startsWith('--') ? word : `-${word.slice(-1)}`;
}

/** Of a bundle of letters the first that is not known. */
function firstUnknown(word: string): string {
  return word.startsWith('--') ? word : `-${[...word][1] ?? ''}`;
}

/** `--resou` means `--resource` when no other option begins so; what a flag is given with `=` does not count, as with GLib. */
function expandLongName(table: OptionTable, options: readonly ToolOption[], args: readonly string[], unknown: string): readonly string[] | undefined {
  const at = args.indexOf(unknown);
  if (!unknown.startsWith('--') || at < 0) return undefined;
  const [prefix = '', ...value] = unknown.slice(2).split('=');
  const replaced = (full: string): readonly string[] => args.map((word, i) => (i === at ? full : word));
  // One letter after two dashes is no name, whatever it means after one.
  if (prefix.length < SHORTEST_ABBREVIATION) return undefined;
  const known = options.find((option) => option.name === prefix || option.aliases?.includes(prefix) === true);
  if (known !== undefined) return value.length > 0 && isValueIgnored(table, known) ? replaced(`--${prefix}`) : undefined;
  const matches = longNames(table).filter((name) => name.startsWith(prefix));
  return matches.length === 1 ? replaced([`--${matches[0]!}`, ...value].join('=')) : undefined;
}

const SHORTEST_ABBREVIATION = 2;

/** GLib reads its own options for help in another way, and getopt is strict. */
function isValueIgnored(table: OptionTable, { name, argument }: ToolOption): boolean {
  return argument === undefined && table.dialect !== 'getopt' && !name.startsWith('help');
}
