// SPDX-License-Identifier: GPL-2.0-or-later
/** Command line of crm_node. */
import type { OptionTable } from '../options/index.ts';

export const table: OptionTable = {
  tool: 'crm_node',
  summary: 'Query and manage the nodes of the cluster membership.',
  usage: '<command> [options]',
  groups: [
    { key: 'commands', title: 'Commands' },
    { key: 'additional', title: 'Additional options' },
  ],
  options: [
    { name: 'cluster-id', short: 'i', group: 'commands', summary: 'Show the id of this node' },
    { name: 'list', short: 'l', group: 'commands', summary: 'Show all known members, past and present: id, name, state' },
    { name: 'name', short: 'n', group: 'commands', summary: 'Show the name of this node; inside an agent, of the node the action is for' },
    { name: 'partition', short: 'p', group: 'commands', summary: 'Show the members of this partition' },
    { name: 'quorum', short: 'q', group: 'commands', summary: 'Show 1 if this partition has quorum, else 0' },
    { name: 'name-for-id', short: 'N', argument: 'ID', group: 'commands', summary: 'Show the name of the node with this id' },
    { name: 'remove', short: 'R', argument: 'NAME', group: 'commands', summary: 'Make the cluster forget a node that is not a member any more' },
    { name: 'force', short: 'f', group: 'additional', summary: 'Needed for --remove' },
    { name: 'quiet', short: 'Q', group: 'additional', summary: 'Print only what is asked for' },
    { name: 'corosync', short: 'C', group: 'additional', summary: 'Accepted for old scripts', isHidden: true, withoutEffect: 'the cluster knows which membership it runs on' },
    { name: 'openais', short: 'A', group: 'additional', summary: 'Accepted for old scripts', isHidden: true, withoutEffect: 'the cluster knows which membership it runs on' },
    { name: 'heartbeat', short: 'H', group: 'additional', summary: 'Accepted for old scripts', isHidden: true, withoutEffect: 'the cluster knows which membership it runs on' },
  ],
  formats: ['text', 'xml', 'json'],
  examples: [
    { text: 'Name of this node', command: 'crm_node -n' },
    { text: 'Forget node3 after it was taken out of the rack', command: 'crm_node -R node3 --force' },
  ],
};
