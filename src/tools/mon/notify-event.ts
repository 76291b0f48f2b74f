// SPDX-License-Identifier: GPL-2.0-or-later
/** What an external agent is told: events of operations, nodes and fencing, and the environment each becomes. */
import { executionStatusWord, exitCodeWord } from '../../agents/index.ts';
import type { XmlElement } from '../../cib/index.ts';

/** An operation whose record came or went. */
export interface OperationEvent {
  readonly kind: 'operation';
  readonly change: 'added' | 'removed';
  readonly node: string;
  readonly resource: string;
  readonly task: string;
  /** State of the execution: 0 done, -1 pending, others went wrong. */
  readonly status: number;
  readonly rc: number;
  readonly targetRc: number;
}

/** What a node state says about membership changed. */
export interface NodeEvent {
  readonly kind: 'node';
  readonly node: string;
  readonly isUp: boolean;
  readonly origin: string | undefined;
  readonly changes: readonly NodeStateChange[];
}

export interface NodeStateChange {
  readonly attribute: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

export interface FencingNotice {
  readonly kind: 'fencing';
  readonly target: string;
  readonly rc: number;
  readonly text: string;
}

export type NotifyEvent = OperationEvent | NodeEvent | FencingNotice;

/** Attributes of a node state that tell whether the node is there. */
export const MEMBERSHIP_ATTRIBUTES = ['in_ccm', 'crmd', 'join', 'expected'] as const;

/** The parts of `transition-magic` and `transition-key`; undefined when a record has none that can be read. */
export function decodeOperation(entry: XmlElement): Pick<OperationEvent, 'task' | 'status' | 'rc' | 'targetRc'> | undefined {
  const magic = /^(-?\d+):(-?\d+);(.*)$/.exec(entry.get('transition-magic') ?? '');
  const key = /^-?\d+:-?\d+:(-?\d+):/.exec(magic?.[3] ?? entry.get('transition-key') ?? '');
  const task = entry.get('operation');
  const status = magic?.[1] ?? entry.get('op-status');
  const rc = magic?.[2] ?? entry.get('rc-code');
  if (task === undefined || status === undefined || rc === undefined || key?.[1] === undefined) return undefined;
  return { task, status: Number.parseInt(status, 10), rc: Number.parseInt(rc, 10), targetRc: Number.parseInt(key[1], 10) };
}

const NOT_RUNNING = 7;
const SILENT_TASKS: ReadonlySet<string> = new Set(['notify', 'meta-data', 'cancel', 'reload', 'reload-agent']);

/** Unless everything is wanted: only what is new, and not that a probe found what it expected, nothing. */
export function isWorthTelling(event: NotifyEvent, tellsAll: boolean): boolean {
  if (event.kind !== 'operation' || tellsAll) return true;
  if (event.change === 'removed' || SILENT_TASKS.has(event.task)) return false;
  return !(event.rc === NOT_RUNNING && event.targetRc === NOT_RUNNING && event.status === 0);
}

/** The variables an agent gets besides its usual environment; the eight of old are always all set. */
export function notifyEnvironment(event: NotifyEvent, recipient: string, tellsAll: boolean): [string, string][] {
  const variables = (node: string, resource: string, task: string, description: string, rc: number, targetRc: number, status: number): [string, string][] => [
    ['CRM_notify_recipient', recipient],
    ['CRM_notify_node', node],
    ['CRM_notify_rsc', resource],
    ['CRM_notify_task', task],
    ['CRM_notify_desc', description],
    ['CRM_notify_rc', String(rc)],
    ['CRM_notify_target_rc', String(targetRc)],
    ['CRM_notify_status', String(status)],
  ];
  switch (event.kind) {
    case 'operation': {
      const { node, resource, task, rc, targetRc, status } = event;
      const told = variables(node, resource, task, describeOperation(event), rc, targetRc, status);
      return tellsAll ? [...told, ['CRM_notify_change', event.change]] : told;
    }
    case 'fencing':
      return variables(event.target, '', 'st_notify_fence', event.text, event.rc, 0, 0);
    case 'node':
      return [...variables(event.node, '', event.isUp ? 'node_up' : 'node_down', event.isUp ? 'member' : 'lost', 0, 0, 0), ...nodeVariables(event)];
  }
}

function nodeVariables({ changes, origin }: NodeEvent): [string, string][] {
  const variables: [string, string][] = [['CRM_notify_kind', 'node']];
  if (origin !== undefined) variables.push(['CRM_notify_node_state_origin', origin]);
  for (const { attribute, before, after } of changes) {
    variables.push([`CRM_notify_node_state_${attribute}_old`, before ?? ''], [`CRM_notify_node_state_${attribute}_new`, after ?? '']);
  }
  return variables;
}

/** `OK` when all went as expected, else the result or what kept the operation from having one. */
function describeOperation({ status, rc, targetRc }: Pick<OperationEvent, 'status' | 'rc' | 'targetRc'>): string {
  if (status !== 0) return executionStatusWord(status);
  return rc === targetRc ? 'OK' : exitCodeWord(rc);
}
