// SPDX-License-Identifier: GPL-2.0-or-later
/** crm_standby: whether a node may run resources. A node may be in standby for good or until it restarts. */
import { run as crmAttribute } from '../attribute/index.ts';
import { localNodeName } from '../attribute/node-id.ts';
import type { ToolContext } from '../context.ts';
import { EXIT } from '../exit/codes.ts';
import type { OptionTable } from '../options/index.ts';
import { tool } from '../run.ts';

export const table: OptionTable = {
  tool: 'crm_standby',
  summary: 'Query, enable or disable standby mode of a node. A node in standby runs no resources.',
  usage: '<command> [options]',
  groups: [
    { key: 'commands', title: 'Commands' },
    { key: 'additional', title: 'Additional options' },
  ],
  options: [
    { name: 'query', short: 'G', aliases: ['get-value'], group: 'commands', summary: 'Show whether the node is in standby' },
    { name: 'update', short: 'v', aliases: ['attr-value'], argument: 'VALUE', group: 'commands', summary: 'Set standby on or off', values: ['on', 'off'] },
    { name: 'delete', short: 'D', aliases: ['delete-attr'], group: 'commands', summary: 'Let the node run resources again' },
    { name: 'node', short: 'N', aliases: ['U', 'uname', 'node-uname'], argument: 'NODE', group: 'additional', summary: 'Node; default this node' },
    { name: 'lifetime', short: 'l', argument: 'LIFETIME', group: 'additional', summary: 'Until the node restarts (reboot) or for good (forever, default)', values: ['reboot', 'forever'] },
    { name: 'id', short: 'i', aliases: ['attr-id'], argument: 'ID', group: 'additional', summary: 'Id of the name/value pair' },
    { name: 'quiet', short: 'q', aliases: ['Q'], group: 'additional', summary: 'Print only the value' },
  ],
  formats: [],
  dialect: 'getopt',
  usageCode: 1,
  examples: [
    { text: 'Move everything away from node1', command: 'crm_standby -N node1 -v on' },
    { text: 'Let it take resources again', command: 'crm_standby -N node1 -D' },
  ],
};

const COMMANDS = new Set(['query', 'update', 'delete']);

export const run = tool(table, async ({ options, context }) => {
  const command = options.last(COMMANDS)?.name ?? 'query';
  const node = options.value('node') ?? (await ownNode(context));
  const passed = ['--name=standby', `--node=${node}`];
  for (const name of ['id', 'quiet']) if (options.has(name)) passed.push(name === 'id' ? `--id=${options.value('id')}` : '--quiet');
  const lifetime = options.value('lifetime');
  if (command === 'update') return crmAttribute([...passed, `--lifetime=${lifetime ?? 'forever'}`, `--update=${options.value('update')}`], context);
  if (command === 'delete') return remove(passed, lifetime, context);
  return query(passed, lifetime, context);
});

async function ownNode(context: ToolContext): Promise<string> {
  const backend = await context.openBackend();
  try {
    return await localNodeName(context, backend);
  } finally {
    await backend.close();
  }
}

async function remove(passed: readonly string[], lifetime: string | undefined, context: ToolContext): Promise<number> {
  const lifetimes = lifetime === undefined ? ['reboot', 'forever'] : [lifetime];
  for (const one of lifetimes) {
    const code = await crmAttribute([...passed, `--lifetime=${one}`, '--delete'], context);
    if (code !== EXIT.ok) return code;
  }
  return EXIT.ok;
}

/** The value until restart hides the permanent one; with neither, the node is not in standby. */
async function query(passed: readonly string[], lifetime: string | undefined, context: ToolContext): Promise<number> {
  if (lifetime !== undefined) return crmAttribute([...passed, `--lifetime=${lifetime}`, '--query', '--default=off'], context);
  for (const one of ['reboot', 'forever']) {
    let text = '';
    const quiet: ToolContext = { ...context, out: (more) => (text += more), err: () => undefined };
    const code = await crmAttribute([...passed, `--lifetime=${one}`, '--query'], quiet);
    if (code !== EXIT.ok) continue;
    context.out(text);
    return code;
  }
  return crmAttribute([...passed, '--lifetime=reboot', '--query', '--default=off'], context);
}
