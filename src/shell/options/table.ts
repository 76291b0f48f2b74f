// SPDX-License-Identifier: GPL-2.0-or-later
/** Every option of the shell: section, name, kind and default (shell.md, section 5). */

/** A list of words is a choice of one; `style` takes several of the display styles, separated by commas. */
export type OptionKind = 'boolean' | 'text' | 'number' | 'style' | readonly string[];

export const STYLES: readonly string[] = ['plain', 'color', 'color-always', 'uppercase'];

export interface OptionDescription {
  readonly section: string;
  readonly name: string;
  readonly kind: OptionKind;
  readonly initial: string;
  readonly about: string;
  /** Name of the short form at the options level (`crm options pager less`). */
  readonly short?: string;
}

type Row = readonly [name: string, kind: OptionKind, initial: string, about: string, short?: string];

const CORE: readonly Row[] = [
  ['editor', 'text', '', 'program that edits text; empty: $EDITOR, else vim, vi, emacs or nano', 'editor'],
  ['pager', 'text', '', 'program that shows long output; empty: $PAGER, else less or more', 'pager'],
  ['user', 'text', '', 'user on whose behalf the cluster is changed', 'user'],
  ['skill_level', ['operator', 'administrator', 'expert'], 'expert', 'commands above this level are not offered', 'skill-level'],
  ['sort_elements', 'boolean', 'yes', 'show objects sorted by kind and id', 'sort-elements'],
  ['check_frequency', ['always', 'on-verify', 'never'], 'always', 'when agents\' meta-data is consulted', 'check-frequency'],
  ['check_mode', ['strict', 'relaxed'], 'strict', 'whether doubtful values are errors or warnings', 'check-mode'],
  ['wait', 'boolean', 'no', 'wait after each change until the cluster has settled', 'wait'],
  ['add_quotes', 'boolean', 'yes', 'quote arguments that hold blanks again', 'add-quotes'],
  ['manage_children', ['ask', 'never', 'always'], 'ask', 'whether settings of a container replace those of its members', 'manage-children'],
  ['correct_typos', 'boolean', 'yes', 'run the one command a mistyped word can mean', 'correct-typos'],
  ['debug', 'boolean', 'no', 'print debug messages'],
  ['ignore_missing_metadata', 'boolean', 'no', 'accept agents whose meta-data cannot be had'],
  ['has_ra_advised_op', 'boolean', 'no', 'add the operations a resource agent advises'],
  ['has_fa_advised_op', 'boolean', 'no', 'add the operations a fence agent advises'],
  ['obscure_pattern', 'text', '*passw*', 'parameters whose values are hidden on display'],
  ['lock_timeout', 'number', '120', 'seconds to wait for another shell'],
  ['wait_timeout', 'number', '120', 'seconds to wait for the cluster to settle'],
  ['dot', 'text', 'dot', 'Graphviz program'],
];

const COLOR: readonly Row[] = [
  ['style', 'style', 'color', 'plain, color, color-always or uppercase; several separated by commas', 'output'],
  ['error', 'text', 'red bold', 'colour of errors'],
  ['ok', 'text', 'green bold', 'colour of good news and the prompt'],
  ['warn', 'text', 'yellow bold', 'colour of warnings'],
  ['info', 'text', 'cyan', 'colour of notices'],
  ['help_keyword', 'text', 'blue bold underline', 'colour of keywords in help'],
  ['help_header', 'text', 'normal bold', 'colour of headers in help'],
  ['help_topic', 'text', 'yellow bold', 'colour of topics in help'],
  ['help_block', 'text', 'cyan', 'colour of examples in help'],
  ['keyword', 'text', 'yellow', 'colour of object keywords'],
  ['identifier', 'text', 'normal', 'colour of ids'],
  ['attr_name', 'text', 'cyan', 'colour of attribute names'],
  ['attr_value', 'text', 'red', 'colour of attribute values'],
  ['resource_reference', 'text', 'green', 'colour of references to resources'],
  ['id_reference', 'text', 'green', 'colour of references to ids'],
  ['score', 'text', 'magenta', 'colour of scores'],
  ['ticket', 'text', 'magenta', 'colour of tickets'],
];

const REPORT: readonly Row[] = [
  ['from_time', 'text', '-12H', 'how far back a report reaches'],
  ['compress', 'boolean', 'yes', 'compress reports'],
  ['sanitize_rule', 'text', 'passw.*', 'names whose values are hidden in reports'],
  ['remove_exist_dest', 'boolean', 'no', 'overwrite an existing report'],
];

const PATH: readonly Row[] = [
  ['ocf_root', 'text', '', 'root of the OCF tree; empty: $OCF_ROOT, else /usr/lib/ocf'],
  ['cache', 'text', '', 'directory of the history and recovered edits; empty: the XDG cache directory'],
];

const LINT: readonly Row[] = [['allow', 'text', '', 'codes of findings that are accepted, separated by blanks']];

const OUTPUT: readonly Row[] = [['legacy', 'boolean', 'no', 'print the layouts of Pacemaker 1.1']];

let described: ReadonlyMap<string, OptionDescription> | undefined;

/** All options by `section.name`, in display order. */
export function optionTable(): ReadonlyMap<string, OptionDescription> {
  if (described !== undefined) return described;
  const table = new Map<string, OptionDescription>();
  const sections: ReadonlyArray<readonly [string, readonly Row[]]> = [['core', CORE], ['path', PATH], ['color', COLOR], ['report', REPORT], ['output', OUTPUT], ['lint', LINT]];
  for (const [section, rows] of sections) {
    for (const [name, kind, initial, about, short] of rows) {
      table.set(`${section}.${name}`, { section, name, kind, initial, about, ...(short === undefined ? {} : { short }) });
    }
  }
  described = table;
  return table;
}

const TRUE_WORDS = new Set(['yes', 'true', 'on', '1']);
const FALSE_WORDS = new Set(['no', 'false', 'off', '0']);

export function isTrue(value: string): boolean {
  return TRUE_WORDS.has(value.toLowerCase());
}

/** Undefined when the value fits the option, else what is expected. */
export function expectation(option: OptionDescription, value: string): string | undefined {
  const word = value.toLowerCase();
  if (option.kind === 'boolean') return TRUE_WORDS.has(word) || FALSE_WORDS.has(word) ? undefined : 'yes or no';
  if (option.kind === 'number') return /^\d+$/.test(value) ? undefined : 'a number';
  if (option.kind === 'text') return undefined;
  if (option.kind === 'style') return value.split(',').every((part) => STYLES.includes(part)) ? undefined : STYLES.join(', ');
  return option.kind.includes(value) ? undefined : `one of ${option.kind.join(', ')}`;
}
