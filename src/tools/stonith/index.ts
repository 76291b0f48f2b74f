// SPDX-License-Identifier: GPL-2.0-or-later
/** stonith_admin: fencing by hand and what is known of it. */
import type { Backend, ClusterControl, FencingEvent } from '../../backends/index.ts';
import { dateTime, element, formatDateTime, parseTimeout, XmlText, type XmlElement } from '../../cib/index.ts';
import { EXIT } from '../exit/codes.ts';
import { helpText } from '../options/index.ts';
import { withBackend } from '../live.ts';
import { refusal, tool, ToolFailure, type ToolRun } from '../run.ts';
import { listInstalled, showMetadata, validate } from './agent.ts';
import { canFence, fenceDevices, watchdogDevice } from './devices.ts';
import { table } from './options.ts';

export { table };

const COMMANDS = new Set(['register', 'deregister', 'register-level', 'deregister-level', 'list', 'list-registered', 'list-installed', 'list-targets', 'metadata', 'query', 'history', 'last', 'validate', 'fence', 'reboot', 'unfence', 'confirm']);
const NEEDS_AGENT = new Set(['register', 'metadata', 'validate']);
const FENCING: ReadonlyMap<string, 'off' | 'on' | 'reboot'> = new Map([
  ['fence', 'off'],
  ['unfence', 'on'],
  ['reboot', 'reboot'],
]);
const NOT_CONNECTED = 'Transport endpoint is not connected';

export const run = tool(table, async (run) => {
  const { options, context } = run;
  const command = options.last(COMMANDS);
  if (command === undefined) {
    context.err(helpText(table));
    return EXIT.usage;
  }
  if (NEEDS_AGENT.has(command.name) && !options.has('agent')) {
    context.err(`Please specify an agent to query using -a,--agent [value]\n${helpText(table)}`);
    return EXIT.usage;
  }
  switch (command.name) {
    case 'list-installed':
      return listInstalled(run);
    case 'metadata':
      return showMetadata(run);
    case 'validate':
      return validate(run);
    default:
      return withBackend(run, (backend) => ask(run, backend, command.name, command.value ?? ''));
  }
});

async function ask(run: ToolRun, backend: Backend, command: string, target: string): Promise<number> {
  const fencing = FENCING.get(command);
  const { cluster } = backend;
  if (cluster === undefined) {
    if (fencing !== undefined) return run.fail(EXIT.disconnected, `Couldn't ${fencing === 'on' ? 'unfence' : 'fence'} ${target}: ${NOT_CONNECTED}`);
    throw new ToolFailure(EXIT.disconnected, `Could not connect to fencer: ${NOT_CONNECTED}`, false);
  }
  if (fencing !== undefined) return fence(run, cluster, await nodeName(run, cluster, target), fencing);
  switch (command) {
    case 'confirm':
      await cluster.confirmDown(await nodeName(run, cluster, target));
      return EXIT.ok;
    case 'history':
      return history(run, cluster, target);
    case 'last':
      return last(run, cluster, target);
    case 'list':
    case 'list-registered':
    case 'list-targets':
    case 'query':
      return devices(run, await backend.query(), command, target);
    default:
      throw refusal(table, command);
  }
}

async function nodeName({ options }: ToolRun, cluster: ClusterControl, target: string): Promise<string> {
  if (!options.has('as-node-id')) return target;
  return (await cluster.status()).nodes.find((node) => node.id === target)?.name ?? target;
}

async function fence(run: ToolRun, cluster: ClusterControl, target: string, action: 'off' | 'on' | 'reboot'): Promise<number> {
  if (await wasFencedLately(run, cluster, target, action)) return EXIT.ok;
  const known = (await cluster.status()).nodes.some((node) => node.name === target);
  const verb = action === 'on' ? 'unfence' : 'fence';
  if (!known) return run.fail(EXIT.noSuch, `Couldn't ${verb} ${target}: No such device`);
  const event = await cluster.fence(target, action);
  if (event.state === 'success') return EXIT.ok;
  return run.fail(EXIT.error, `Couldn't ${verb} ${target}: ${event.exitReason ?? 'No data available'}`);
}

