// SPDX-License-Identifier: GPL-2.0-or-later
/** attrd_updater: node attributes in the attribute manager, with dampening. */
import type { Backend, ClusterControl } from '../../backends/index.ts';
import { addScores, element, formatScore, parseScore, parseTimeout } from '../../cib/index.ts';
import { localNodeName, nodeId } from '../attribute/node-id.ts';
import { findPairs } from '../attribute/place.ts';
import { EXIT } from '../exit/codes.ts';
import { daemonsOf, withBackend } from '../live.ts';
import { refusal, tool, ToolFailure, type ToolRun } from '../run.ts';
import { table } from './options.ts';

export { table };

const COMMANDS = new Set(['update', 'update-both', 'update-delay', 'query', 'delete', 'refresh']);
const NO_MANAGER = 'Could not connect to attribute manager: Connection refused';

export const run = tool(table, async (run) => {
  const { options } = run;
  const command = options.last(COMMANDS)?.name ?? 'update';
  const name = options.value('name');
  const pattern = options.value('pattern');
  if (name !== undefined && pattern !== undefined) return run.fail(EXIT.usage, 'Error: --name and --pattern cannot be used at the same time');
  if (pattern !== undefined && command === 'query') return run.fail(EXIT.usage, 'Error: pattern can only be used with delete or update');
  if (name === undefined && pattern === undefined && command !== 'refresh') return run.fail(EXIT.usage, 'Command requires --name or --pattern argument');
  const letter = command === 'update-both' ? 'B' : 'Y';
  if ((command === 'update-both' || command === 'update-delay') && !options.has('delay')) run.output.text(`Warning: '${letter}' command given without required --delay`);
  return withBackend(run, async (backend) => {
    const cluster = daemonsOf(backend, NO_MANAGER);
    if (options.has('utilization')) throw refusal(table, 'utilization');
    if (command === 'refresh') return EXIT.ok;
    const node = options.value('node') ?? (await localNodeName(run.context, backend));
    if (command === 'query') return query(run, cluster, name!, node);
    const names = name === undefined ? await matchingNames(backend, node, pattern!) : [name];
    for (const one of names) await change(run, cluster, command, one, node);
    return EXIT.ok;
  });
});

async function query({ options, output }: ToolRun, cluster: ClusterControl, name: string, node: string): Promise<number> {
  const hosts = options.has('all') ? (await cluster.status()).nodes.map((one) => one.name) : [node];
  let isKnown = false;
  for (const host of hosts) {
    const value = await cluster.getAttribute(name, host);
    if (value === undefined) continue;
    isKnown = true;
    output.text(`name="${name}" host="${host}" value="${value}"`);
    output.element(element('attribute', { name, value, host }));
  }
  if (!isKnown) throw new ToolFailure(EXIT.noSuch, `Could not query value of ${name}: attribute does not exist`);
  return EXIT.ok;
}

async function change({ options }: ToolRun, cluster: ClusterControl, command: string, name: string, node: string): Promise<void> {
  const set = options.value('set');
  const present = await cluster.getAttribute(name, node);
  const text = options.value(command);
  const value = command === 'delete' ? undefined : command === 'update-delay' ? present : counted(text ?? '', present);
  await cluster.setAttribute({
    name,
    value,
    node,
    ...(options.has('delay') ? { dampeningMs: delayMs(options.value('delay') ?? '') } : {}),
    ...(set === undefined ? {} : { set }),
    ...(options.has('private') ? { isPrivate: true } : {}),
  });
}

function delayMs(text: string): number {
  const ms = parseTimeout(text);
  if (ms === undefined) throw new ToolFailure(EXIT.usage, `Error: '${text}' is not a time`);
  return ms;
}

/** `value++` and `value+=N` count up from the present value. */
function counted(text: string, present: string | undefined): string {
  const step = /^value(?:\+\+|\+=(-?\w+))$/.exec(text);
  if (step === null) return text;
  return formatScore(addScores(parseScore(present ?? '0') ?? 0, step[1] === undefined ? 1 : (parseScore(step[1]) ?? 0)));
}

async function matchingNames(backend: Backend, node: string, pattern: string): Promise<string[]> {
  const cib = await backend.query();
  const id = nodeId(cib, node);
  if (id === undefined) throw new ToolFailure(EXIT.noSuch, `Could not map name=${node} to a UUID`);
  const wanted = patternOf(pattern);
  return findPairs(cib, { scope: 'status', nodeId: id }, { pattern: wanted }).map(({ nvpair }) => nvpair.get('name') ?? '');
}

function patternOf(pattern: string): RegExp {
  try {
    return new RegExp(pattern);
  } catch {
    throw new ToolFailure(EXIT.usage, `Error: '${pattern}' is not a regular expression`);
  }
}
