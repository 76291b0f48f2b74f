// SPDX-License-Identifier: GPL-2.0-or-later
/** Writes the result of one operation into the history of a resource, as an executor would have reported it. */
import { operationDigest } from '../../cib/index.ts';
import { FEATURE_SET } from '../../cib/index.ts';
import type { ResourceDraft } from './status-draft.ts';

/** A finished operation. */
export interface OperationResult {
  readonly task: string;
  readonly intervalMs: number;
  readonly node: string;
  readonly rc: number;
  /** The result that was asked for; another one is a failure. */
  readonly targetRc: number;
  readonly epochSeconds: number;
  readonly exitReason?: string;
  /** Absent when nothing is known of the parameters: then no digest is written. */
  readonly parameters?: readonly (readonly [string, string])[];
}

const ORIGIN = 'crm_simulate';
/** Stands for the id of the controller that ran the transition. */
const NO_CONTROLLER = 'xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx';

export function recordResult(history: ResourceDraft, result: OperationResult): void {
  const resource = history.id;
  const callId = history.nextCall();
  const task = result.task === 'reload' || result.task === 'reload-agent' ? 'start' : result.task;
  const key = `${resource}_${task}_${result.intervalMs}`;
  const hasFailed = result.rc !== result.targetRc && task !== 'notify';
  const transitionKey = `${callId}:-1:${result.targetRc}:${NO_CONTROLLER}`;
  const rc = task === 'notify' ? 0 : result.rc;
  const attributes: Record<string, string> = {
    operation_key: key,
    operation: task,
    'crm-debug-origin': ORIGIN,
    crm_feature_set: FEATURE_SET,
    'transition-key': transitionKey,
    'transition-magic': `0:${rc};${transitionKey}`,
    'exit-reason': hasFailed ? (result.exitReason ?? '') : '',
    on_node: result.node,
    'call-id': String(callId),
    'rc-code': String(rc),
    'op-status': '0',
    interval: String(result.intervalMs),
    'last-rc-change': String(result.epochSeconds),
    'exec-time': '0',
    'queue-time': '0',
  };
  const parameter = (name: string): string | undefined => result.parameters?.find(([here]) => here === name)?.[1];
  if (task === 'migrate_to' || task === 'migrate_from') {
    const source = parameter('CRM_meta_migrate_source');
    const target = parameter('CRM_meta_migrate_target');
    if (source !== undefined) attributes['migrate_source'] = source;
    if (target !== undefined) attributes['migrate_target'] = target;
  }
  if (result.parameters !== undefined) {
    attributes['op-digest'] = operationDigest(result.parameters, { isRecurring: result.intervalMs > 0 });
  }
  for (const id of entryIds(resource, task, result.intervalMs, hasFailed, parameter)) history.record(id, callId, attributes);
}

/** Ids under which an operation is remembered; a failed one-time operation also replaces the last success. */
function entryIds(resource: string, task: string, intervalMs: number, hasFailed: boolean, parameter: (name: string) => string | undefined): string[] {
  if (task === 'notify') {
    const type = parameter('CRM_meta_notify_type') ?? 'unknown';
    const operation = parameter('CRM_meta_notify_operation') ?? 'unknown';
    return [`${resource}_${type}_notify_${operation}_0`];
  }
  if (task === 'migrate_to' || task === 'migrate_from') return [`${resource}_${task}_${intervalMs}`];
  if (hasFailed) return intervalMs === 0 ? [`${resource}_last_failure_0`, `${resource}_last_0`] : [`${resource}_last_failure_0`];
  return intervalMs > 0 ? [`${resource}_${task}_${intervalMs}`] : [`${resource}_last_0`];
}
