// SPDX-License-Identifier: GPL-2.0-or-later
/** What a tool's command line consists of, as data: the parser, the help, the manual page and completion read the same table. */
import type { OutputFormat } from '../output/index.ts';
import type { ParsedOptions } from './parse.ts';

export interface ToolOption {
  /** Long name without dashes; also the key under which the parser files it. */
  readonly name: string;
  /** One character. */
  readonly short?: string;
  /** Other accepted spellings, long or one character: what older releases called it. */
  readonly aliases?: readonly string[];
  /** Name of the argument; in brackets when it may be left out. */
  readonly argument?: string;
  /** Key of the help group. */
  readonly group: string;
  readonly summary: string;
  /** Accepted, but only shown by `--help-all`. */
  readonly isHidden?: boolean;
  /** The argument is a whole number, in decimal, octal (`0`) or hexadecimal (`0x`). */
  readonly isInteger?: boolean;
  /** The argument is a time with an optional unit; `crm_get_msec` in the reference. */
  readonly isTime?: boolean;
  /** Why it is accepted and nothing follows from it. */
  readonly withoutEffect?: string;
  /** Why it is refused where a cluster runs. */
  readonly refused?: string;
  /** Words the argument may be, for help and completion. */
  readonly values?: readonly string[];
}

export interface OptionGroup {
  readonly key: string;
  readonly title: string;
}

export interface Example {
  readonly text: string;
  readonly command: string;
}

export interface OptionTable {
  readonly tool: string;
  /** One line: what the tool is for. */
  readonly summary: string;
  /** Arguments after the tool's name. */
  readonly usage: string;
  readonly description?: readonly string[];
  readonly groups: readonly OptionGroup[];
  readonly options: readonly ToolOption[];
  readonly formats: readonly OutputFormat[];
  /** Letters of the common options, where a tool uses another than `h`, `q`. `''` for none. */
  readonly quietLetter?: string;
  readonly helpLetter?: string;
  readonly examples?: readonly Example[];
  /** How an unknown option is told: as GLib's parser does, or as getopt in the wrapper scripts. */
  readonly dialect?: 'glib' | 'getopt';
  /** Failures end with a line that tells the exit code in words. */
  readonly tellsExitText?: boolean;
  /** A value that cannot be read: the message, told before there is any output. */
  readonly check?: (options: ParsedOptions) => string | undefined;
  /** Exit code for a bad command line. */
  readonly usageCode?: number;
}

/** Help group of the options every tool has. */
export const COMMON_GROUP: OptionGroup = { key: 'output', title: 'Output and help' };

/** A tool's own options and the ones every tool has. */
export function allOptions(table: OptionTable): readonly ToolOption[] {
  return [...table.options, ...commonOptions(table)];
}

/** Names that may be abbreviated. The wrapper scripts tell their old spellings to getopt like the others. */
export function longNames(table: OptionTable): string[] {
  if (table.dialect !== 'getopt') return allOptions(table).flatMap(({ name, isHidden }) => (isHidden === true ? [] : [name]));
  return allOptions(table).flatMap(({ name, aliases = [] }) => [name, ...aliases.filter((alias) => alias.length > 1)]);
}

function commonOptions(table: OptionTable): ToolOption[] {
  const group = COMMON_GROUP.key;
  const options: ToolOption[] = [
    { name: 'help', ...letter(table.helpLetter ?? 'h'), aliases: ['?'], group, summary: 'Show this help and exit' },
    { name: 'help-all', group, summary: 'Show this help with old and rarely needed spellings and exit' },
    { name: 'version', short: '$', group, summary: 'Show the version and exit' },
    { name: 'verbose', short: 'V', group, summary: 'Say more; may be given several times' },
    { name: 'quiet', ...letter(table.quietLetter ?? 'q'), group, summary: 'Print only what is asked for' },
  ];
  if (table.formats.length > 0) {
    options.push(
      { name: 'output-as', argument: 'FORMAT', group, summary: `Form of the results: ${table.formats.join(', ')}`, values: table.formats },
      { name: 'output-to', argument: 'FILE', group, summary: 'Write the results to a file (- is standard output)' },
    );
  }
  for (const { key, title } of table.groups) options.push({ name: `help-${key}`, group, summary: `Show only: ${title}`, isHidden: true });
  const taken = new Set(table.options.flatMap((option) => [option.name, option.short, ...(option.aliases ?? [])]));
  return options.filter((option) => !taken.has(option.name)).map((option) => withoutTaken(option, taken));
}

function letter(short: string): { readonly short?: string } {
  return short === '' ? {} : { short };
}

/** A tool's own letters come first: where it uses `-q` or `-?` itself, the common option has only its long name. */
function withoutTaken(option: ToolOption, taken: ReadonlySet<string | undefined>): ToolOption {
  const { short, aliases, ...rest } = option;
  return {
    ...rest,
    ...(short === undefined || taken.has(short) ? {} : { short }),
    ...(aliases === undefined ? {} : { aliases: aliases.filter((alias) => !taken.has(alias) && alias !== short) }),
  };
}

/** `-r` or `--resource`. */
export function spelled(name: string): string {
  return name.length === 1 ? `-${name}` : `--${name}`;
}
