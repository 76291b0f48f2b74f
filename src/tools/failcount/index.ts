// SPDX-License-Identifier: GPL-2.0-or-later
/** crm_failcount: how often a resource failed on a node. */
import { addScores, formatScore, INFINITY, parseInterval, parseScore } from '../../cib/index.ts';
import { findPairs } from '../attribute/place.ts';
import { localNodeName, nodeId } from '../attribute/node-id.ts';
import { EXIT } from '../exit/codes.ts';
import { helpText, spelled, type OptionTable, type ParsedOptions } from '../options/index.ts';
import { tool, ToolFailure, type ToolRun } from '../run.ts';

export const table: OptionTable = {
  tool: 'crm_failcount',
  summary: 'Query or reset the fail count of a resource on a node.',
  usage: '<command> -r RESOURCE [options]',
  groups: [
    { key: 'commands', title: 'Commands' },
    { key: 'additional', title: 'Additional options' },
  ],
  options: [
    { name: 'query', short: 'G', aliases: ['get-value'], group: 'commands', summary: 'Show the number of failures' },
    { name: 'delete', short: 'D', aliases: ['delete-attr'], group: 'commands', summary: 'Forget the failures, as crm_resource --cleanup does' },
    { name: 'resource', short: 'r', aliases: ['resource-id'], argument: 'ID', group: 'additional', summary: 'Resource (required)' },
    { name: 'operation', short: 'n', argument: 'OPERATION', group: 'additional', summary: 'Only failures of this operation' },
    { name: 'interval', short: 'I', argument: 'INTERVAL', group: 'additional', summary: 'With --operation: only with this interval' },
    { name: 'node', short: 'N', aliases: ['U', 'uname'], argument: 'NODE', group: 'additional', summary: 'Node; default this node' },
    { name: 'quiet', short: 'q', aliases: ['Q'], group: 'additional', summary: 'Print only the value' },
    { name: 'attr-value', short: 'v', argument: 'VALUE', group: 'additional', summary: 'With 0: as --delete, for old scripts', isHidden: true },
    { name: 'attr-id', short: 'i', argument: 'ID', group: 'additional', summary: 'Accepted for old scripts', isHidden: true, withoutEffect: 'fail counts are sums over operations and last until the node restarts' },
    { name: 'lifetime', short: 'l', argument: 'LIFETIME', group: 'additional', summary: 'Accepted for old scripts', isHidden: true, withoutEffect: 'fail counts are sums over operations and last until the node restarts' },
  ],
  formats: [],
  dialect: 'getopt',
  examples: [{ text: 'How often did the service address fail on node1', command: 'crm_failcount --query -r ClusterIP -N node1' }],
};


export const run = tool(table, async (run) => {
  const { options, context } = run;
  for (const warning of warnings(options)) context.err(`warning: ignoring deprecated option '${warning}\n`);
  const command = options.given.findLast(({ name, value }) => name === 'query' || name === 'delete' || isReset(name, value))?.name;
  const resource = options.value('resource');
  if (command === undefined) return misused(run, 'must specify a command');
  if (resource === undefined) return misused(run, 'resource name required');
  if (command === 'query') return query(run, resource);
  const { run: crmResource } = await import('../resource/index.ts');
  const passed = options.given.flatMap((one) => (['resource', 'operation', 'interval', 'node'].includes(one.name) ? [`--${one.name}=${one.value}`] : []));
  return crmResource(['--cleanup', ...passed], context);
});

/** Before fail counts were kept for each operation, they were reset by setting them to 0. */
function isReset(name: string, value: string | undefined): boolean {
  return name === 'attr-value' && value === '0';
}

function warnings({ given }: ParsedOptions): string[] {
  return given.flatMap(({ name, value, spelling }) => {
    if (name === 'attr-value') return isReset(name, value) ? [] : [`${spelled(spelling)}' with nonzero value`];
    return name === 'attr-id' || name === 'lifetime' ? [`${spelled(spelling)}'`] : [];
  });
}

function misused({ context }: ToolRun, message: string): number {
  context.err(`error: ${message}\n`);
  context.out(`\n${helpText(table)}`);
  return EXIT.usage;
}

async function query({ options, output, context }: ToolRun, resource: string): Promise<number> {
  const backend = await context.openBackend();
  try {
    const cib = await backend.query();
    const nodeName = options.value('node') ?? (await localNodeName(context, backend));
    const id = nodeId(cib, nodeName);
    if (id === undefined) throw new ToolFailure(EXIT.noSuch, `Could not map name=${nodeName} to a UUID`);
    const name = `fail-count-${resource}${operationKey(options)}`;
    const isCounted = (attribute: string): boolean => attribute === name || (!name.includes('#') && attribute.startsWith(`${name}#`));
    const values = findPairs(cib, { scope: 'status', nodeId: id }, {}).flatMap(({ nvpair }) => (isCounted(nvpair.get('name') ?? '') ? [nvpair.get('value') ?? '0'] : []));
    const total = values.reduce((sum, value) => (parseScore(value) === undefined ? sum : addScores(sum, parseScore(value)!)), 0);
    const shown = total >= INFINITY ? 'INFINITY' : formatScore(total);
    output.text(options.has('quiet') ? shown : `scope=status  name=${name} value=${shown}`);
    return EXIT.ok;
  } finally {
    await backend.close();
  }
}

function operationKey(options: ParsedOptions): string {
  const operation = options.value('operation');
  return operation === undefined ? '' : `#${operation}_${parseInterval(options.value('interval') ?? '0') ?? 0}`;
}
