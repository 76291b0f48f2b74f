// SPDX-License-Identifier: GPL-2.0-or-later
/** The node's own side of a controller: hands actions to the executor and keeps the history of this node in the CIB. */
import { hasAction, parseMetadata, type AgentMetadata } from '../../agents/index.ts';
import { element, type CibChange, type CibReply, type XmlElement } from '../../cib/index.ts';
import type { Platform } from '../../platform/index.ts';
import type { Executor } from '../executor/executor.ts';
import { operationKey, STATUS, type Operation, type OperationResult } from '../executor/operation.ts';
import { hasFailed, historyEntries, historyUpdate, pendingEntry } from './history.ts';
import type { ActionOrder } from './messages.ts';
import { deleteBelow } from './node-state.ts';

export interface LocalSetup {
  readonly me: { readonly id: number; readonly name: string };
  readonly executor: Executor;
  apply(changes: readonly CibChange[], reply?: (reply: CibReply) => void, client?: string): void;
  /** Tells the DC of an end that leaves no history. */
  done(transitionKey: string, rc: number, status: number): void;
  /** For alerts: any result but that of a probe which found what it expected. */
  reported(result: OperationResult): void;
}

/** Actions after whose beginning the resource may be active, or promoted. */
const ACTIVATING: ReadonlySet<string> = new Set(['start', 'promote', 'migrate_to', 'migrate_from']);

interface ResourceHistory {
  readonly operation: Operation;
  readonly entries: Map<string, XmlElement>;
}

export class LocalOperations {
  private readonly histories = new Map<string, ResourceHistory>();
  private readonly metadata = new Map<string, AgentMetadata | undefined>();
  private readonly platform: Platform;
  private readonly setup: LocalSetup;

  constructor(platform: Platform, setup: LocalSetup) {
    this.platform = platform;
    this.setup = setup;
  }

  perform(order: ActionOrder): void {
    if (order.operation === 'cancel') return this.cancel(order);
    if (order.operation === 'lrm_delete' || order.operation === 'delete') return this.forgetFor(order);
    const operation = operationOf(order);
    if (operation === undefined) return this.setup.done(order.transitionKey, 6, STATUS.error);
    if (!order.isDirect) this.announce(operation);
    this.setup.executor.execute(operation, (result) => this.ended(order, result));
  }

  /** A failure reported from outside: as if the resource's monitor had returned an error now. */
  reportFailure(resource: string): void {
    const history = this.histories.get(resource);
    if (history === undefined) return;
    const operation = { ...history.operation, action: 'asyncmon', intervalMs: 0, transitionKey: `0:-1:0:00000000-0000-0000-0000-000000000000` };
    const epochMs = this.platform.clock.epochMs();
    const result = { operation, callId: this.setup.executor.takeCallId(), rc: 1, status: STATUS.done, exitReason: 'Simulated failure', changedAtEpochMs: epochMs, execMs: 0, queueMs: 0 };
    const [entry] = historyEntries(result, this.setup.me.name, undefined);
    if (entry !== undefined) this.record(operation, [entry]);
  }

  /** Everything the executor of this node has done, to replace what the CIB says about it. */
  replaceHistory(reply: () => void): void {
    const { id } = this.setup.me;
    const changes: CibChange[] = [deleteBelow(String(id), 'lrm'), { op: 'modify', section: 'status', allowCreate: true, data: this.emptyHistory() }];
    for (const { operation, entries } of this.histories.values()) {
      changes.push({ op: 'modify', section: 'status', allowCreate: true, data: historyUpdate(this.setup.me, operation, [...entries.values()]) });
    }
    this.setup.apply(changes, reply);
  }

  /** Clean-up: the resource will be probed again. */
  forget(resource: string | undefined, operation: string | undefined, intervalMs: number | undefined, failedOnly: boolean): void {
    for (const [id, history] of [...this.histories]) {
      if (resource !== undefined && id !== resource && !id.startsWith(`${resource}:`)) continue;
      if (failedOnly && !history.entries.has(`${id}_last_failure_0`)) continue;
      if (operation !== undefined && !concerns(history, operation, intervalMs)) continue;
      // Not in the controller's name: a clean-up is news to the transition.
      this.drop(id, () => {}, 'crm_resource');
    }
  }

  private ended(order: ActionOrder, result: OperationResult): void {
    const { operation } = result;
    if (hasFailed(result) || operation.action !== 'monitor' || operation.intervalMs > 0) this.setup.reported(result);
    if (order.isDirect) return this.setup.done(order.transitionKey, result.rc, result.status);
    this.withMetadata(operation, (metadata) => {
      if (operation.intervalMs === 0 && operation.action !== 'monitor') this.forgetRecurring(operation.resource);
      const entries = historyEntries(result, this.setup.me.name, metadata);
      this.record(operation, entries);
    });
  }

