// SPDX-License-Identifier: GPL-2.0-or-later
/** Command line of crm_verify. */
import type { OptionTable } from '../options/index.ts';

export const table: OptionTable = {
  tool: 'crm_verify',
  summary: 'Checks a configuration: whether it fits its schema, and what the scheduler has to say about it.',
  usage: '<data source> [options]',
  groups: [
    { key: 'data', title: 'Data sources' },
    { key: 'additional', title: 'Additional options' },
  ],
  options: [
    { name: 'live-check', short: 'L', group: 'data', summary: 'Check the configuration of the running cluster' },
    { name: 'xml-file', short: 'x', argument: 'FILE', group: 'data', summary: 'Check a configuration in a file' },
    { name: 'xml-pipe', short: 'p', group: 'data', summary: 'Check a configuration on standard input' },
    { name: 'xml-text', short: 'X', argument: 'XML', group: 'data', summary: 'Check this text' },
    { name: 'save-xml', short: 'S', argument: 'FILE', group: 'additional', summary: 'Write the configuration that was checked' },
    { name: 'quiet', short: 'q', aliases: ['Q'], group: 'additional', summary: 'Print no verdict' },
  ],
  formats: ['text', 'xml', 'json'],
  examples: [
    { text: 'The configuration of the running cluster', command: 'crm_verify --live-check' },
    { text: 'A file, with all that there is to say', command: 'crm_verify --xml-file cib.xml --verbose' },
  ],
};
