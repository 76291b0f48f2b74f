// SPDX-License-Identifier: GPL-2.0-or-later
/** crm_master: promotion score of a resource on a node; the old name of `crm_attribute --promotion` for agents. */
import { run as crmAttribute } from '../attribute/index.ts';
import { helpText, type OptionTable } from '../options/index.ts';
import { tool } from '../run.ts';

export const table: OptionTable = {
  tool: 'crm_master',
  summary: 'Query, update or delete the promotion score of a resource. A wrapper around crm_attribute, meant to be called by resource agents.',
  usage: '<command> [options]',
  groups: [
    { key: 'commands', title: 'Commands' },
    { key: 'additional', title: 'Additional options' },
  ],
  options: [
    { name: 'query', short: 'G', aliases: ['get-value'], group: 'commands', summary: 'Show the promotion score' },
    { name: 'update', short: 'v', aliases: ['attr-value'], argument: 'VALUE', group: 'commands', summary: 'Set the promotion score' },
    { name: 'delete', short: 'D', aliases: ['delete-attr'], group: 'commands', summary: 'Delete the promotion score' },
    { name: 'node', short: 'N', aliases: ['U', 'uname', 'node-uname'], argument: 'NODE', group: 'additional', summary: 'Node; default this node' },
    { name: 'resource', short: 'r', argument: 'ID', group: 'additional', summary: 'Resource; default the one whose agent calls' },
    { name: 'lifetime', short: 'l', argument: 'LIFETIME', group: 'additional', summary: 'Until the node restarts (reboot) or for good (forever)', values: ['reboot', 'forever'] },
    { name: 'id', short: 'i', aliases: ['attr-id'], argument: 'ID', group: 'additional', summary: 'Id of the name/value pair' },
    { name: 'quiet', short: 'q', aliases: ['Q'], group: 'additional', summary: 'Print only the value' },
  ],
  formats: [],
  dialect: 'getopt',
  usageCode: 1,
  examples: [{ text: 'In an agent: prefer this node for promotion, until it restarts', command: 'crm_master -l reboot -v 100' }],
};

export const run = tool(table, async ({ options, context }) => {
  const resource = options.value('resource') ?? context.env.get('OCF_RESOURCE_INSTANCE');
  if (resource === undefined || resource === '') {
    context.err('error: No resource specified\n');
    context.out(`\n${helpText(table)}`);
    return 1;
  }
  const passed = options.given.filter((one) => one.name !== 'resource').flatMap((one) => (one.value === undefined ? [`--${one.name}`] : [`--${one.name}=${one.value}`]));
  const node = options.has('node') || options.has('lifetime') ? [] : ['--lifetime=forever'];
  return crmAttribute([`--name=master-${resource}`, ...node, ...passed], context);
});