  /** Reloadable and private parameters are only known from the agent's meta-data, which is asked for once. */
  private withMetadata(operation: Operation, use: (metadata: AgentMetadata | undefined) => void): void {
    const key = `${operation.agent.class}:${operation.agent.provider ?? ''}:${operation.agent.type}`;
    if (operation.agent.class !== 'ocf' || operation.action !== 'start' || this.metadata.has(key)) return use(this.metadata.get(key));
    this.setup.executor.ask(operation.agent, 'meta-data', (text) => {
      const metadata = text !== undefined && text.includes('<') ? parseMetadata(text) : undefined;
      this.metadata.set(key, metadata !== undefined && hasAction(metadata, 'start') ? metadata : undefined);
      use(this.metadata.get(key));
    });
  }

  private record(operation: Operation, entries: readonly XmlElement[]): void {
    const history = this.histories.get(operation.resource) ?? { operation, entries: new Map<string, XmlElement>() };
    this.histories.set(operation.resource, history);
    for (const entry of entries) history.entries.set(entry.id ?? '', entry);
    this.setup.apply([{ op: 'modify', section: 'status', allowCreate: true, data: historyUpdate(this.setup.me, operation, entries) }]);
  }

  /**
   * That an operation has begun hides in the CIB what was known before. A DC that takes this node in has to count the
   * resource as active in both cases: while it is being made active, and while a stop or demote may yet fail.
   */
  private announce(operation: Operation): void {
    const entry = pendingEntry(operation, this.setup.me.name, this.platform.clock.epochMs());
    if (ACTIVATING.has(operation.action)) return this.record(operation, [entry]);
    this.setup.apply([{ op: 'modify', section: 'status', allowCreate: true, data: historyUpdate(this.setup.me, operation, [entry]) }]);
  }

  private forgetRecurring(resource: string): void {
    const history = this.histories.get(resource);
    for (const [id, entry] of history?.entries ?? []) if (entry.get('interval') !== '0') history?.entries.delete(id);
  }

  private cancel(order: ActionOrder): void {
    const resource = resourceOf(order);
    const [action, intervalMs] = [valueOf(order, 'CRM_meta_operation') ?? 'monitor', Number(valueOf(order, 'CRM_meta_interval') ?? '0')];
    this.setup.executor.cancel(resource, action, intervalMs);
    const id = operationKey(resource, action, intervalMs);
    this.histories.get(resource)?.entries.delete(id);
    this.setup.apply([deleteEntry(this.setup.me.id, resource, id)], () => this.setup.done(order.transitionKey, 0, STATUS.done));
  }

  private forgetFor(order: ActionOrder): void {
    this.drop(resourceOf(order), () => this.setup.done(order.transitionKey, 0, STATUS.done));
  }

  private drop(resource: string, reply: () => void = () => {}, client?: string): void {
    this.setup.executor.forget(resource);
    this.histories.delete(resource);
    this.setup.apply([{ op: 'delete', xpath: `${resourcesPath(this.setup.me.id)}/lrm_resource[@id='${safe(resource)}']` }], reply, client);
  }

  private emptyHistory(): XmlElement {
    const { id, name } = this.setup.me;
    return element('node_state', { id: String(id), uname: name }, [element('lrm', { id: String(id) }, [element('lrm_resources')])]);
  }
}

function operationOf(order: ActionOrder): Operation | undefined {
  const { primitive } = order;
  if (primitive?.class === undefined || primitive.type === undefined) return undefined;
  return {
    resource: resourceOf(order),
    agent: { class: primitive.class, provider: primitive.provider, type: primitive.type },
    action: order.operation,
    intervalMs: order.operation === 'notify' ? 0 : Number(valueOf(order, 'CRM_meta_interval') ?? '0'),
    timeoutMs: Number(valueOf(order, 'CRM_meta_timeout') ?? '20000'),
    startDelayMs: Number(valueOf(order, 'CRM_meta_start_delay') ?? '0'),
    attributes: order.attributes,
    transitionKey: order.transitionKey,
  };
}

function resourceOf(order: ActionOrder): string {
  return order.primitive?.id ?? '';
}

function valueOf(order: ActionOrder, name: string): string | undefined {
  return order.attributes.find(([key]) => key === name)?.[1];
}

function concerns(history: ResourceHistory, operation: string, intervalMs: number | undefined): boolean {
  for (const entry of history.entries.values()) {
    if (entry.get('operation') === operation && (intervalMs === undefined || entry.get('interval') === String(intervalMs))) return true;
  }
  return false;
}

function resourcesPath(nodeId: number): string {
  return `/cib/status/node_state[@id='${nodeId}']/lrm/lrm_resources`;
}

function deleteEntry(nodeId: number, resource: string, id: string): CibChange {
  return { op: 'delete', xpath: `${resourcesPath(nodeId)}/lrm_resource[@id='${safe(resource)}']/lrm_rsc_op[@id='${safe(id)}']` };
}

/** Ids are names of the schema, which hold no quotes; anything else cannot be in the document. */
function safe(id: string): string {
  return id.replace(/['"<>&]/g, '');
}
