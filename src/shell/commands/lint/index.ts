// SPDX-License-Identifier: GPL-2.0-or-later
/** The commands about texts that need no cluster; the rules are loaded when one of them runs. */
import type { Command } from '../../command.ts';

export const lintCommand: Command = {
  name: 'lint',
  usage: '[--format text|json|sarif|github|junit] [--strict] [--allow CODES] [--enable CODES] [--target 2.1|3.0] [--offline] [--rules FILE] [--pack NAMES] [--diff-base REV] [--fix] FILE|FOLDER|-...  |  --explain CODE  |  --pack list',
  summary: 'check configuration texts without a cluster',
  help: [
    'Reads texts of the configure language and reports what cannot work, what is probably not meant and what could be better. Exit code 0: no errors; 1: errors (with --strict also warnings); 2: a file or an option cannot be used.',
    '--fix repairs what has one right answer, in place; standard input is repaired to standard output, and the findings then go to standard error. --diff-base REV reports only what changed since a git revision. --rules FILE adds rules of your organisation (YAML or JSON), --pack those of a vendor; --pack list shows them. --offline ignores installed agents, so that every machine gives the same answer.',
  ].join('\n\n'),
  run: async ({ args }, session) => (await import('./lint.ts')).runLint(args, session),
};

export const formatCommand: Command = {
  name: 'fmt',
  usage: '[--check] [--modernize] FILE|FOLDER|-...',
  summary: 'write configuration texts in one layout',
  help: 'Keeps comments and order. --check changes nothing and ends with 1 when something would change. --modernize replaces old words (ms, Master, removed options, torn lines). What was written is proved to give the same configuration, or the difference is printed. Standard input is written to standard output.',
  run: async ({ args }, session) => (await import('./format.ts')).runFormat(args, session),
};
