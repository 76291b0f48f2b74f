// SPDX-License-Identifier: GPL-2.0-or-later
/** What a history entry means for the transition that is running (engine.md, section 8, "Result arrives"). */
import type { XmlElement } from '../../cib/index.ts';
import { attributeOf, type Transition } from './transition/transition.ts';

export interface CountedFailure {
  readonly action: string;
  readonly intervalMs: number;
  readonly isForced: boolean;
  readonly isIgnored: boolean;
}

export type Verdict = { readonly failure?: CountedFailure } & (
  | { readonly kind: 'ignore' }
  | { readonly kind: 'confirm'; readonly actionId: number }
  | { readonly kind: 'failed'; readonly actionId: number }
  | { readonly kind: 'abort'; readonly reason: string }
);

export function judge(entry: XmlElement, uuid: string, transition: Transition | undefined): Verdict {
  const [action, graph, target, writer] = (entry.get('transition-key') ?? '').split(':');
  if (action === undefined || graph === undefined || target === undefined || writer === undefined) return { kind: 'abort', reason: 'Bad event' };
  const [status, rc, intervalMs] = [Number(entry.get('op-status')), Number(entry.get('rc-code')), Number(entry.get('interval') ?? '0')];
  if (status === -1) return { kind: 'ignore' };
  const isFailed = status !== 0 || (rc !== Number(target) && !isDegraded(rc, Number(target)));
  const counted = { action: entry.get('operation') ?? '', intervalMs, isForced: graph === '-1' };
  const failure = isFailed ? { ...counted, isIgnored: false } : undefined;
  if (graph === '-1') return { kind: 'abort', reason: 'Unexpected event', failure };
  if (writer !== uuid) return { kind: 'abort', reason: 'Foreign event', failure };
  if (transition === undefined || transition.graph.transitionId !== Number(graph)) {
    return { kind: 'abort', reason: intervalMs > 0 ? 'Change in recurring result' : 'Old event', failure };
  }
  return judgeCurrent(Number(action), isFailed, counted, transition);
}

function judgeCurrent(actionId: number, isFailed: boolean, counted: Omit<CountedFailure, 'isIgnored'>, transition: Transition): Verdict {
  const action = transition.actionOf(actionId);
  const isPending = transition.pending().some((one) => one.id === actionId);
  const isIgnored = action !== undefined && attributeOf(action, 'CRM_meta_on_fail') === 'ignore';
  const failure = isFailed ? { ...counted, isIgnored } : undefined;
  // A recurring operation whose first result confirmed its action reports again under the same key.
  if (!isPending) return { kind: 'abort', reason: transition.isRunning ? 'Change in recurring result' : 'Inactive graph', failure };
  if (isFailed && !isIgnored) return { kind: 'failed', actionId, failure };
  return { kind: 'confirm', actionId, failure };
}

function isDegraded(rc: number, target: number): boolean {
  return (rc === 190 && target === 0) || (rc === 191 && target === 8);
}
