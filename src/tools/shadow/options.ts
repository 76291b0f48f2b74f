// SPDX-License-Identifier: GPL-2.0-or-later
/** Command line of crm_shadow. */
import type { OptionTable } from '../options/index.ts';

export const table: OptionTable = {
  tool: 'crm_shadow',
  summary: 'Work on a copy of the configuration (a shadow) and put it into the cluster when it is right.',
  usage: '<query>|<command> [options]',
  description: ['While the variable CIB_shadow names a shadow, every tool works on it instead of the cluster.'],
  groups: [
    { key: 'queries', title: 'Queries' },
    { key: 'commands', title: 'Commands' },
    { key: 'additional', title: 'Additional options' },
  ],
  options: [
    { name: 'which', short: 'w', group: 'queries', summary: 'Show the name of the active shadow' },
    { name: 'display', short: 'p', group: 'queries', summary: 'Show the contents of the active shadow' },
    { name: 'diff', short: 'd', group: 'queries', summary: 'Show what would change in the cluster' },
    { name: 'file', short: 'F', group: 'queries', summary: 'Show where the active shadow lies' },
    { name: 'create', short: 'c', argument: 'NAME', group: 'commands', summary: 'Make a shadow of the cluster' },
    { name: 'create-empty', short: 'e', argument: 'NAME', group: 'commands', summary: 'Make an empty shadow' },
    { name: 'commit', short: 'C', argument: 'NAME', group: 'commands', summary: 'Put a shadow into the cluster (needs --force)' },
    { name: 'delete', short: 'D', argument: 'NAME', group: 'commands', summary: 'Delete a shadow (needs --force)' },
    { name: 'edit', short: 'E', group: 'commands', summary: 'Edit the active shadow with $EDITOR' },
    { name: 'reset', short: 'r', argument: 'NAME', group: 'commands', summary: 'Make a shadow equal to the cluster again (needs --force)' },
    { name: 'switch', short: 's', argument: 'NAME', group: 'commands', summary: 'Start a shell that works on another shadow' },
    { name: 'force', short: 'f', group: 'additional', summary: 'Do what may destroy work' },
    { name: 'batch', short: 'b', group: 'additional', summary: 'Do not start a shell' },
    { name: 'all', short: 'a', group: 'additional', summary: 'With --commit: the status section too' },
    { name: 'validate-with', short: 'v', argument: 'SCHEMA', group: 'additional', summary: 'With --create-empty: schema of the new document' },
  ],
  formats: ['text', 'xml', 'json'],
  examples: [
    { text: 'Make a shadow and start a shell that works on it', command: 'crm_shadow --create myShadow' },
    { text: 'What has changed in it', command: 'crm_shadow --diff' },
    { text: 'Put it into the cluster', command: 'crm_shadow --commit myShadow --force' },
    { text: 'Throw it away', command: 'crm_shadow --delete myShadow --force' },
  ],
};
