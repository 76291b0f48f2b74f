// SPDX-License-Identifier: GPL-2.0-or-later
/** Operations that failed and whose failure still counts. */
import { dateTime, element, formatDateTime, readableInterval, type XmlElement } from '../../cib/index.ts';
import type { FailedOperation } from '../model/index.ts';
import { exitText, operationStatusText } from '../exit-text.ts';
import { isMaskedProbe } from './masked-probe.ts';
import { item, list, type OutlineList } from './outline.ts';
import type { View } from './view.ts';

export interface Failure {
  readonly key: string;
  readonly resource: string;
  readonly task: string;
  readonly intervalMs: number;
  readonly node: string;
  readonly rc: number;
  readonly status: number;
  readonly reason: string | undefined;
  readonly call: string;
  readonly changedAt: number;
  readonly execTime: string | undefined;
  readonly queueTime: string | undefined;
}

export function shownFailures(view: View): Failure[] {
  const shown: Failure[] = [];
  for (const failed of view.cluster.failedOperations) {
    if (!view.nodes.has(failed.node.name) || isMaskedProbe(failed.entry)) continue;
    const failure = readFailure(failed);
    if (failure !== undefined && view.resources.has(failure.resource)) shown.push(failure);
  }
  return shown;
}

function readFailure({ node, entry }: FailedOperation): Failure | undefined {
  const key = entry.get('operation_key') ?? entry.id ?? '';
  const parts = splitKey(key);
  if (parts === undefined) return undefined;
  const number = (name: string): number => Number.parseInt(entry.get(name) ?? '0', 10) || 0;
  return {
    key,
    ...parts,
    node: node.name,
    rc: number('rc-code'),
    status: number('op-status'),
    reason: entry.get('exit-reason'),
    call: entry.get('call-id') ?? '0',
    changedAt: number('last-rc-change'),
    execTime: entry.get('exec-time'),
    queueTime: entry.get('queue-time'),
  };
}

/** `RESOURCE_TASK_MS`; resource names may hold underscores, tasks only those of migrations and notifications. */
function splitKey(key: string): { readonly resource: string; readonly task: string; readonly intervalMs: number } | undefined {
  const tail = /_(migrate_to|migrate_from|[^_]+)_(\d+)$/.exec(key);
  if (tail === null || tail.index === 0) return undefined;
  return { resource: key.slice(0, tail.index), task: tail[1]!, intervalMs: Number.parseInt(tail[2]!, 10) };
}

export function failureList(view: View): OutlineList | undefined {
  const isDetailed = view.settings.isDetailed === true;
  const items = shownFailures(view).map((failure) => item(isDetailed ? technicalText(failure, view) : friendlyText(failure, view)));
  return items.length === 0 ? undefined : list('Failed Resource Actions', items);
}

function friendlyText(failure: Failure, view: View): string {
  const interval = failure.intervalMs === 0 ? '' : `${readableInterval(failure.intervalMs)}-interval `;
  const task = failure.task === 'monitor' && failure.intervalMs === 0 ? 'probe' : failure.task;
  const reason = failure.reason ?? '';
  const result =
    failure.status === 0
      ? `returned '${exitText(failure.rc)}'${reason === '' ? '' : ` (${reason})`}`
      : `could not be executed (${operationStatusText(failure.status)}${reason === '' ? '' : `: ${reason}`})`;
  const at = failure.changedAt > 0 ? ` at ${view.time(failure.changedAt)}` : '';
  const execMs = Number.parseInt(failure.execTime ?? '0', 10) || 0;
  return `${failure.resource} ${interval}${task} on ${failure.node} ${result}${at}${execMs > 0 ? ` after ${readableInterval(execMs)}` : ''}`;
}

function technicalText(failure: Failure, view: View): string {
  const parts = [`${failure.key} on ${failure.node} '${exitText(failure.rc)}' (${failure.rc}): call=${failure.call}`, `status='${operationStatusText(failure.status)}'`];
  if (failure.reason !== undefined && failure.reason !== '') parts.push(`exitreason='${failure.reason}'`);
  if (failure.changedAt > 0) {
    parts.push(`last-rc-change='${view.time(failure.changedAt)}'`);
    if (failure.queueTime !== undefined) parts.push(`queued=${failure.queueTime}ms`);
    if (failure.execTime !== undefined) parts.push(`exec=${failure.execTime}ms`);
  }
  return parts.join(', ');
}

export function failuresXml(view: View): XmlElement | undefined {
  const failures = shownFailures(view).map((failure) => failureXml(failure, view));
  return failures.length === 0 ? undefined : element('failures', {}, failures);
}

function failureXml(failure: Failure, view: View): XmlElement {
  const common = {
    op_key: failure.key,
    node: failure.node,
    exitstatus: exitText(failure.rc),
    exitreason: failure.reason ?? 'none',
    exitcode: String(failure.rc),
    call: failure.call,
    status: operationStatusText(failure.status),
  };
  if (failure.changedAt <= 0) return element('failure', common);
  return element('failure', {
    ...common,
    'last-rc-change': formatDateTime(dateTime(failure.changedAt, view.zoneOffset(failure.changedAt))),
    queued: failure.queueTime ?? '0',
    exec: failure.execTime ?? '0',
    interval: String(failure.intervalMs),
    task: failure.task,
  });
}
