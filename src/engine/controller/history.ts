// SPDX-License-Identifier: GPL-2.0-or-later
/** Results of operations as history entries of the status section (cib.md, section 2.1). */
import { operationDigest, element, type XmlElement } from '../../cib/index.ts';
import type { AgentMetadata } from '../../agents/index.ts';
import { FEATURE_SET } from '../../cib/index.ts';
import { operationKey, STATUS, type Operation, type OperationResult } from '../executor/operation.ts';

/** What one result writes: the last single operation, a recurring one, and beside it the last failure. */
export function historyEntries(result: OperationResult, node: string, metadata: AgentMetadata | undefined): XmlElement[] {
  const { operation } = result;
  const key = operationKey(operation.resource, operation.action, operation.intervalMs);
  const main = operation.intervalMs > 0 ? key : `${operation.resource}_last_0`;
  const ids = hasFailed(result) ? (operation.intervalMs > 0 ? [`${operation.resource}_last_failure_0`] : [`${operation.resource}_last_failure_0`, main]) : [main];
  return ids.map((id) => entry(id, result, node, metadata));
}

/** Written when an operation begins, so that a new DC knows that it runs. */
export function pendingEntry(operation: Operation, node: string, epochMs: number): XmlElement {
  const key = operationKey(operation.resource, operation.action, operation.intervalMs);
  const id = operation.intervalMs > 0 ? key : `${operation.resource}_last_0`;
  const result = { operation, callId: -1, rc: 193, status: STATUS.pending, exitReason: undefined, changedAtEpochMs: epochMs, execMs: 0, queueMs: 0 };
  return entry(id, result, node, undefined);
}

/** Wraps entries so that a modify request puts them under the node's resource. */
export function historyUpdate(node: { readonly id: number; readonly name: string }, operation: Operation, entries: readonly XmlElement[]): XmlElement {
  const { agent, resource } = operation;
  const container = operation.attributes.find(([name]) => name === 'CRM_meta_container')?.[1];
  const lrmResource = element('lrm_resource', { id: resource, class: agent.class, provider: agent.provider, type: agent.type, container }, entries);
  return element('node_state', { id: String(node.id), uname: node.name }, [
    element('lrm', { id: String(node.id) }, [element('lrm_resources', {}, [lrmResource])]),
  ]);
}

export function targetRc(transitionKey: string): number {
  return Number(transitionKey.split(':')[2] ?? '0');
}

export function hasFailed(result: Pick<OperationResult, 'operation' | 'rc' | 'status'>): boolean {
  if (result.status === STATUS.pending || result.status === STATUS.cancelled) return false;
  if (result.status !== STATUS.done) return true;
  const expected = targetRc(result.operation.transitionKey);
  // A degraded resource works.
  if (result.rc === 190) return expected !== 0;
  if (result.rc === 191) return expected !== 8;
  return result.rc !== expected;
}

function entry(id: string, result: OperationResult, node: string, metadata: AgentMetadata | undefined): XmlElement {
  const { operation } = result;
  const epochSeconds = String(Math.floor(result.changedAtEpochMs / 1000));
  const parameters = operation.attributes;
  return element('lrm_rsc_op', {
    id,
    operation_key: operationKey(operation.resource, operation.action, operation.intervalMs),
    operation: operation.action,
    'crm-debug-origin': 'controld_update_resource_history',
    crm_feature_set: FEATURE_SET,
    'transition-key': operation.transitionKey,
    'transition-magic': `${result.status}:${result.rc};${operation.transitionKey}`,
    'exit-reason': result.exitReason ?? '',
    on_node: node,
    'call-id': String(result.callId),
    'rc-code': String(result.rc),
    'op-status': String(result.status),
    interval: String(operation.intervalMs),
    'last-rc-change': epochSeconds,
    'exec-time': String(result.execMs),
    'queue-time': String(result.queueMs),
    migrate_source: valueOf(parameters, 'CRM_meta_migrate_source'),
    migrate_target: valueOf(parameters, 'CRM_meta_migrate_target'),
    'op-digest': operationDigest(parameters, { isRecurring: operation.intervalMs > 0 }),
    ...restartDigest(operation, metadata),
    ...secureDigest(operation, metadata),
  });
}

function valueOf(parameters: Operation['attributes'], name: string): string | undefined {
  return parameters.find(([key]) => key === name)?.[1];
}

/** Only for agents that can reload: which parameters cannot be changed without a restart. */
function restartDigest(operation: Operation, metadata: AgentMetadata | undefined): Record<string, string | undefined> {
  const canReload = metadata?.actions.some(({ name }) => name === 'reload-agent' || name === 'reload') ?? false;
  if (metadata === undefined || !canReload) return {};
  const fixed = metadata.parameters.filter((parameter) => !parameter.isReloadable).map(({ name }) => name);
  const only = new Set(fixed);
  return {
    'op-force-restart': ` ${fixed.join('  ')} `,
    'op-restart-digest': operationDigest(operation.attributes, { isRecurring: operation.intervalMs > 0, only }),
  };
}

/** Passwords never decide whether a history that went through a filter still fits. */
const PRIVATE_NAMES: ReadonlySet<string> = new Set(['password', 'passwd', 'user']);

function secureDigest(operation: Operation, metadata: AgentMetadata | undefined): Record<string, string | undefined> {
  const names = metadata?.parameters.map(({ name }) => name).filter((name) => PRIVATE_NAMES.has(name)) ?? [];
  if (names.length === 0) return {};
  return {
    'op-secure-params': ` ${names.join('  ')} `,
    'op-secure-digest': operationDigest(operation.attributes, { isRecurring: operation.intervalMs > 0, without: new Set(names) }),
  };
}
