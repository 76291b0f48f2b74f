// SPDX-License-Identifier: GPL-2.0-or-later
/** What the end of an agent's process means: OCF code, execution status and exit reason. */
import { exitReason, ocfCodeOfInitAction, ocfCodeOfStatus, type AgentName } from '../../agents/index.ts';
import type { ProcessResult } from '../../platform/index.ts';
import { STATUS } from './operation.ts';

export interface Outcome {
  readonly rc: number;
  readonly status: number;
  readonly exitReason: string | undefined;
}

export const NOT_INSTALLED: Outcome = { rc: 5, status: STATUS.notInstalled, exitReason: undefined };

/** A parameter whose value is kept in a file, which is not there or not what was written (engine.md, section 10). */
export function noSecret(parameter: string): Outcome {
  return { rc: 6, status: STATUS.noSecrets, exitReason: `The secret value of parameter ${parameter} cannot be read` };
}

export function outcomeOf(agent: AgentName, action: string, result: ProcessResult): Outcome {
  switch (result.kind) {
    case 'exited':
      return { rc: codeOf(agent, action, result.code), status: STATUS.done, exitReason: exitReason(result.stderr) };
    case 'timeout':
      return { rc: 1, status: STATUS.timeout, exitReason: exitReason(result.stderr) ?? `Process did not exit within specified timeout` };
    case 'signaled':
      return { rc: 1, status: STATUS.error, exitReason: exitReason(result.stderr) ?? 'Process interrupted by signal' };
    case 'missing':
      return { ...NOT_INSTALLED, exitReason: 'Agent not found' };
    case 'forbidden':
      return { rc: 4, status: STATUS.error, exitReason: 'Agent may not be run by this user' };
  }
}

function codeOf(agent: AgentName, action: string, code: number): number {
  if (agent.class === 'ocf' || agent.class === 'stonith') return code;
  return action === 'monitor' ? ocfCodeOfStatus(code) : ocfCodeOfInitAction(code);
}
