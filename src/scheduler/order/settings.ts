// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Effective settings of an operation: its `op` element, its meta-attributes and the operation defaults merged into one
 * table, with durations in milliseconds.
 */
import { intervalMs, msToSeconds, parseDateTime, parseTimeout } from '../../cib/index.ts';
import type { Node, Resource, Scheduler } from '../model/index.ts';
import { mergeAttributeSets, type RuleInputs } from '../unpack/attribute-sets.ts';
import { validateOnFail } from './on-fail.ts';
import { mostFrequentMonitor, operationsOf, type ConfiguredOperation } from './operations.ts';
import { resourceParameters } from './parameters.ts';

const DEFAULT_TIMEOUT_MS = 20000;

interface Settings {
  readonly scheduler: Scheduler;
  readonly resource: Resource;
  readonly task: string;
  readonly interval: number;
  readonly operation: ConfiguredOperation | undefined;
}

const tables = new WeakMap<Scheduler, Map<string, Map<string, string>>>();

/** The settings of an action; a table of its own for each caller. */
export function operationSettings(
  scheduler: Scheduler,
  resource: Resource,
  node: Node | undefined,
  task: string,
  interval: number,
  operation: ConfiguredOperation | undefined,
): Map<string, string> {
  const settings: Settings = { scheduler, resource, task, interval, operation };
  // Only fence devices look at the node, for the timeout of starts and probes.
  if (resource.isFenceDevice) return computeSettings(settings, node);
  let byKey = tables.get(scheduler);
  if (byKey === undefined) tables.set(scheduler, (byKey = new Map()));
  const key = `${operationsKey(resource)}\n${task}\n${interval}\n${operation === undefined ? -1 : operationsOf(resource).indexOf(operation)}`;
  let table = byKey.get(key);
  if (table === undefined) byKey.set(key, (table = computeSettings(settings, node)));
  return new Map(table);
}

/** Instances of one clone share their configuration, and so their settings. */
function operationsKey(resource: Resource): string {
  return resource.kind === 'primitive' ? `${resource.xml.get('id') ?? resource.id}\n${resource.class}:${resource.provider ?? ''}:${resource.type}` : resource.kind;
}

function computeSettings(settings: Settings, node: Node | undefined): Map<string, string> {
  const { scheduler, resource, task, interval, operation } = settings;
  const inputs = ruleInputs(settings);
  const table = new Map<string, string>();
  for (const [name, value] of operation?.xml.entries() ?? []) if (name !== 'id') table.set(name, value);
  mergeAttributeSets(scheduler, table, operation?.xml, 'meta_attributes', inputs);
  addProbeTimeout(table, settings);
  mergeAttributeSets(scheduler, table, scheduler.cib.at('configuration', 'op_defaults'), 'meta_attributes', inputs);
  if (interval > 0) table.set('interval', String(interval));
  else table.delete('interval');
  addFenceTimeout(table, settings, node);
  table.set('timeout', String(timeoutMs(table.get('timeout'))));
  validateOnFail(resource, task, operation?.xml, table);
  addStartDelay(table, settings);
  return table;
}

function ruleInputs({ resource, task, interval }: Settings): RuleInputs {
  return {
    resource: { class: resource.meta.get('class'), provider: resource.meta.get('provider'), type: resource.meta.get('type') },
    operation: { name: task, intervalMs: interval },
  };
}

/** A probe without a timeout of its own takes that of the most frequent monitor before any default. */
function addProbeTimeout(table: Map<string, string>, { resource, task, interval }: Settings): void {
  if (task !== 'monitor' || interval !== 0 || table.has('timeout')) return;
  const timeout = mostFrequentMonitor(resource)?.xml.get('timeout');
  if (timeout !== undefined) table.set('timeout', timeout);
}

function addFenceTimeout(table: Map<string, string>, { scheduler, resource, task, interval }: Settings, node: Node | undefined): void {
  if (!resource.isFenceDevice || (task !== 'start' && !(task === 'monitor' && interval === 0))) return;
  const timeout = resourceParameters(scheduler, resource, node).get('pcmk_monitor_timeout');
  if (timeout !== undefined) table.set('timeout', timeout);
}

function timeoutMs(text: string | undefined): number {
  const ms = text === undefined ? 0 : (parseTimeout(text) ?? 0);
  return ms > 0 ? ms : DEFAULT_TIMEOUT_MS;
}

function addStartDelay(table: Map<string, string>, settings: Settings): void {
  const configured = table.get('start-delay');
  if (configured !== undefined) {
    table.set('start-delay', String(intervalMs(configured)));
    return;
  }
  const delay = delayFromOrigin(table.get('interval-origin'), settings);
  if (delay !== undefined) table.set('start-delay', String(delay));
}

/** Milliseconds until the recurring action is next due, counting its interval from the origin. */
function delayFromOrigin(origin: string | undefined, { scheduler, interval }: Settings): number | undefined {
  if (origin === undefined || interval === 0) return undefined;
  const start = parseDateTime(origin, scheduler.clock);
  if (start === undefined) return undefined;
  const seconds = msToSeconds(interval);
  const passed = scheduler.now - start.epochSeconds;
  const into = passed % seconds;
  return into > 0 ? (seconds - into) * 1000 : -into * 1000;
}
