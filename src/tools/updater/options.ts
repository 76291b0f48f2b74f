// SPDX-License-Identifier: GPL-2.0-or-later
/** Command line of attrd_updater. */
import type { OptionTable } from '../options/index.ts';

export const table: OptionTable = {
  tool: 'attrd_updater',
  summary: 'Query and update node attributes in the attribute manager of the cluster.',
  usage: '-n NAME <command> [options]',
  description: ['A value that changes often can be dampened: the cluster hears of it only after it has been still for the time given with --delay.'],
  groups: [
    { key: 'required', title: 'Required' },
    { key: 'commands', title: 'Commands' },
    { key: 'additional', title: 'Additional options' },
  ],
  options: [
    { name: 'name', short: 'n', argument: 'NAME', group: 'required', summary: 'Name of the attribute' },
    { name: 'pattern', short: 'P', argument: 'REGEX', group: 'required', summary: 'All attributes whose name matches (update and delete only)' },
    { name: 'update', short: 'U', aliases: ['v'], argument: 'VALUE', group: 'commands', summary: 'Set the value on a node' },
    { name: 'update-both', short: 'B', argument: 'VALUE', group: 'commands', summary: 'Set value and dampening' },
    { name: 'update-delay', short: 'Y', group: 'commands', summary: 'Set the dampening only' },
    { name: 'query', short: 'Q', group: 'commands', summary: 'Show the value' },
    { name: 'delete', short: 'D', group: 'commands', summary: 'Unset the attribute' },
    { name: 'refresh', short: 'R', group: 'commands', summary: 'Write all values to the CIB again', withoutEffect: 'every change is written by itself' },
    { name: 'delay', short: 'd', argument: 'TIME', group: 'additional', summary: 'Dampening: how long a value must be still before it is written' },
    { name: 'set', short: 's', argument: 'SET', group: 'additional', summary: 'Id of the attribute set' },
    { name: 'node', short: 'N', argument: 'NODE', group: 'additional', summary: 'Node; default this node' },
    { name: 'all', short: 'A', group: 'additional', summary: 'With --query: show the values of all nodes' },
    { name: 'lifetime', short: 'l', argument: 'LIFETIME', group: 'additional', summary: 'How long the attribute lasts', isHidden: true, withoutEffect: 'these attributes always last until the node restarts' },
    { name: 'private', short: 'p', group: 'additional', summary: 'Never write the attribute to the CIB' },
    { name: 'utilization', short: 'z', group: 'additional', summary: 'The attribute is a utilization', refused: 'utilization is kept for good: crm_attribute --utilization sets it' },
    { name: 'wait', short: 'W', argument: 'UNTIL', group: 'additional', summary: 'Return at once, or when this node or all nodes have the value', values: ['no', 'local', 'cluster'], withoutEffect: 'the answer always comes when the attribute manager has the value' },
    { name: 'quiet', short: 'q', group: 'additional', summary: 'Print only what is asked for', isHidden: true },
    { name: 'section', short: 'S', argument: 'SECTION', group: 'additional', summary: 'Accepted for old scripts', isHidden: true, withoutEffect: 'old scripts give it; the answer is the same with and without it' },
  ],
  formats: ['text', 'xml', 'json'],
  examples: [
    { text: 'Publish how many hosts this node reaches, at most every five seconds', command: 'attrd_updater -n pingd -U 3000 -d 5s' },
    { text: 'The value on every node', command: 'attrd_updater -n pingd -Q -A' },
  ],
};
