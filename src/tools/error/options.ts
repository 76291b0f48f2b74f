// SPDX-License-Identifier: GPL-2.0-or-later
/** Command line of crm_error. */
import type { OptionTable } from '../options/index.ts';

export const table: OptionTable = {
  tool: 'crm_error',
  summary: 'Show the text of a result code of the cluster software.',
  usage: '[options] [--] CODE...',
  description: [
    'Without --exit or --rc a code is taken as a legacy return code, and its sign does not matter. A negative code needs -- in front of it, so that it is not read as an option.',
  ],
  groups: [{ key: 'code', title: 'What to show' }],
  options: [
    { name: 'name', short: 'n', group: 'code', summary: 'Show the name of each code as well as its text' },
    { name: 'list', short: 'l', group: 'code', summary: 'Show all known codes' },
    { name: 'exit', short: 'X', group: 'code', summary: 'Codes are exit codes of a command' },
    { name: 'rc', short: 'r', group: 'code', summary: 'Codes are return codes of a library function' },
  ],
  formats: ['text', 'xml', 'json'],
  examples: [
    { text: 'Explain the exit code of the last command', command: 'crm_error -X $?' },
    { text: 'Show all exit codes with their names', command: 'crm_error -X -l -n' },
    { text: 'Explain a negative return code', command: 'crm_error -r -- -1005' },
  ],
};