async function wasFencedLately({ options, context }: ToolRun, cluster: ClusterControl, target: string, action: string): Promise<boolean> {
  const text = options.value('tolerance');
  if (text === undefined) return false;
  const since = context.epochMs() - (parseTimeout(text) ?? 0);
  return (await cluster.fencingHistory(target)).some((event) => event.state === 'success' && event.action === action && event.epochMs >= since);
}

/** Without `--verbose` only what succeeded, as the reference shows it. */
async function history(run: ToolRun, cluster: ClusterControl, target: string): Promise<number> {
  const { options, output } = run;
  if (options.has('cleanup')) throw refusal(table, 'cleanup');
  const all = await cluster.fencingHistory(target === '*' ? undefined : target);
  const shown = options.has('verbose') ? all : all.filter((event) => event.state === 'success');
  output.text(shown.length === 1 ? '1 event found' : `${shown.length} events found`, '');
  for (const event of shown) output.text(eventText(run, event));
  output.element(element('list', { name: 'fencing history', count: String(shown.length) }, shown.map((event) => eventElement(run, event))));
  return EXIT.ok;
}

const DEEDS: ReadonlyMap<string, string> = new Map([
  ['reboot', 'reboot'],
  ['off', 'turn off'],
  ['on', 'turn on'],
]);

function eventText(run: ToolRun, event: FencingEvent): string {
  const deed = DEEDS.get(event.action) ?? event.action;
  const asked = `node ${event.target} on behalf of ${event.client} from ${event.origin}`;
  const at = ` at ${told(run, event.epochMs)}`;
  if (event.state === 'pending') return `${event.origin} wishes to ${deed} ${asked}${at}`;
  const reason = event.exitReason === undefined ? '' : ` (${event.exitReason})`;
  return `${event.device ?? event.origin} was ${event.state === 'success' ? 'able' : 'not able'} to ${deed} ${asked}${at}${reason}`;
}

function eventElement(run: ToolRun, event: FencingEvent): XmlElement {
  return element('fence_event', {
    action: event.action,
    target: event.target,
    client: event.client,
    origin: event.origin,
    status: event.state,
    'exit-reason': event.exitReason,
    delegate: event.device,
    completed: event.state === 'pending' ? undefined : told(run, event.epochMs),
  });
}

function told({ context }: ToolRun, epochMs: number): string {
  const seconds = Math.floor(epochMs / 1000);
  return formatDateTime(dateTime(seconds, context.zoneOffsetSeconds(seconds)), 'calendar', 'own');
}

async function last(run: ToolRun, cluster: ClusterControl, target: string): Promise<number> {
  const times = (await cluster.fencingHistory(target)).filter((event) => event.state === 'success').map((event) => event.epochMs);
  const when = times.length === 0 ? undefined : told(run, Math.max(...times));
  run.output.text(when === undefined ? `Node ${target} has never been fenced` : `Node ${target} last fenced at: ${when}`);
  run.output.element(element('last-fenced', { target, when: when ?? 'never' }));
  return EXIT.ok;
}

function devices(run: ToolRun, cib: XmlElement, command: string, target: string): number {
  const all = [...fenceDevices(cib), ...watchdogDevice(cib)];
  if (command === 'query' || command === 'list-targets') {
    const device = all.find((one) => one.id === target);
    if (device === undefined) return run.fail(EXIT.noSuch, `Could not find device ${target}`);
    return command === 'query' ? EXIT.ok : listed(run, 'fence targets', 'target', device.hosts ?? []);
  }
  const shown = command === 'list' ? all.filter((device) => canFence(device, target)) : all;
  const ids = shown.map((device) => device.id);
  const code = listed(run, 'registered fence devices', 'fence device', ids);
  return ids.length === 0 && command === 'list' ? EXIT.noSuch : code;
}

export function listed({ output }: ToolRun, name: string, noun: string, ids: readonly string[]): number {
  output.text(`${ids.length} ${noun}${ids.length === 1 ? '' : 's'} found`, ...ids.map((id) => ` ${id}`));
  const items = ids.map((id) => element('item', noun === 'target' ? {} : { name: 'device' }, [new XmlText(id)]));
  output.element(element('list', { name, count: String(ids.length) }, items));
  return EXIT.ok;
}
