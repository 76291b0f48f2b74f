// SPDX-License-Identifier: GPL-2.0-or-later
/** Runs the configured alert agents of a node, once for each event and recipient (engine.md, section 12). */
import { isTrue, parseTimeout, type XmlElement } from '../../cib/index.ts';
import type { Platform } from '../../platform/index.ts';
import { formatTimestamp } from './timestamp.ts';

export type AlertEvent =
  | { readonly kind: 'node'; readonly node: string; readonly nodeId: string; readonly desc: 'member' | 'lost' }
  | { readonly kind: 'fencing'; readonly node: string; readonly desc: string; readonly task: string; readonly rc: number }
  | { readonly kind: 'attribute'; readonly node: string; readonly nodeId: string; readonly name: string; readonly value: string }
  | {
      readonly kind: 'resource';
      readonly node: string;
      readonly resource: string;
      readonly task: string;
      readonly intervalMs: number;
      readonly rc: number;
      readonly targetRc: number;
      readonly status: number;
      readonly execMs: number;
      readonly desc: string;
    };

export interface AlertsSetup {
  readonly environment: ReadonlyMap<string, string>;
  readonly workDirectory: string;
  readonly brand: string;
  cib(): XmlElement;
}

const DEFAULT_TIMESTAMP = '%H:%M:%S.%06N';
const DEFAULT_TIMEOUT_MS = 30_000;
const DEFAULT_KINDS: ReadonlySet<AlertEvent['kind']> = new Set(['node', 'fencing', 'resource']);
const SELECT_OF: Readonly<Record<AlertEvent['kind'], string>> = {
  node: 'select_nodes',
  fencing: 'select_fencing',
  resource: 'select_resources',
  attribute: 'select_attributes',
};

export class Alerts {
  private sequence = 0;
  private readonly platform: Platform;
  private readonly setup: AlertsSetup;

  constructor(platform: Platform, setup: AlertsSetup) {
    this.platform = platform;
    this.setup = setup;
  }

  send(event: AlertEvent): void {
    const alerts = this.setup.cib().at('configuration', 'alerts')?.elements('alert') ?? [];
    for (const alert of alerts) {
      if (!isSelected(alert, event)) continue;
      const recipients = alert.elements('recipient');
      if (recipients.length === 0) this.run(alert, undefined, event);
      for (const recipient of recipients) this.run(alert, recipient, event);
    }
  }

  private run(alert: XmlElement, recipient: XmlElement | undefined, event: AlertEvent): void {
    const meta = (name: string): string | undefined => (recipient === undefined ? undefined : pairs(recipient, 'meta_attributes').get(name)) ?? pairs(alert, 'meta_attributes').get(name);
    if (meta('enabled') !== undefined && !isTrue(meta('enabled'))) return;
    const env = new Map(this.setup.environment);
    const variables: [string, string][] = [...this.variables(event, meta('timestamp-format') ?? DEFAULT_TIMESTAMP), ['recipient', recipient?.get('value') ?? '']];
    // The second spelling is that of the old notification agents.
    for (const [name, value] of variables) env.set(`CRM_alert_${name}`, value).set(`CRM_notify_${name}`, value);
    for (const from of [alert, ...(recipient === undefined ? [] : [recipient])]) {
      for (const [name, value] of pairs(from, 'instance_attributes')) env.set(name, value);
    }
    const timeoutMs = parseTimeout(meta('timeout') ?? '') ?? DEFAULT_TIMEOUT_MS;
    const path = alert.get('path') ?? '';
    this.platform.processes.spawn({ label: `alert ${alert.id ?? ''}`, path, args: [], env, cwd: this.setup.workDirectory, timeoutMs, brand: this.setup.brand }, (result) => {
      if (result.kind !== 'exited' || result.code !== 0) this.platform.log('warning', 'pacemaker-execd', `alert agent ${path} failed: ${result.kind} ${result.code}`);
    });
  }

  private *variables(event: AlertEvent, timestampFormat: string): IterableIterator<[string, string]> {
    const epochMs = this.platform.clock.epochMs();
    yield ['version', '3.0.0'];
    yield ['kind', event.kind];
    yield ['node', event.node];
    yield ['node_sequence', String(++this.sequence)];
    yield ['timestamp', formatTimestamp(epochMs, timestampFormat)];
    yield ['timestamp_epoch', String(Math.floor(epochMs / 1000))];
    yield ['timestamp_usec', String(Math.floor(epochMs % 1000) * 1000)];
    switch (event.kind) {
      case 'node':
        yield ['nodeid', event.nodeId];
        yield ['desc', event.desc];
        return;
      case 'fencing':
        yield ['task', event.task];
        yield ['rc', String(event.rc)];
        yield ['desc', event.desc];
        return;
      case 'attribute':
        yield ['nodeid', event.nodeId];
        yield ['attribute_name', event.name];
        yield ['attribute_value', event.value];
        return;
      case 'resource':
        yield ['rsc', event.resource];
        yield ['task', event.task];
        yield ['interval', String(event.intervalMs)];
        yield ['rc', String(event.rc)];
        yield ['target_rc', String(event.targetRc)];
        yield ['status', String(event.status)];
        yield ['exec_time', String(event.execMs)];
        yield ['desc', event.desc];
    }
  }
}

function isSelected(alert: XmlElement, event: AlertEvent): boolean {
  const select = alert.first('select');
  if (select === undefined) return DEFAULT_KINDS.has(event.kind);
  const chosen = select.first(SELECT_OF[event.kind]);
  if (chosen === undefined) return false;
  const names = chosen.elements('attribute').map((one) => one.get('name'));
  return event.kind !== 'attribute' || names.length === 0 || names.includes(event.name);
}

function pairs(from: XmlElement, set: 'meta_attributes' | 'instance_attributes'): Map<string, string> {
  const found = new Map<string, string>();
  for (const one of from.elements(set)) for (const pair of one.elements('nvpair')) found.set(pair.get('name') ?? '', pair.get('value') ?? '');
  return found;
}
