// SPDX-License-Identifier: GPL-2.0-or-later
/** Failed operations in the history of a CIB, with what a person needs: where, what, result, the agent's reason, a hint. */
import { executionStatusWord, exitCodeWord } from '../../../agents/index.ts';
import type { XmlElement } from '../../../cib/index.ts';

export interface OperationFailure {
  /** Differs for every new failure. */
  readonly key: string;
  readonly resource: string;
  readonly node: string;
  readonly operation: string;
  readonly intervalMs: number;
  readonly exitCode: number;
  readonly status: number;
  readonly exitReason: string;
}

const PENDING = -1;
const TIMED_OUT = 2;
const NO_SECRETS = 11;
const OK = 0;
const NOT_RUNNING = 7;
const PROMOTED = 8;
const DEGRADED = new Set([190, 191]);

export function failuresIn(cib: XmlElement): readonly OperationFailure[] {
  const failures: OperationFailure[] = [];
  for (const state of cib.first('status')?.elements('node_state') ?? []) {
    const node = state.get('uname') ?? state.id ?? '';
    for (const resource of state.at('lrm', 'lrm_resources')?.elements('lrm_resource') ?? []) {
      for (const operation of resource.elements('lrm_rsc_op')) {
        const failure = failureOf(operation, resource.id ?? '', node);
        if (failure !== undefined && !failures.some((one) => one.key === failure.key)) failures.push(failure);
      }
    }
  }
  return failures;
}

function failureOf(record: XmlElement, resource: string, node: string): OperationFailure | undefined {
  const exitCode = Number(record.get('rc-code'));
  const status = Number(record.get('op-status') ?? '0');
  const operation = record.get('operation') ?? '';
  if (status === PENDING || !hasFailed(record, operation, exitCode, status)) return undefined;
  return {
    key: `${node} ${resource} ${record.get('operation_key') ?? operation} ${record.get('call-id') ?? ''} ${record.get('last-rc-change') ?? ''}`,
    resource,
    node,
    operation,
    intervalMs: Number(record.get('interval') ?? '0'),
    exitCode,
    status,
    exitReason: record.get('exit-reason') ?? '',
  };
}

/** A probe that finds a resource running or stopped has not failed; otherwise the result must be the expected one. */
function hasFailed(record: XmlElement, operation: string, exitCode: number, status: number): boolean {
  const isProbe = operation === 'monitor' && (record.get('interval') ?? '0') === '0';
  if (isProbe && [OK, NOT_RUNNING, PROMOTED].includes(exitCode)) return false;
  if (DEGRADED.has(exitCode)) return false;
  const expected = Number((record.get('transition-key') ?? '').split(':')[2] ?? '0');
  return exitCode !== expected || status >= TIMED_OUT;
}

export function describeFailure(failure: OperationFailure): string {
  const { operation, intervalMs, resource, node, exitCode, status, exitReason } = failure;
  const what = intervalMs > 0 ? `${operation} every ${intervalMs / 1000} s` : operation;
  const result = status === TIMED_OUT ? executionStatusWord(status) : `${exitCodeWord(exitCode)} (${exitCode})`;
  const reason = exitReason === '' ? '' : `: ${exitReason}`;
  return `${resource}: ${what} on ${node} gave ${result}${reason}${hint(failure)}`;
}

function hint({ exitCode, status, resource }: OperationFailure): string {
  if (status === TIMED_OUT) return ' - give the operation more time (op ... timeout=)';
  if (status === NO_SECRETS) return ` - give the value again (crm resource secret ${resource} set NAME), then: crm resource cleanup ${resource}`;
  if (exitCode === 5) return ' - install what the agent needs on that node, or keep the resource away from it (crm resource ban)';
  if (exitCode === 2 || exitCode === 6) return ` - correct the parameters (crm configure edit ${resource})`;
  if (exitCode === 4) return ' - the agent may not do this as the user it runs as';
  return ` - when the cause is mended: crm resource cleanup ${resource}`;
}
