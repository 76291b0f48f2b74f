// SPDX-License-Identifier: GPL-2.0-or-later
/** Command line of crm_attribute. */
import type { OptionTable } from '../options/index.ts';

export const table: OptionTable = {
  tool: 'crm_attribute',
  summary: 'Query and change cluster options, defaults, node attributes, node utilization and promotion scores.',
  usage: '-n ATTRIBUTE <command> [options]',
  description: ['Without a command the attribute is queried; without a name every attribute of the place is.'],
  groups: [
    { key: 'selections', title: 'What to work on' },
    { key: 'commands', title: 'Commands' },
    { key: 'additional', title: 'Where and how' },
  ],
  options: [
    { name: 'name', short: 'n', aliases: ['attr-name'], argument: 'NAME', group: 'selections', summary: 'Name of the attribute' },
    { name: 'pattern', short: 'P', argument: 'REGEX', group: 'selections', summary: 'All attributes whose name matches' },
    { name: 'promotion', short: 'p', argument: '[RESOURCE]', group: 'selections', summary: 'Promotion score of a resource; default the one of the calling agent' },
    { name: 'list-options', short: 'L', argument: 'TYPE', group: 'commands', summary: 'List the cluster options with their meaning', values: ['cluster'] },
    { name: 'query', short: 'G', aliases: ['get-value'], group: 'commands', summary: 'Show the value' },
    { name: 'update', short: 'v', aliases: ['attr-value'], argument: 'VALUE', group: 'commands', summary: 'Set the value' },
    { name: 'delete', short: 'D', aliases: ['delete-attr'], group: 'commands', summary: 'Delete the attribute' },
    { name: 'all', short: 'a', group: 'additional', summary: 'With --list-options: also the rarely needed ones' },
    { name: 'node', short: 'N', aliases: ['U', 'node-uname', 'uname'], argument: 'NODE', group: 'additional', summary: 'Node of a node attribute; default this node' },
    { name: 'type', short: 't', argument: 'TYPE', group: 'additional', summary: 'Where to look: crm_config, rsc_defaults, op_defaults, tickets, nodes, status', values: ['crm_config', 'rsc_defaults', 'op_defaults', 'tickets', 'nodes', 'status'] },
    { name: 'lifetime', short: 'l', argument: 'LIFETIME', group: 'additional', summary: 'Node attribute that lasts until the node restarts, or for good', values: ['reboot', 'forever'] },
    { name: 'utilization', short: 'z', group: 'additional', summary: 'Utilization of the node' },
    { name: 'set-name', short: 's', argument: 'SET', group: 'additional', summary: 'Id of the attribute set' },
    { name: 'id', short: 'i', aliases: ['attr-id'], argument: 'ID', group: 'additional', summary: 'Id of the name/value pair' },
    { name: 'default', short: 'd', argument: 'VALUE', group: 'additional', summary: 'With --query: show this when there is no value' },
    { name: 'score', group: 'additional', summary: 'Compute value++ and value+=N from the present value', withoutEffect: 'it is always done' },
    { name: 'wait', short: 'W', argument: 'UNTIL', group: 'additional', summary: 'Return at once, or when this node or all nodes have the value', values: ['no', 'local', 'cluster'], withoutEffect: 'the answer always comes when the attribute manager has the value' },
    { name: 'quiet', short: 'q', aliases: ['Q'], group: 'additional', summary: 'Print only the value' },
  ],
  formats: ['text', 'xml', 'json'],
  examples: [
    { text: 'Add a permanent attribute to node1', command: 'crm_attribute --node node1 --name location --update office' },
    { text: 'Show it', command: 'crm_attribute --node node1 --name location --query' },
    { text: 'Set a cluster option', command: 'crm_attribute --type crm_config --name cluster-delay --update 60s' },
    { text: 'Default timeout of all operations', command: 'crm_attribute --type op_defaults --name timeout --update 20s' },
    { text: 'Promotion score of the calling agent, until the node restarts', command: 'crm_attribute --promotion --update 100' },
  ],
};
